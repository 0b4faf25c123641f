package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.MeteredStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class FetchMultiTest {

  private static final long UNKNOWN = 1_000_000;

  private final TestApplication shop;
  private final ProductRepository products;
  private Long teapot;
  private Long cup;
  private Long kettle;

  FetchMultiTest(StoreKind kind) {
    shop = TestApplication.of(kind, Product.class, Shop.class).start();
    products = shop.repository(ProductRepository.class);
  }

  @BeforeEach
  void sellThreeProducts() {
    teapot = sell("teapot");
    cup = sell("cup");
    kettle = sell("kettle");
    shop.reset();
  }

  private Long sell(String handle) {
    return shop.fromTransaction(
        session -> {
          Product product = new Product(handle, "Berta", "kitchen");
          session.persist(product);
          return product.id;
        });
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("MUL-01 nothing asked for costs nothing")
  void fetchMulti_ofNothing_costsNothing() {
    assertNothingIsAskedFor();
    shop.inTransaction(session -> assertNothingIsAskedFor());
    shop.fromReadOnlyTransaction(
        session -> {
          assertNothingIsAskedFor();
          return null;
        });
  }

  private void assertNothingIsAskedFor() {
    assertThat(products.fetchMulti(List.of())).isEmpty();
    assertThat(products.fetchMulti(Arrays.asList(null, null))).isEmpty();
    assertThat(products.fetchMultiByHandle(Set.of())).isEmpty();
    assertThat(products.fetchMultiByVendorAndProductType(List.of())).isEmpty();
    assertThat(products.fetchMultiTitleById(List.of())).isEmpty();
    assertThat(shop.cache().fetchMulti(Product.class, List.of())).isEmpty();
    assertThat(shop.cache().fetchMultiBy(Product.class, "handle", List.of())).isEmpty();
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isZero();
  }

  @Test
  @DisplayName("MUL-01 null ids are skipped")
  void fetchMulti_withNullIds_skipsThem() {
    assertThat(products.fetchMulti(Arrays.asList(null, cup, null, teapot)))
        .extracting(p -> p.handle)
        .containsExactly("cup", "teapot");
    assertThat(keysRead()).isEqualTo(2);
    shop.inTransaction(
        session ->
            assertThat(products.fetchMulti(Arrays.asList(null, cup, null, teapot)))
                .extracting(p -> p.handle)
                .containsExactly("cup", "teapot"));
  }

  @Test
  @DisplayName("MUL-03 three cold ids take 1 query and 3 ops, warm ones 1 op")
  void fetchMulti_coldThenWarm_isOneBatch() {
    assertThat(products.fetchMulti(List.of(kettle, teapot, cup)))
        .extracting(p -> p.handle)
        .containsExactly("kettle", "teapot", "cup");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.store().operations())
        .extracting(operation -> operation.kind() + " of " + operation.keys().size())
        .containsExactly("READ of 3", "SWAP of 3", "SWAP of 3");
    shop.reset();

    assertThat(products.fetchMulti(List.of(cup, kettle, teapot)))
        .extracting(p -> p.handle)
        .containsExactly("cup", "kettle", "teapot");
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("MUL-04 of warm, cold and unknown ids only the cold ones are loaded, in 1 query")
  void fetchMulti_ofMixedIds_loadsTheColdOnes() {
    products.fetch(kettle);
    shop.reset();

    assertThat(products.fetchMulti(List.of(kettle, teapot, UNKNOWN, cup)))
        .extracting(p -> p.handle)
        .containsExactly("kettle", "teapot", "cup");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.count(Kind.HIT)).isEqualTo(1);
    assertThat(shop.count(Kind.MISS)).isEqualTo(3);
    assertThat(shop.count(Kind.FILL)).isEqualTo(3);
    assertThat(shop.ops()).isEqualTo(3);
    shop.reset();

    assertThat(products.fetchMulti(List.of(kettle, teapot, UNKNOWN, cup))).hasSize(3);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("MUL-07 1,200 cold ids take at most 5 queries, and all are stored")
  void fetchMulti_ofManyIds_takesFewQueries() {
    shop.database()
        .execute(
            "insert into Product (id, handle, vendor, productType, title) select x, 'h' || x,"
                + " 'Berta', 'kitchen', 't' || x from system_range(5001, 6200)");
    List<Long> ids = LongStream.rangeClosed(5001, 6200).boxed().toList();

    assertThat(products.fetchMulti(ids)).extracting(p -> p.id).isEqualTo(ids);
    assertThat(shop.queries()).isBetween(1, 5);
    assertThat(shop.count(Kind.FILL)).isEqualTo(1200);
    shop.reset();

    assertThat(products.fetchMulti(ids)).extracting(p -> p.id).isEqualTo(ids);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("MUL-08 an id given twice is there twice, and asked for once")
  void fetchMulti_withDuplicates_asksOnce() {
    assertThat(products.fetchMulti(List.of(cup, teapot, cup)))
        .extracting(p -> p.id)
        .containsExactly(cup, teapot, cup);
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(keysRead()).isEqualTo(2);
    assertThat(shop.count(Kind.MISS)).isEqualTo(2);
    assertThat(shop.count(Kind.FILL)).isEqualTo(2);
    shop.reset();

    assertThat(products.fetchMulti(List.of(cup, teapot, cup))).hasSize(3);
    assertThat(keysRead()).isEqualTo(2);
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("MUL-08 200,000 copies of one id are one key")
  void fetchMulti_ofVeryManyCopies_completes() {
    List<Product> copies = products.fetchMulti(Collections.nCopies(200_000, cup));

    assertThat(copies).hasSize(200_000);
    assertThat(copies.get(199_999).handle).isEqualTo("cup");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(keysRead()).isEqualTo(1);
  }

  @Test
  @DisplayName("MUL-10 in a read-write transaction: 1 query, 0 ops, the same answer")
  void fetchMulti_inTransaction_readsTheDatabase() {
    products.fetch(teapot);
    shop.reset();

    shop.inTransaction(
        session ->
            assertThat(products.fetchMulti(List.of(kettle, UNKNOWN, teapot, kettle, cup)))
                .allMatch(session::contains)
                .extracting(p -> p.handle)
                .containsExactly("kettle", "teapot", "kettle", "cup"));

    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.ops()).isZero();
  }

  private long keysRead() {
    return shop.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.READ)
        .mapToLong(operation -> operation.keys().size())
        .sum();
  }
}
