package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What read-only transactions fill, and what any transaction needs connections for. */
class ReadOnlyFillTest {

  private static final String FILL = "hibernate.identity_cache.fill_from_read_only_transactions";

  private static Long sellATeapot(TestApplication shop) {
    Long id = shop.fromTransaction(session -> TeapotScenario.persist(session, "teapot"));
    shop.reset();
    return id;
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("A miss in a read-only transaction is filled in the background: the next is a hit")
  void background_fillsAfterwards(StoreKind kind) {
    try (TestApplication shop = TestApplication.of(kind, Product.class, Shop.class).start()) {
      ProductRepository products = shop.repository(ProductRepository.class);
      Long teapot = sellATeapot(shop);

      shop.fromReadOnlyTransaction(session -> products.fetch(teapot));

      await().until(() -> shop.count(Kind.FILL, "Product") == 1);
      shop.reset();
      assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
      assertThat(shop.queries()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("direct: a miss in a read-only transaction is filled over its own connection")
  void direct_fillsAtOnce(StoreKind kind) {
    try (TestApplication shop =
        TestApplication.of(kind, Product.class, Shop.class).with(FILL, "direct").start()) {
      ProductRepository products = shop.repository(ProductRepository.class);
      Long teapot = sellATeapot(shop);

      shop.fromReadOnlyTransaction(session -> products.fetch(teapot));

      assertThat(shop.queries()).isEqualTo(1);
      assertThat(shop.ops()).isEqualTo(3);
      assertThat(shop.database().connectionsBorrowed()).isEqualTo(1);
      shop.reset();
      products.fetch(teapot);
      assertThat(shop.queries()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("never: a miss in a read-only transaction is not filled")
  void never_fillsNothing(StoreKind kind) {
    try (TestApplication shop =
        TestApplication.of(kind, Product.class, Shop.class).with(FILL, "never").start()) {
      ProductRepository products = shop.repository(ProductRepository.class);
      Long teapot = sellATeapot(shop);

      for (int time = 0; time < 2; time++) {
        shop.reset();
        shop.fromReadOnlyTransaction(session -> products.fetch(teapot));
        assertThat(shop.queries()).isEqualTo(1);
        assertThat(shop.ops()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "IN_PROCESS, true, never",
    "IN_PROCESS, true, background",
    "IN_PROCESS, true, direct",
    "IN_PROCESS, false, background",
    "MEMCACHED, true, never",
    "MEMCACHED, true, background",
    "MEMCACHED, true, direct",
    "MEMCACHED, false, background"
  })
  @DisplayName("TXN-08 a pool of one, held by the transaction: cold keys are answered through it")
  void poolOfOne_isEnough(StoreKind kind, boolean readOnly, String fill) {
    try (TestApplication shop =
        TestApplication.of(kind, Product.class, Shop.class)
            .with(FILL, fill)
            .connections(1)
            .start()) {
      ProductRepository products = shop.repository(ProductRepository.class);
      Long teapot = sellATeapot(shop);
      Long mug = shop.fromTransaction(session -> TeapotScenario.persist(session, "mug"));
      shop.reset();

      Function<Session, Object> reading =
          session -> {
            assertThat(session.createQuery("from Shop", Shop.class).getResultList()).isEmpty();
            assertThat(shop.database().connectionsInUse()).isEqualTo(1);
            assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
            assertThat(products.fetchByHandle("mug").orElseThrow().id).isEqualTo(mug);
            assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).hasSize(2);
            assertThat(products.fetchMulti(List.of(mug, 10L, teapot))).hasSize(2);
            assertThat(products.fetchTitleById(mug)).contains("The mug");
            return null;
          };
      if (readOnly) {
        shop.fromReadOnlyTransaction(reading);
      } else {
        shop.fromTransaction(reading);
        assertThat(shop.ops()).isZero();
      }

      if (!fill.equals("background") || !readOnly) {
        assertThat(shop.database().connectionsBorrowed()).isEqualTo(1);
      }
      assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
    }
  }
}
