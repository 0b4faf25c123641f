package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class TransactionTest extends TeapotScenario {

  TransactionTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class));
  }

  @Test
  @DisplayName("TXN-01 without a transaction the cache is used, in an open session too")
  void noTransaction_usesTheCache() {
    warmUp();

    shop.factory()
        .inSession(
            session -> {
              assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
              assertThat(session.contains(products.fetch(teapot))).isFalse();
            });

    assertThat(shop.ops()).isEqualTo(2);
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("TXN-01 a read-write transaction makes 0 ops however warm, by id and by index")
  void readWrite_readsTheDatabase() {
    warmUp();

    shop.inTransaction(
        session -> {
          assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
          assertThat(shop.queries()).isEqualTo(1);
        });
    assertThat(shop.ops()).isZero();
    shop.reset();

    shop.inTransaction(
        session -> {
          assertThat(products.fetchByHandle("teapot")).isPresent();
          assertThat(shop.queries()).isLessThanOrEqualTo(2);
        });
    shop.inTransaction(
        session -> {
          shop.database().reset();
          assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).hasSize(1);
          assertThat(shop.queries()).isLessThanOrEqualTo(2);
        });
    shop.inTransaction(
        session -> {
          shop.database().reset();
          assertThat(products.fetchTitleById(teapot)).contains("The teapot");
          assertThat(products.fetchMultiTitleById(List.of(teapot))).hasSize(1);
          assertThat(shop.queries()).isEqualTo(2);
        });
    assertThat(shop.ops()).isZero();
    assertThat(shop.database().connectionsInUse()).isZero();
  }

  @Test
  @DisplayName("TXN-01 a stateless session's transaction is a transaction like any other")
  void readWriteStateless_readsTheDatabase() {
    warmUp();

    try (StatelessSession session = shop.factory().openStatelessSession()) {
      session.beginTransaction();
      assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
      assertThat(products.fetchByHandle("teapot")).isPresent();
      session.getTransaction().commit();
    }

    assertThat(shop.ops()).isZero();
  }

  @Test
  @DisplayName("TXN-01 a transaction on another thread changes nothing")
  void transactionElsewhere_changesNothing() throws Exception {
    warmUp();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch fetched = new CountDownLatch(1);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () ->
                shop.inTransaction(
                    session -> {
                      session.find(Product.class, teapot).title = "A kettle";
                      session.flush();
                      begun.countDown();
                      await(fetched);
                    }));
    await(begun);
    shop.reset();

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");

    assertThat(shop.ops()).isEqualTo(1);
    assertThat(shop.queries()).isZero();
    fetched.countDown();
    other.get(10, TimeUnit.SECONDS);
    assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("TXN-08 in a read-only transaction hits take 0 queries")
  void readOnly_hits() {
    warmUp();

    shop.fromReadOnlyTransaction(
        session -> {
          assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
          assertThat(products.fetchByHandle("teapot")).isPresent();
          assertThat(products.fetchTitleById(teapot)).contains("The teapot");
          return null;
        });

    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(4);
  }

  @Test
  @DisplayName("TXN-10 a transaction sees its own changes, unflushed ones too, and stores nothing")
  void ownChanges_areSeen() {
    warmUp();

    shop.inTransaction(
        session -> {
          Product product = session.find(Product.class, teapot);
          product.handle = "kettle";
          product.title = "A kettle";
          product.vendor = "Bob";
          assertShowsTheKettle(product);
          session.flush();
          assertShowsTheKettle(product);
          session.getTransaction().markRollbackOnly();
        });

    assertThat(shop.ops()).isZero();
    shop.reset();
    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(products.fetchTitleById(teapot)).contains("The teapot");
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).hasSize(1);
    assertThat(shop.queries()).isZero();
    assertThat(products.fetchByHandle("kettle")).isEmpty();
    assertThat(products.fetchByVendorAndProductType("Bob", "kitchen")).isEmpty();
  }

  private void assertShowsTheKettle(Product product) {
    assertThat(products.fetch(teapot)).isSameAs(product);
    assertThat(products.fetchById(teapot)).containsSame(product);
    assertThat(products.fetchMulti(List.of(teapot))).containsExactly(product);
    assertThat(products.exists(teapot)).isTrue();
    assertThat(products.fetchByHandle("kettle")).containsSame(product);
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(products.fetchMultiByHandle(List.of("kettle", "teapot")))
        .isEqualTo(Map.of("kettle", product));
    assertThat(products.fetchByVendorAndProductType("Bob", "kitchen")).containsExactly(product);
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).isEmpty();
    assertThat(products.fetchMultiByVendorAndProductType(List.of(List.of("Bob", "kitchen"))))
        .isEqualTo(Map.of(List.of("Bob", "kitchen"), List.of(product)));
    assertThat(products.fetchTitleById(teapot)).contains("A kettle");
    assertThat(products.fetchMultiTitleById(List.of(teapot))).isEqualTo(Map.of(teapot, "A kettle"));
  }

  @Test
  @DisplayName("TXN-10 a removed and a new row are seen as such, and leave no trace if rolled back")
  void ownInsertsAndDeletes_areSeen() {
    warmUp();

    shop.inTransaction(
        session -> {
          session.remove(session.find(Product.class, teapot));
          Long kettle = persist(session, "kettle");
          assertThat(products.fetchById(teapot)).isEmpty();
          assertThat(products.fetchByHandle("teapot")).isEmpty();
          assertThat(products.fetchById(kettle)).isPresent();
          assertThat(products.fetchByHandle("kettle")).isPresent();
          assertThat(products.fetchTitleById(kettle)).contains("The kettle");
          session.getTransaction().markRollbackOnly();
        });

    assertThat(shop.ops()).isZero();
    shop.reset();
    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(shop.queries()).isZero();
    assertThat(products.fetchByHandle("kettle")).isEmpty();
  }

  @Test
  @DisplayName("OBS-09 a bypass is reported per fetch in a read-write transaction, counting keys")
  void bypass_isReported() {
    shop.inTransaction(
        session -> {
          products.fetchMulti(List.of(teapot, 10L, teapot));
          products.fetchByHandle("teapot");
          products.fetchTitleById(teapot);
        });

    assertThat(shop.count(Kind.BYPASS, "Product")).isEqualTo(2);
    assertThat(shop.count(Kind.BYPASS, "Product.handle")).isEqualTo(1);
    assertThat(shop.count(Kind.BYPASS)).isEqualTo(4);
    assertThat(shop.events()).hasSize(3);
  }

  @Test
  @DisplayName("Nested transactions: each invalidates with its own commit, a fetch asks the inner")
  void nestedTransactions_areKeptApart() {
    Long kettle = sell("kettle");
    warmUp();
    products.fetch(kettle);
    shop.reset();

    shop.inTransaction(
        outer -> {
          outer.find(Product.class, teapot).title = "Outer";
          outer.flush();
          shop.inTransaction(
              inner -> {
                Product product = inner.find(Product.class, kettle);
                product.title = "Inner";
                assertThat(products.fetch(kettle)).isSameAs(product);
              });
          assertThat(shop.ops()).isEqualTo(1);
          assertThat(shop.store().operations().get(0).keys().toString())
              .contains(":" + kettle)
              .doesNotContain("Product:" + teapot);
          assertThat(products.fetch(teapot)).isSameAs(outer.find(Product.class, teapot));
        });

    assertThat(shop.ops()).isEqualTo(2);
    assertThat(products.fetch(teapot).title).isEqualTo("Outer");
    assertThat(products.fetch(kettle).title).isEqualTo("Inner");
  }

  @Test
  @DisplayName("Nested transactions: a rolled-back inner one leaves the outer one's keys alone")
  void innerRollback_keepsTheOuterKeys() {
    warmUp();

    shop.inTransaction(
        outer -> {
          outer.find(Product.class, teapot).title = "Outer";
          outer.flush();
          shop.inTransaction(
              inner -> {
                persist(inner, "kettle");
                inner.flush();
                inner.getTransaction().markRollbackOnly();
              });
          assertThat(shop.ops()).isZero();
        });

    assertThat(shop.ops()).isEqualTo(1);
    assertThat(products.fetch(teapot).title).isEqualTo("Outer");
  }

  @Test
  @DisplayName("A session closed without ending its transaction leaves nothing behind")
  void closedWithoutEnd_isForgotten() {
    warmUp();
    Session session = shop.factory().openSession();
    session.beginTransaction();
    session.find(Product.class, teapot).title = "Never";
    session.flush();
    session.close();
    shop.reset();

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");

    assertThat(shop.count(Kind.BYPASS)).isZero();
    shop.reset();
    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(shop.ops()).isEqualTo(1);
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("A transaction committed on another thread than its own ends on both")
  void committedElsewhere_endsHere() throws Exception {
    warmUp();
    try (Session session = shop.factory().openSession()) {
      session.beginTransaction();
      session.find(Product.class, teapot).title = "A kettle";
      CompletableFuture.runAsync(() -> session.getTransaction().commit()).get(10, TimeUnit.SECONDS);

      assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
      assertThat(shop.count(Kind.BYPASS)).isZero();
    }
  }
}
