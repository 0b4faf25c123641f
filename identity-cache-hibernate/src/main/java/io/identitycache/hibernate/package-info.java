/**
 * Identity Cache for Hibernate. Start with {@link
 * io.identitycache.hibernate.HibernateIdentityCache}, or with {@code activation}, where the parts
 * are put together.
 */
@NullMarked
package io.identitycache.hibernate;

import org.jspecify.annotations.NullMarked;
