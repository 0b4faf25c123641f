package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class FetchByIdTest {

  private final TestApplication shop;
  private final ProductRepository products;
  private Long teapot;

  FetchByIdTest(StoreKind kind) {
    shop = TestApplication.of(kind, Product.class, Shop.class).start();
    products = shop.repository(ProductRepository.class);
  }

  @BeforeEach
  void sellATeapot() {
    teapot =
        shop.fromTransaction(
            session -> {
              Product product = new Product("teapot", "Berta", "kitchen");
              session.persist(product);
              return product.id;
            });
    shop.reset();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("FET-02 a cold fetch takes 1 query and 3 ops, a warm one 1 op")
  void fetch_coldThenWarm_givesTheRow() {
    Product cold = products.fetch(teapot);

    assertThat(cold.handle).isEqualTo("teapot");
    assertThat(cold.title).isEqualTo("The teapot");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.ops()).isEqualTo(3);
    shop.reset();

    Product warm = products.fetch(teapot);

    assertThat(warm).isNotSameAs(cold).usingRecursiveComparison().isEqualTo(cold);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("FET-03 no such row is empty, or an exception that names entity and id")
  void fetch_withoutRow_saysSo() {
    assertThat(products.fetchById(10L)).isEmpty();
    assertThatThrownBy(() -> products.fetch(10L))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Product")
        .hasMessageContaining("10");
  }

  @Test
  @DisplayName("FET-03 a null id costs nothing")
  void fetch_ofNull_isNoRow() {
    assertThat(products.fetchById(null)).isEmpty();
    assertThat(products.exists(null)).isFalse();
    assertThatThrownBy(() -> products.fetch(null)).isInstanceOf(EntityNotFoundException.class);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isZero();
  }

  @Test
  @DisplayName("Hit path: a warm fetch opens no session and borrows no connection")
  void fetch_warm_borrowsNoConnection() {
    products.fetchByHandle("teapot");
    shop.factory().getStatistics().setStatisticsEnabled(true);
    shop.reset();

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(products.fetchByHandle("teapot")).isPresent();

    assertThat(shop.database().connectionsBorrowed()).isZero();
    assertThat(shop.factory().getStatistics().getSessionOpenCount()).isZero();
  }

  @Test
  @DisplayName("FET-05 ids 1, 1L and \"1\" are one entry; what is no id is refused")
  void fetch_untyped_convertsFirst() {
    shop.cache().fetchById(Product.class, teapot);
    shop.reset();

    assertThat(shop.cache().fetchById(Product.class, teapot.intValue())).isPresent();
    assertThat(shop.cache().fetchById(Product.class, teapot.toString())).isPresent();
    assertThat(products.fetchById(teapot)).isPresent();
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(3);
    shop.reset();

    assertThatThrownBy(() -> shop.cache().fetchById(Product.class, "a teapot"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Product.id")
        .hasMessageContaining("Long");
    assertThat(shop.ops()).isZero();
  }

  @Test
  @DisplayName("FET-05 untyped index calls convert values, and share the repository's entries")
  void fetchBy_untyped_sharesTheEntries() {
    EntityManagerFactory factory = shop.factory();
    EntityType<Product> type = factory.getMetamodel().entity(Product.class);
    SingularAttribute<? super Product, ?> handle = type.getSingularAttribute("handle");
    products.fetchByHandle("teapot");
    shop.reset();

    assertThat(shop.cache().fetchBy(Product.class, handle, "teapot"))
        .get()
        .extracting(p -> p.id)
        .isEqualTo(teapot);
    assertThat(shop.cache().fetchBy(Product.class, "handle", "teapot")).isPresent();
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(4);
    shop.reset();

    assertThatThrownBy(() -> shop.cache().fetchBy(Product.class, handle, List.of("teapot")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Product.handle")
        .hasMessageContaining("String");
    assertThat(shop.ops()).isZero();
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("FET-06 exists uses the same entry")
  void exists_sharesTheEntry() {
    assertThat(products.exists(teapot)).isTrue();
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();
    assertThat(products.exists(teapot)).isTrue();
    assertThat(products.fetchById(teapot)).isPresent();
    assertThat(shop.queries()).isZero();

    assertThat(products.exists(10L)).isFalse();
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();
    assertThat(products.exists(10L)).isFalse();
    assertThat(shop.queries()).isZero();
  }
}
