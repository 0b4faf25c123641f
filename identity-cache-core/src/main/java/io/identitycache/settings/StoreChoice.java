package io.identitycache.settings;

import io.identitycache.store.CacheStore;
import java.net.InetSocketAddress;
import java.util.List;

/** Where entries are to be kept. */
public sealed interface StoreChoice {

  /** Nowhere: fetches read the database. */
  record None() implements StoreChoice {}

  /**
   * In memcached.
   *
   * @param servers at least one, in the order given, not resolved yet
   */
  record Memcached(List<InetSocketAddress> servers) implements StoreChoice {

    /** Copies the list. */
    public Memcached {
      servers = List.copyOf(servers);
    }
  }

  /**
   * In this process's memory: wrong for an application that runs more than once.
   *
   * @param size how much it may take, in bytes, above 0
   */
  record InProcess(long size) implements StoreChoice {}

  /**
   * In a store that the application made; it is used as it is, and whoever made it closes it.
   *
   * @param store the store
   */
  record Given(CacheStore store) implements StoreChoice {}
}
