package io.identitycache.memcached;

import io.identitycache.store.CacheStore;
import io.identitycache.store.CacheStoreContract;
import io.identitycache.testing.MemcachedServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract, kept by one healthy server. */
class MemcachedStoreTest extends CacheStoreContract {

  private static MemcachedServer server;
  private MemcachedStore store;

  @BeforeAll
  static void start() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    server.restart();
    store =
        new MemcachedStore(
            List.of(new InetSocketAddress("127.0.0.1", server.port())), Duration.ofSeconds(5));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Override
  protected CacheStore store() {
    return store;
  }

  @Override
  protected int tooLarge() {
    return 1_048_577;
  }

  @Override
  protected void pass(Duration time) {
    Instant end = Instant.now().plus(time);
    Awaitility.await().atMost(time.plusSeconds(5)).until(() -> Instant.now().isAfter(end));
  }
}
