/**
 * Reads rows of cached entities from the database. Start with {@link
 * io.identitycache.hibernate.load.HibernateEntitySource}.
 */
@NullMarked
package io.identitycache.hibernate.load;

import org.jspecify.annotations.NullMarked;
