/**
 * Applications as they are out there, with the jar and two settings added: plain JPA, Spring, and
 * one without a cached entity.
 */
@NullMarked
package io.identitycache.hibernate.dropin;

import org.jspecify.annotations.NullMarked;
