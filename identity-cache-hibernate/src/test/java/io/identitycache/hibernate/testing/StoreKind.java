package io.identitycache.hibernate.testing;

import io.identitycache.memcached.MemcachedStore;
import io.identitycache.store.CacheStore;
import io.identitycache.store.InProcessStore;
import io.identitycache.testing.MemcachedServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The stores that every scenario holds for. */
public enum StoreKind {
  IN_PROCESS,
  MEMCACHED;

  /** Generous, since a busy machine is no fault of the store. */
  private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(2);

  /** What entries are kept in: a store's contents, which several processes can reach. */
  interface Contents {

    /** A store over these contents, as a further process would have one. */
    CacheStore open();
  }

  Contents contents() {
    if (this == MEMCACHED) {
      InetSocketAddress address = Server.ADDRESS;
      return () -> new MemcachedStore(List.of(address), OPERATION_TIMEOUT);
    }
    CacheStore store = new InProcessStore(64 << 20);
    return () -> store;
  }

  /** One real memcached for all tests of a JVM; their namespaces keep them apart. */
  private static final class Server {

    static final InetSocketAddress ADDRESS = start();

    private static InetSocketAddress start() {
      String[] address = MemcachedServer.start().address().split(":");
      return new InetSocketAddress(address[0], Integer.parseInt(address[1]));
    }
  }
}
