package io.identitycache.hibernate.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Remembers which instances were fetched, by identity and weakly: an instance that nobody holds any
 * more is forgotten. Safe for use by several threads.
 */
public final class FetchedInstances {

  private final Cache<Object, Boolean> marked = Caffeine.newBuilder().weakKeys().build();

  /** Remembers an instance. */
  public void mark(Object instance) {
    marked.put(instance, Boolean.TRUE);
  }

  boolean contains(Object instance) {
    return marked.getIfPresent(instance) != null;
  }
}
