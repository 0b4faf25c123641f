package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import jakarta.persistence.criteria.CriteriaUpdate;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code bypass=dirty_transaction} promises. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class DirtyTransactionTest extends TeapotScenario {

  DirtyTransactionTest(StoreKind kind) {
    super(
        TestApplication.of(kind, Product.class, Shop.class)
            .with("hibernate.identity_cache.bypass", "dirty_transaction"));
  }

  @Test
  @DisplayName("TXN-11 a transaction that has written nothing uses the cache")
  void clean_usesTheCache() {
    warmUp();

    shop.inTransaction(
        session -> {
          assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
          assertThat(products.fetchByHandle("teapot")).isPresent();
          session.find(Product.class, teapot);
          assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
        });

    assertThat(shop.ops()).isEqualTo(4);
    assertThat(shop.queries()).isEqualTo(1);
  }

  @Test
  @DisplayName("TXN-11 from the first flushed write on it does not")
  void flushedWrite_bypasses() {
    assertBypasses(
        session -> {
          session.find(Product.class, teapot).title = "A kettle";
          session.flush();
        });
  }

  @Test
  @DisplayName("TXN-11 from the first queued action on it does not")
  void queuedAction_bypasses() {
    assertBypasses(session -> persist(session, "kettle"));
    assertBypasses(session -> session.remove(session.find(Product.class, teapot)));
  }

  @Test
  @DisplayName("TXN-11 from the first write of an entity that is not fetched on it does not")
  void otherEntity_bypasses() {
    assertBypasses(
        session -> {
          session.persist(new Shop("Berta's"));
          session.flush();
        });
  }

  @Test
  @DisplayName("TXN-11 from the first bulk statement on it does not")
  void bulkStatement_bypasses() {
    assertBypasses(
        session ->
            session.createMutationQuery("update Product set title = 'A kettle'").executeUpdate());
    assertBypasses(session -> session.createMutationQuery("delete from Shop").executeUpdate());
    assertBypasses(
        session ->
            session
                .createNativeMutationQuery("update Product set title = 'A kettle'")
                .executeUpdate());
    assertBypasses(
        session -> {
          CriteriaUpdate<Product> update =
              session.getCriteriaBuilder().createCriteriaUpdate(Product.class);
          update.from(Product.class);
          session.createMutationQuery(update.set("title", "A kettle")).executeUpdate();
        });
  }

  /** Rolls back, so that one test may try several. */
  private void assertBypasses(Consumer<Session> write) {
    warmUp();
    shop.inTransaction(
        session -> {
          assertThat(products.fetchById(teapot)).isPresent();
          assertThat(shop.ops()).isEqualTo(1);
          write.accept(session);
          products.fetchById(teapot);
          products.fetchByHandle("teapot");
          products.fetchTitleById(teapot);
          assertThat(shop.ops()).isEqualTo(1);
          session.getTransaction().markRollbackOnly();
        });
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("TXN-11 the same for a stateless session")
  void statelessWrite_bypasses() {
    warmUp();

    try (StatelessSession session = shop.factory().openStatelessSession()) {
      session.beginTransaction();
      assertThat(products.fetchById(teapot)).isPresent();
      assertThat(shop.ops()).isEqualTo(1);
      session.insert(new Shop("Berta's"));
      assertThat(products.fetchById(teapot)).isPresent();
      assertThat(products.fetchByHandle("teapot")).isPresent();
      session.getTransaction().rollback();
    }

    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("TXN-11 the next transaction of the same session begins clean")
  void nextTransaction_isClean() {
    warmUp();

    try (Session session = shop.factory().openSession()) {
      session.beginTransaction();
      session.persist(new Shop("Berta's"));
      session.getTransaction().commit();
      shop.reset();
      session.beginTransaction();
      assertThat(products.fetchById(teapot)).isPresent();
      session.getTransaction().commit();
    }

    assertThat(shop.ops()).isEqualTo(1);
    assertThat(shop.queries()).isZero();
  }
}
