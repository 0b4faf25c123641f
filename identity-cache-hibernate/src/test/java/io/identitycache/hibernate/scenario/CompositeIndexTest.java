package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Place.class)
class CompositeIndexTest {

  record VendorAndType(String vendor, String productType) {}

  interface ByRecord extends CacheRepository<Product, Long> {
    Map<VendorAndType, List<Product>> fetchMultiByVendorAndProductType(
        Collection<VendorAndType> values);
  }

  interface CouponRepository extends CacheRepository<Coupon, Long> {
    List<Coupon> fetchByDiscount(int discount);
  }

  private final TestApplication shop;
  private final ProductRepository products;
  private final CouponRepository coupons;

  CompositeIndexTest(Place place) {
    shop = place.of(Product.class, Shop.class, Coupon.class).start();
    products = shop.repository(ProductRepository.class);
    coupons = shop.repository(CouponRepository.class);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private void sell(String handle, String vendor, String productType) {
    shop.inTransaction(session -> session.persist(new Product(handle, vendor, productType)));
    shop.reset();
  }

  @Test
  @DisplayName("IDX-04 several rows come in the numeric order of their ids, cold and warm")
  void fetchByNonUnique_isInNumericOrder() {
    shop.inTransaction(
        session -> {
          for (long number : List.of(10L, 2L, 12L, 100L, 1L, 9L, 11L, 3L, 20L, 21L, -5L, 1000L)) {
            session.persist(new Coupon(number, 20));
            session.flush();
          }
        });
    List<Long> ordered = List.of(-5L, 1L, 2L, 3L, 9L, 10L, 11L, 12L, 20L, 21L, 100L, 1000L);
    shop.reset();

    assertThat(coupons.fetchByDiscount(20)).extracting(c -> c.number).isEqualTo(ordered);
    assertThat(shop.queries()).isBetween(1, 2);
    shop.reset();

    assertThat(coupons.fetchByDiscount(20)).extracting(c -> c.number).isEqualTo(ordered);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
  }

  @Test
  @DisplayName("IDX-04 a composite index is in the order of the ids, too, for any number of rows")
  void fetchByComposite_isInNumericOrder() {
    shop.inTransaction(
        session ->
            LongStream.range(0, 120)
                .forEach(i -> session.persist(new Product("p" + i, "Berta", "kitchen"))));
    shop.reset();

    List<Product> cold = products.fetchByVendorAndProductType("Berta", "kitchen");
    assertThat(cold).hasSize(120).isSortedAccordingTo((a, b) -> Long.compare(a.id, b.id));
    shop.reset();

    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen"))
        .extracting(p -> p.id)
        .isEqualTo(cold.stream().map(p -> p.id).toList());
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
  }

  @Test
  @DisplayName("IDX-17 tuples as lists: at most 2 queries cold, 2 ops warm, never mixed across")
  void fetchMulti_byLists_keepsTuplesTogether() {
    sellAcross();
    List<List<String>> asked = List.of(List.of("b", "y"), List.of("c", "z"), List.of("a", "x"));

    Map<List<String>, List<Product>> cold = products.fetchMultiByVendorAndProductType(asked);
    assertThat(shop.queries()).isBetween(1, 2);
    assertThat(cold.keySet()).containsExactlyElementsOf(asked);
    assertThat(handles(cold.get(asked.get(0)))).containsExactly("by");
    assertThat(cold.get(asked.get(1))).isEmpty();
    assertThat(handles(cold.get(asked.get(2)))).containsExactly("ax");
    shop.reset();

    Map<List<String>, List<Product>> warm = products.fetchMultiByVendorAndProductType(asked);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
    assertThat(warm.keySet()).containsExactlyElementsOf(asked);
    assertThat(handles(warm.get(asked.get(0)))).containsExactly("by");
    assertThat(warm.get(asked.get(1))).isEmpty();
    assertThat(handles(warm.get(asked.get(2)))).containsExactly("ax");
  }

  @Test
  @DisplayName("IDX-17 tuples as records share the entries of lists")
  void fetchMulti_byRecords_sharesTheEntries() {
    sellAcross();
    products.fetchMultiByVendorAndProductType(
        List.of(List.of("a", "x"), List.of("b", "y"), List.of("c", "z")));
    shop.reset();
    List<VendorAndType> asked =
        List.of(
            new VendorAndType("a", "x"), new VendorAndType("c", "z"), new VendorAndType("b", "y"));

    Map<VendorAndType, List<Product>> found =
        shop.repository(ByRecord.class).fetchMultiByVendorAndProductType(asked);

    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
    assertThat(found.keySet()).containsExactlyElementsOf(asked);
    assertThat(handles(found.get(asked.get(0)))).containsExactly("ax");
    assertThat(found.get(asked.get(1))).isEmpty();
    assertThat(handles(found.get(asked.get(2)))).containsExactly("by");
    assertThat(
            shop.cache()
                .fetchAllBy(Product.class, "vendor + productType", new VendorAndType("a", "y")))
        .extracting(p -> p.handle)
        .containsExactly("ay");
  }

  private void sellAcross() {
    sell("ax", "a", "x");
    sell("by", "b", "y");
    sell("ay", "a", "y");
  }

  private static List<String> handles(List<Product> found) {
    return found.stream().map(p -> p.handle).toList();
  }
}
