/**
 * Reading through the cache. Start with {@link io.identitycache.fetch.EntityFetcher}, which asks;
 * {@code ReadThrough} is the lease protocol that answers.
 */
@NullMarked
package io.identitycache.fetch;

import org.jspecify.annotations.NullMarked;
