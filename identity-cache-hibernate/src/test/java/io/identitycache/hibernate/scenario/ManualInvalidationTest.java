package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.MeteredStore;
import org.hibernate.FlushMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class ManualInvalidationTest extends TeapotScenario {

  ManualInvalidationTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class));
  }

  private void renameBehindTheLibrary() {
    shop.database().execute("update Product set handle = 'kettle' where id = " + teapot);
  }

  @Test
  @DisplayName("EXP-06 invalidate drops the row's entries for the values it carries, 0 queries")
  void invalidate_dropsWhatTheInstanceCarries() {
    warmUp();
    Product fetched = products.fetch(teapot);
    shop.reset();

    products.invalidate(fetched);

    assertThat(shop.ops()).isEqualTo(1);
    assertThat(shop.queries()).isZero();
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isEqualTo(4);
    products.fetch(teapot);
    products.fetchByHandle("teapot");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    products.fetchTitleById(teapot);
    assertThat(shop.queries()).isEqualTo(4);
  }

  @Test
  @DisplayName("EXP-06 invalidate of a proxy drops the entries for the values of its instance")
  void invalidate_ofAProxy_dropsWhatItsInstanceCarries() {
    warmUp();
    shop.inTransaction(
        session -> {
          Product proxy = session.getReference(Product.class, teapot);
          shop.reset();
          products.invalidate(proxy);
        });

    assertThat(shop.count(Kind.INVALIDATION_SENT, "Product")).isEqualTo(1);
    shop.reset();
    products.fetchByHandle("teapot");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    assertThat(shop.queries()).as("the row, and both indexes").isEqualTo(3);
  }

  @Test
  @DisplayName("In a read-only session that has written, invalidateById waits for the commit")
  void invalidateById_inAManuallyFlushedTransaction_waitsForTheCommit() {
    warmUp();

    shop.inTransaction(
        session -> {
          session.setHibernateFlushMode(FlushMode.MANUAL);
          session
              .createNativeMutationQuery("update Product set handle = 'kettle' where id = :id")
              .setParameter("id", teapot)
              .executeUpdate();
          products.invalidateById(teapot);
          assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isZero();
        });

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("kettle");
  }

  @Test
  @DisplayName("EXP-07 invalidate with the store unreachable: no exception, and counted")
  void invalidate_withoutStore_isReported() {
    warmUp();
    Product fetched = products.fetch(teapot);
    shop.reset();
    shop.faults().failAll(MeteredStore.Kind.DELETE);

    products.invalidate(fetched);

    assertThat(shop.count(Kind.INVALIDATION_FAILED)).isEqualTo(4);
  }

  @Test
  @DisplayName("EXP-12 invalidateById after plain JDBC: by id, by old and by new value it is right")
  void invalidateById_findsOldAndNewValues() {
    products.fetchByHandle("kettle");
    warmUp();
    renameBehindTheLibrary();

    products.invalidateById(teapot);

    assertThat(shop.queries()).isLessThanOrEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("kettle");
    assertThat(products.fetchByHandle("kettle").orElseThrow().id).isEqualTo(teapot);
    assertThat(products.fetchByHandle("teapot")).isEmpty();
  }

  @Test
  @DisplayName("In a read-write transaction invalidateById takes effect with the commit")
  void invalidateById_inATransaction_waitsForTheCommit() {
    warmUp();
    renameBehindTheLibrary();

    shop.inTransaction(
        session -> {
          products.invalidateById(teapot);
          assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isZero();
        });

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("kettle");
  }
}
