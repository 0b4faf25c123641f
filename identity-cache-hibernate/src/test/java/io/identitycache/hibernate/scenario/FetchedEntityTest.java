package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import java.util.List;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.LockMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class FetchedEntityTest extends TeapotScenario {

  interface Shops extends CacheRepository<Shop, Long> {}

  FetchedEntityTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class));
  }

  private void assertIsRefused(Product fetched) {
    RefusedWrites.assertIsRefused(shop, fetched);
  }

  @Test
  @DisplayName("ROR-01 detached and not to be written, after a miss and after a hit alike")
  void outsideATransaction_isDetached() {
    assertIsRefused(products.fetch(teapot));
    assertIsRefused(products.fetch(teapot));
    assertIsRefused(products.fetchByHandle("teapot").orElseThrow());
    assertIsRefused(products.fetchByVendorAndProductType("Berta", "kitchen").get(0));
  }

  @Test
  @DisplayName("ROR-01 the same in a read-only transaction")
  void inAReadOnlyTransaction_isDetached() {
    for (int time = 0; time < 2; time++) {
      Product fetched =
          shop.fromReadOnlyTransaction(
              session -> {
                Product product = products.fetch(teapot);
                assertThat(session.contains(product)).isFalse();
                RefusedWrites.assertIsRefused(session, product);
                return product;
              });
      assertIsRefused(fetched);
      products.fetch(teapot);
    }
  }

  @Test
  @DisplayName("INV-01 every fetch gives an instance of its own, which nothing changes afterwards")
  void everyFetch_givesAnInstanceOfItsOwn() {
    Product cold = products.fetch(teapot);
    Product warm = products.fetch(teapot);
    Product byHandle = products.fetchByHandle("teapot").orElseThrow();
    assertThat(List.of(cold, warm, byHandle))
        .allSatisfy(product -> assertThat(product.getClass()).isEqualTo(Product.class))
        .doesNotHaveDuplicates();

    cold.title = "scribbled over";
    warm.handle = "scribbled over";
    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(products.fetchByHandle("teapot").orElseThrow().title).isEqualTo("The teapot");

    shop.inTransaction(session -> session.find(Product.class, teapot).title = "A kettle");
    assertThat(byHandle.title).isEqualTo("The teapot");
    assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
  }

  @Test
  @DisplayName(
      "ROR-02 in a read-write transaction it is the session's own, and changes are written")
  void inAReadWriteTransaction_isManaged() {
    warmUp();

    shop.inTransaction(
        session -> {
          Product fetched = products.fetch(teapot);
          assertThat(session.contains(fetched)).isTrue();
          assertThat(session.find(Product.class, teapot)).isSameAs(fetched);
          assertThat(products.fetchByHandle("teapot")).containsSame(fetched);
          fetched.title = "A kettle";
        });

    assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
  }

  @Test
  @DisplayName(
      "ROR-02 instances of find or of a query are never refused, though the row was fetched")
  void foundInstances_areNeverRefused() {
    warmUp();
    Product detached = shop.fromTransaction(session -> session.find(Product.class, teapot));

    shop.inTransaction(
        session -> {
          Product found = session.createQuery("from Product", Product.class).getSingleResult();
          session.lock(found, LockMode.PESSIMISTIC_WRITE);
          session.refresh(found);
          found.title = "A mug";
        });
    detached.title = "A kettle";
    shop.inTransaction(session -> session.merge(detached));
    assertThat(products.fetch(teapot).title).isEqualTo("A kettle");

    shop.inTransaction(session -> session.remove(session.find(Product.class, teapot)));
    assertThat(products.fetchById(teapot)).isEmpty();
  }

  @Test
  @DisplayName("ROR-09 a fetched shop can be set as the shop of a new product")
  void fetchedShop_canBeReferred() {
    Shop owner = new Shop("Berta's");
    shop.inTransaction(session -> session.persist(owner));
    Shops shops = shop.repository(Shops.class);

    Long mug =
        shop.fromTransaction(
            session -> {
              Product product = new Product("mug", "Berta", "kitchen");
              session.persist(product);
              return product.id;
            });
    for (int time = 0; time < 2; time++) {
      Shop fetched = shops.fetch(owner.getId());
      Product product = new Product("cup", "Berta", "kitchen");
      product.shop = fetched;
      shop.inTransaction(session -> session.persist(product));

      assertThat(products.fetch(product.id).shop.getId()).isEqualTo(owner.getId());
    }
    assertThat(products.fetch(mug).shop).isNull();
  }

  @Test
  @DisplayName("ROR-11 an association is an uninitialised proxy, a null foreign key is null")
  void association_isUninitialised() {
    Shop owner = new Shop("Berta's");
    Product mug = new Product("mug", "Berta", "kitchen");
    mug.shop = owner;
    shop.inTransaction(
        session -> {
          session.persist(owner);
          session.persist(mug);
        });

    for (int time = 0; time < 2; time++) {
      for (Product fetched :
          List.of(products.fetch(mug.id), products.fetchByHandle("mug").orElseThrow())) {
        assertThat(fetched.shop).isNotNull();
        assertThat(Hibernate.isInitialized(fetched.shop)).isFalse();
        assertThat(fetched.shop.getId()).isEqualTo(owner.getId());
        assertThatThrownBy(() -> fetched.shop.getName())
            .isInstanceOf(LazyInitializationException.class);
      }
      assertThat(products.fetch(teapot).shop).isNull();
    }
  }
}
