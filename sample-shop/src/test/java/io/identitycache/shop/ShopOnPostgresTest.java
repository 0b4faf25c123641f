package io.identitycache.shop;

import io.identitycache.shop.ShopSettings.DatabaseAddress;
import io.identitycache.testing.MemcachedServer;
import io.identitycache.testing.PostgresServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** The shop on servers, as it would be in a real town. */
final class ShopOnPostgresTest extends ShopStory {

  private final MemcachedServer memcached = MemcachedServer.start();

  @Override
  Optional<String> memcached() {
    return Optional.of(memcached.address());
  }

  @Override
  DatabaseAddress database() {
    return new DatabaseAddress(PostgresServer.shared().jdbcUrl("sample_shop"), "", "");
  }

  @AfterAll
  void endMemcached() {
    memcached.close();
  }
}
