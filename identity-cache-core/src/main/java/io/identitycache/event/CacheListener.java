package io.identitycache.event;

/**
 * Is told what the cache does, for metrics and logs.
 *
 * <p>Called on the thread that does it, fetches and commits included: be quick, and safe for use by
 * several threads. An exception is logged once and harms nobody.
 */
@FunctionalInterface
public interface CacheListener {

  /** Takes note of one event. */
  void on(CacheEvent event);
}
