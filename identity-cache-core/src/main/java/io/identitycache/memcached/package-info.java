/**
 * Entries in memcached. Start with {@link io.identitycache.memcached.MemcachedStore}. No other
 * package knows the memcached client.
 */
@NullMarked
package io.identitycache.memcached;

import org.jspecify.annotations.NullMarked;
