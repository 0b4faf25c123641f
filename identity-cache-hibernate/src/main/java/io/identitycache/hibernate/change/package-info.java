/**
 * From Hibernate's events to changes of cached rows. Start with {@link
 * io.identitycache.hibernate.change.RowChangeListener}.
 */
@NullMarked
package io.identitycache.hibernate.change;

import org.jspecify.annotations.NullMarked;
