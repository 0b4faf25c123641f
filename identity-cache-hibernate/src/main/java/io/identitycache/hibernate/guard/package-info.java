/**
 * Refuses to write instances that were fetched through the cache. Start with {@link
 * io.identitycache.hibernate.guard.WriteGuard}.
 */
@NullMarked
package io.identitycache.hibernate.guard;

import org.jspecify.annotations.NullMarked;
