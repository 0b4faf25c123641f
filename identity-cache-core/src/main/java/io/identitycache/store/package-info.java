/**
 * Where entries are kept. Start with {@link io.identitycache.store.CacheStore}, the contract that
 * memcached and the in-process store both keep.
 */
@NullMarked
package io.identitycache.store;

import org.jspecify.annotations.NullMarked;
