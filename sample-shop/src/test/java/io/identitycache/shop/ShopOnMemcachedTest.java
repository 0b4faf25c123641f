package io.identitycache.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.testing.MemcachedServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The shop with a cache that other shops could share. */
final class ShopOnMemcachedTest extends ShopStory {

  private final MemcachedServer memcached = MemcachedServer.start();

  @Override
  Optional<String> memcached() {
    return Optional.of(memcached.address());
  }

  @Test
  void products_areKeptInMemcached() {
    customer().opens("/?page=3");

    assertThat(Integer.parseInt(memcached.stat("curr_items")))
        .isGreaterThanOrEqualTo(Catalogue.PAGE_SIZE);
  }

  @AfterAll
  void endMemcached() {
    memcached.close();
  }
}
