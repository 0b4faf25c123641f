/**
 * What is stored under a key, and its bytes. Start with {@link io.identitycache.entry.CacheEntry}.
 */
@NullMarked
package io.identitycache.entry;

import org.jspecify.annotations.NullMarked;
