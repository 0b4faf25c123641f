package io.identitycache.store;

import io.identitycache.key.CacheKey;
import java.util.Map;
import java.util.Set;

/**
 * What a batch read brought. A key in neither holds nothing.
 *
 * @param found the bytes under each key that holds some
 * @param unreachable the keys of which nothing is known, since their server did not answer
 */
public record StoreRead(Map<CacheKey, byte[]> found, Set<CacheKey> unreachable) {}
