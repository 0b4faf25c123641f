/** The cache for a Hibernate application: start with {@code HibernateIdentityCache}. */
@NullMarked
package io.identitycache.hibernate;

import org.jspecify.annotations.NullMarked;
