package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.MeteredStore;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class StatelessSessionTest extends TeapotScenario {

  StatelessSessionTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class));
  }

  private void work(boolean inTransaction, Consumer<StatelessSession> work) {
    try (StatelessSession session = shop.factory().openStatelessSession()) {
      if (inTransaction) {
        session.beginTransaction();
      }
      work.accept(session);
      if (inTransaction) {
        session.getTransaction().commit();
      }
    }
  }

  private Product changed(Long id, String handle) {
    Product product = new Product(handle, "Bob", "kitchen");
    product.id = id;
    return product;
  }

  private void warmUpWithAbsences() {
    products.fetchByHandle("kettle");
    products.fetchByVendorAndProductType("Bob", "kitchen");
    warmUp();
  }

  private void assertTheTeapotIsAKettleNow() {
    assertThat(products.fetch(teapot).handle).isEqualTo("kettle");
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(products.fetchByHandle("kettle").orElseThrow().id).isEqualTo(teapot);
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).isEmpty();
    assertThat(products.fetchByVendorAndProductType("Bob", "kitchen")).hasSize(1);
    assertThat(products.fetchTitleById(teapot)).contains("The kettle");
    shop.reset();
    assertThat(products.fetchByHandle("kettle").orElseThrow().title).isEqualTo("The kettle");
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(shop.queries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SLS-01 insert: lookups by id and by index are right afterwards")
  void insert(boolean inTransaction) {
    warmUpWithAbsences();
    Product kettle = changed(null, "kettle");

    work(inTransaction, session -> session.insert(kettle));

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(products.fetch(kettle.id).title).isEqualTo("The kettle");
    assertThat(products.fetchByHandle("kettle").orElseThrow().id).isEqualTo(kettle.id);
    assertThat(products.fetchByVendorAndProductType("Bob", "kitchen")).hasSize(1);
    assertThat(products.fetchTitleById(kettle.id)).contains("The kettle");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SLS-01 update: lookups by id, by old and by new index values are right afterwards")
  void update(boolean inTransaction) {
    warmUpWithAbsences();

    work(inTransaction, session -> session.update(changed(teapot, "kettle")));

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertTheTeapotIsAKettleNow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SLS-01 upsert of a row that is there: lookups are right afterwards")
  void upsertOfRow(boolean inTransaction) {
    warmUpWithAbsences();

    work(inTransaction, session -> session.upsert(changed(teapot, "kettle")));

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertTheTeapotIsAKettleNow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SLS-01 upsert of a row that is not there: lookups are right afterwards")
  void upsertOfNoRow(boolean inTransaction) {
    Long next = teapot + 1000;
    products.fetchById(next);
    warmUpWithAbsences();

    work(inTransaction, session -> session.upsert(changed(next, "kettle")));

    assertThat(products.fetch(next).title).isEqualTo("The kettle");
    assertThat(products.fetchByHandle("kettle").orElseThrow().id).isEqualTo(next);
    assertThat(products.fetchByVendorAndProductType("Bob", "kitchen")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SLS-01 delete: lookups by id and by the stored index values are right afterwards")
  void delete(boolean inTransaction) {
    warmUpWithAbsences();

    work(inTransaction, session -> session.delete(changed(teapot, "another")));

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(products.fetchById(teapot)).isEmpty();
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).isEmpty();
    assertThat(products.fetchTitleById(teapot)).isEmpty();
  }

  @Test
  @DisplayName("SLS-01 several writes in one transaction: one delete batch, after the commit")
  void severalWrites_deleteInOneBatch() {
    warmUpWithAbsences();

    work(
        true,
        session -> {
          session.update(changed(teapot, "kettle"));
          session.insert(changed(null, "mug"));
          assertThat(shop.ops()).isZero();
        });

    assertThat(shop.ops()).isEqualTo(1);
    assertThat(shop.database().journal())
        .element(-1 + shop.database().journal().size())
        .asString()
        .startsWith("DELETE [");
    assertThat(shop.database().journal().get(shop.database().journal().size() - 2))
        .isEqualTo("COMMIT");
  }

  @Test
  @DisplayName("SLS-01 a rollback leaves all entries as they were")
  void rollback_makesNoOps() {
    warmUpWithAbsences();

    try (StatelessSession session = shop.factory().openStatelessSession()) {
      session.beginTransaction();
      session.update(changed(teapot, "kettle"));
      session.delete(changed(teapot, "kettle"));
      session.upsert(changed(teapot + 1000, "mug"));
      session.insert(changed(null, "cup"));
      session.getTransaction().rollback();
    }

    assertThat(shop.ops()).isZero();
    shop.reset();
    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(products.fetchByHandle("kettle")).isEmpty();
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).hasSize(1);
    assertThat(products.fetchTitleById(teapot)).contains("The teapot");
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("A write without transaction beside another session's: its keys do not wait for it")
  void autocommitBesideTransaction_deletesAtOnce() {
    Long kettle = sell("kettle");
    warmUp();
    products.fetch(kettle);
    shop.reset();

    try (Session open = shop.factory().openSession()) {
      open.beginTransaction();
      open.find(Product.class, kettle);
      work(false, session -> session.update(changed(teapot, "mug")));
      open.getTransaction().rollback();
    }

    assertThat(shop.count(Kind.INVALIDATION_SENT, "Product")).isEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("mug");
  }

  @Test
  @DisplayName("A stateless transaction around another session's: its keys wait for its own commit")
  void statelessAroundTransaction_keepsItsKeys() {
    Long kettle = sell("kettle");
    warmUp();

    work(
        true,
        session -> {
          shop.inTransaction(
              inner -> {
                session.update(changed(teapot, "mug"));
                inner.find(Product.class, kettle);
              });
          assertThat(shop.ops()).isZero();
        });

    assertThat(shop.ops()).isEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("mug");
  }
}
