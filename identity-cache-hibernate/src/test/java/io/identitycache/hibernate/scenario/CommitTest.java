package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.testing.MeteredStore;
import jakarta.transaction.Synchronization;
import java.sql.Savepoint;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a commit deletes, when, and what a rollback leaves. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class CommitTest extends TeapotScenario {

  CommitTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class));
  }

  /** What the application wants to know of the end of a transaction. */
  private interface AfterCommit extends Synchronization {
    @Override
    default void beforeCompletion() {}
  }

  private List<String> journal() {
    return shop.database().journal().stream()
        .map(line -> line.contains("[") ? line.substring(0, line.indexOf(' ')) + " keys" : line)
        .toList();
  }

  private List<CacheKey> deletedKeys() {
    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    return shop.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.DELETE)
        .findFirst()
        .orElseThrow()
        .keys();
  }

  @Test
  @DisplayName("EXP-01 one update: UPDATE, COMMIT, one delete batch, in this order, no other op")
  void update_deletesAfterTheCommit() {
    shop.inTransaction(
        session -> {
          Product product = session.find(Product.class, teapot);
          shop.reset();
          product.handle = "kettle";
        });

    assertThat(journal()).containsExactly("UPDATE", "COMMIT", "DELETE keys");
    assertThat(shop.ops()).isEqualTo(1);
    // the row, both handles, vendor and product type, the title
    assertThat(deletedKeys()).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("EXP-01 the same whatever the number of entities and keys")
  void manyUpdates_deleteInOneBatch() {
    Long kettle = sell("kettle");
    Long mug = sell("mug");

    shop.inTransaction(
        session -> {
          List<Product> all =
              List.of(
                  session.find(Product.class, teapot),
                  session.find(Product.class, kettle),
                  session.find(Product.class, mug));
          shop.reset();
          all.forEach(product -> product.handle += "-2");
        });

    assertThat(journal()).containsExactly("UPDATE", "UPDATE", "UPDATE", "COMMIT", "DELETE keys");
    // three rows, their titles, six handles, and one value of the index that they share
    assertThat(deletedKeys()).hasSize(13).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("EXP-02 flushing unchanged values makes 0 ops, and all entries stay hits")
  void unchanged_makesNoOps() {
    warmUpWithAbsence();

    shop.inTransaction(
        session -> {
          Product product = session.find(Product.class, teapot);
          product.title = new String("The teapot");
          session.flush();
        });

    assertThat(shop.ops()).isZero();
    assertAllAreHits();
  }

  @Test
  @DisplayName("EXP-02 rolling back makes 0 ops, flushed or not, and all entries stay hits")
  void rollback_makesNoOps() {
    warmUpWithAbsence();

    for (boolean flushed : new boolean[] {true, false}) {
      try (Session session = shop.factory().openSession()) {
        session.beginTransaction();
        session.find(Product.class, teapot).handle = "kettle";
        persist(session, "mug");
        if (flushed) {
          session.flush();
        }
        session.getTransaction().rollback();
      }
    }

    assertThat(shop.ops()).isZero();
    assertAllAreHits();
  }

  @Test
  @DisplayName("EXP-02 a transaction marked for rollback makes 0 ops, though commit is called")
  void rollbackOnly_makesNoOps() {
    warmUpWithAbsence();

    try (Session session = shop.factory().openSession()) {
      session.beginTransaction();
      session.find(Product.class, teapot).handle = "kettle";
      session.flush();
      session.getTransaction().markRollbackOnly();
      Throwable refusal = catchThrowable(() -> session.getTransaction().commit());
      assertThat(shop.database().journal()).contains("ROLLBACK").doesNotContain("COMMIT");
      assertThat(refusal == null || refusal instanceof RuntimeException).isTrue();
    }

    assertThat(shop.ops()).isZero();
    assertAllAreHits();
  }

  @Test
  @DisplayName("EXP-02 a callback of the application that stops the commit: 0 ops")
  void commitStoppedByTheApplication_makesNoOps() {
    warmUpWithAbsence();

    try (Session session = shop.factory().openSession()) {
      session.beginTransaction();
      session
          .getTransaction()
          .registerSynchronization(
              new Synchronization() {
                @Override
                public void beforeCompletion() {
                  throw new IllegalStateException("The shop is closed");
                }

                @Override
                public void afterCompletion(int status) {}
              });
      session.find(Product.class, teapot).handle = "kettle";
      assertThatThrownBy(() -> session.getTransaction().commit())
          .hasStackTraceContaining("The shop is closed");
    }

    assertThat(shop.ops()).isZero();
    assertAllAreHits();
  }

  private void warmUpWithAbsence() {
    products.fetchByHandle("kettle");
    products.fetchById(10L);
    warmUp();
  }

  private void assertAllAreHits() {
    shop.reset();
    assertThat(products.fetchById(10L)).isEmpty();
    assertThat(products.fetchByHandle("kettle")).isEmpty();
    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).hasSize(1);
    assertThat(products.fetchTitleById(teapot)).contains("The teapot");
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("Several flushes in one transaction: one batch with all old and new values")
  void severalFlushes_deleteInOneBatch() {
    products.fetchByHandle("kettle");
    products.fetchByHandle("mug");
    warmUp();

    shop.inTransaction(
        session -> {
          Product product = session.find(Product.class, teapot);
          product.handle = "kettle";
          session.flush();
          product.handle = "mug";
          session.flush();
        });

    assertThat(deletedKeys()).hasSize(6).doesNotHaveDuplicates();
    assertThat(shop.count(Kind.INVALIDATION_SENT, "Product.handle")).isEqualTo(3);
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isEqualTo(6);
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(products.fetchByHandle("kettle")).isEmpty();
    assertThat(products.fetchByHandle("mug")).isPresent();
  }

  @Test
  @DisplayName("What is rolled back to a savepoint may be deleted too, and is right afterwards")
  void savepoint_isRightAfterwards() {
    Long kettle = sell("kettle");
    warmUp();
    products.fetch(kettle);
    shop.reset();

    shop.inTransaction(
        session -> {
          session.find(Product.class, teapot).title = "Sold out";
          session.flush();
          AtomicReference<Savepoint> savepoint = new AtomicReference<>();
          session.doWork(connection -> savepoint.set(connection.setSavepoint()));
          session.find(Product.class, kettle).title = "Sold out";
          session.flush();
          session.doWork(connection -> connection.rollback(savepoint.get()));
          session.clear();
        });

    assertThat(deletedKeys()).doesNotHaveDuplicates();
    assertThat(products.fetch(teapot).title).isEqualTo("Sold out");
    assertThat(products.fetch(kettle).title).isEqualTo("The kettle");
    assertThat(products.fetchTitleById(kettle)).contains("The kettle");
  }

  @Test
  @DisplayName("An application's after-commit callback sees the new value through a fetch")
  void callback_seesTheNewValue() {
    warmUp();
    AtomicReference<String> seen = new AtomicReference<>();

    shop.inTransaction(
        session -> {
          session
              .getTransaction()
              .registerSynchronization(
                  (AfterCommit) status -> seen.set(products.fetch(teapot).title));
          session.find(Product.class, teapot).title = "A kettle";
        });

    assertThat(seen).hasValue("A kettle");
    shop.reset();
    assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("The deletes happen although a callback of the application throws after the commit")
  void throwingCallback_doesNotStopTheDeletes() {
    warmUp();

    Throwable thrown =
        catchThrowable(
            () ->
                shop.inTransaction(
                    session -> {
                      session
                          .getTransaction()
                          .registerSynchronization(
                              (AfterCommit)
                                  status -> {
                                    throw new IllegalStateException("No mail server");
                                  });
                      session.find(Product.class, teapot).title = "A kettle";
                    }));

    assertThat(thrown).hasStackTraceContaining("No mail server");
    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
    assertThat(shop.count(Kind.BYPASS)).isZero();
  }

  @Test
  @DisplayName("What a callback of the application writes before the commit is deleted as well")
  void writesBeforeCompletion_areDeleted() {
    warmUp();

    shop.inTransaction(
        session ->
            session
                .getTransaction()
                .registerSynchronization(
                    new Synchronization() {
                      @Override
                      public void beforeCompletion() {
                        session.find(Product.class, teapot).title = "A kettle";
                        session.flush();
                      }

                      @Override
                      public void afterCompletion(int status) {}
                    }));

    assertThat(deletedKeys()).hasSize(4);
    assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
  }

  @Test
  @DisplayName("EXP-07 a store that does not confirm the deletes: commit returns, all are reported")
  void failingStore_isNoFailureOfTheCommit() {
    shop.faults().failAll(MeteredStore.Kind.DELETE);

    shop.inTransaction(session -> session.find(Product.class, teapot).title = "A kettle");

    assertThat(shop.count(Kind.INVALIDATION_FAILED)).isEqualTo(4);
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isZero();
  }

  @Test
  @DisplayName(
      "IDX-09 an insert deletes the new values' keys, a delete the stored ones', each once")
  void insertAndDelete_deleteEveryKeyOnce() {
    shop.reset();
    Long mug = sell("mug");
    assertThat(new HashSet<>(deletedKeys())).hasSize(4);
    assertThat(shop.ops()).isEqualTo(1);
    assertThat(journal()).endsWith("INSERT", "COMMIT", "DELETE keys");
    shop.reset();

    shop.inTransaction(
        session -> {
          Product product = session.find(Product.class, mug);
          product.handle = "never stored";
          session.remove(product);
        });

    assertThat(journal()).containsExactly("SELECT", "DELETE", "COMMIT", "DELETE keys");
    assertThat(shop.count(Kind.INVALIDATION_SENT, "Product.handle")).isEqualTo(1);
    assertThat(deletedKeys()).hasSize(4);
  }

  @Test
  @DisplayName("A transaction that touches no cached row makes 0 ops")
  void readingTransaction_makesNoOps() {
    shop.inTransaction(session -> session.find(Product.class, teapot));

    assertThat(shop.ops()).isZero();
  }
}
