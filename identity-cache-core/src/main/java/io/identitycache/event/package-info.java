/** What the cache tells of itself. Start with {@link io.identitycache.event.CacheListener}. */
@NullMarked
package io.identitycache.event;

import org.jspecify.annotations.NullMarked;
