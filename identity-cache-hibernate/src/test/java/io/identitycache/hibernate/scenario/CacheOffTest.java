package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.hibernate.guard.FetchedEntityException;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A cache that is switched off, in whole or in part. */
class CacheOffTest {

  private static final String STORE = "hibernate.identity_cache.store";

  private static Product sellATeapot(TestApplication shop) {
    Product teapot = new Product("teapot", "Berta", "kitchen");
    teapot.shop = new Shop("Berta's");
    shop.inTransaction(
        session -> {
          session.persist(teapot.shop);
          session.persist(teapot);
        });
    shop.reset();
    return teapot;
  }

  @Test
  @DisplayName("TXN-04 enabled=false: 1 query, 0 ops, no connection, entities as from the cache")
  void disabled_readsTheDatabase() throws Exception {
    try (ServerSocketChannel memcached = ServerSocketChannel.open()) {
      memcached.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
      int port = ((InetSocketAddress) memcached.getLocalAddress()).getPort();
      try (TestApplication shop =
          TestApplication.of(StoreKind.IN_PROCESS, Product.class, Shop.class)
              .without(STORE)
              .with("hibernate.identity_cache.servers", "127.0.0.1:" + port)
              .with("hibernate.identity_cache.enabled", "false")
              .start()) {
        Product teapot = sellATeapot(shop);
        ProductRepository products = shop.repository(ProductRepository.class);

        for (int time = 0; time < 2; time++) {
          shop.reset();
          Product fetched = products.fetch(teapot.id);
          assertThat(shop.queries()).isEqualTo(1);
          assertThat(fetched.title).isEqualTo("The teapot");
          assertThat(Hibernate.isInitialized(fetched.shop)).isFalse();
          assertThat(fetched.shop.getId()).isEqualTo(teapot.shop.getId());
          assertThatThrownBy(() -> shop.inTransaction(session -> session.merge(fetched)))
              .isInstanceOf(FetchedEntityException.class);
        }
        shop.inTransaction(session -> session.find(Product.class, teapot.id).title = "A kettle");
        assertThat(products.fetchByHandle("teapot").orElseThrow().title).isEqualTo("A kettle");
        assertThat(shop.cache().isOn()).isFalse();
        assertThat(memcached.accept()).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("OFF-01 fill=false: a cold fetch is 1 op and 1 query, hits and deletes are as usual")
  void withoutFill_storesNothing(StoreKind kind) {
    TestApplication.Builder builder =
        TestApplication.of(kind, Product.class, Shop.class)
            .with("hibernate.identity_cache.fill", "false");
    try (TestApplication shop = builder.start()) {
      Product teapot = sellATeapot(shop);
      ProductRepository products = shop.repository(ProductRepository.class);
      for (int time = 0; time < 2; time++) {
        shop.reset();
        products.fetch(teapot.id);
        assertThat(shop.queries()).isEqualTo(1);
        assertThat(shop.ops()).isEqualTo(1);
      }
      builder.with("hibernate.identity_cache.fill", "true");
      try (TestApplication filling = shop.anotherProcess()) {
        filling.repository(ProductRepository.class).fetch(teapot.id);
        shop.reset();

        assertThat(products.fetch(teapot.id).title).isEqualTo("The teapot");
        assertThat(shop.queries()).isZero();
        assertThat(shop.ops()).isEqualTo(1);

        shop.inTransaction(session -> session.find(Product.class, teapot.id).title = "A kettle");
        assertThat(products.fetch(teapot.id).title).isEqualTo("A kettle");
        shop.reset();
        assertThat(filling.repository(ProductRepository.class).fetch(teapot.id).title)
            .isEqualTo("A kettle");
      }
    }
  }

  @Test
  @DisplayName(
      "OFF-05 neither servers nor store: the database answers, and exactly one WARN says so")
  void withoutStore_warnsOnce() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.identitycache");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Product.class, Shop.class)
            .without(STORE)
            .start()) {
      Product teapot = sellATeapot(shop);
      ProductRepository products = shop.repository(ProductRepository.class);
      products.fetch(teapot.id);
      shop.reset();
      assertThat(products.fetch(teapot.id).title).isEqualTo("The teapot");
      assertThat(shop.queries()).isEqualTo(1);
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getFormattedMessage())
                    .contains("off", "hibernate.identity_cache.servers"));
  }
}
