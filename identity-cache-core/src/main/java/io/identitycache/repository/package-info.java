/**
 * Interfaces of the application that fetch through the cache. Start with {@link
 * io.identitycache.repository.CacheRepository}.
 */
@NullMarked
package io.identitycache.repository;

import org.jspecify.annotations.NullMarked;
