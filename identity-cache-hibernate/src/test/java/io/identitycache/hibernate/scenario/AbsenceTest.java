package io.identitycache.hibernate.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.EntityNotFoundException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class AbsenceTest {

  private static final long UNKNOWN = 1_000_000;

  interface CouponRepository extends CacheRepository<Coupon, Long> {
    List<Coupon> fetchByDiscount(int discount);
  }

  @Parameter StoreKind kind;
  private TestApplication shop;
  private ProductRepository products;
  private CouponRepository coupons;

  private void open(TestApplication.Builder application) {
    shop = application.start();
    products = shop.repository(ProductRepository.class);
    coupons = shop.repository(CouponRepository.class);
  }

  private TestApplication.Builder application() {
    return TestApplication.of(kind, Product.class, Shop.class, Coupon.class);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("NIL-01 an absence found by a single fetch answers every other")
  void fetchById_withoutRow_storesTheAbsence() {
    open(application());
    assertThat(products.fetchById(UNKNOWN)).isEmpty();
    assertThat(shop.queries()).isEqualTo(1);

    assertIsAbsentAtNoCost(UNKNOWN);
  }

  @Test
  @DisplayName("NIL-01 absences found by a multi fetch answer every other")
  void fetchMulti_withoutRows_storesTheAbsences() {
    open(application());
    assertThat(products.fetchMulti(List.of(UNKNOWN, UNKNOWN + 1))).isEmpty();
    assertThat(shop.queries()).isEqualTo(1);

    assertIsAbsentAtNoCost(UNKNOWN);
    assertIsAbsentAtNoCost(UNKNOWN + 1);
  }

  private void assertIsAbsentAtNoCost(Long id) {
    shop.reset();
    assertThat(products.fetchById(id)).isEmpty();
    assertThatThrownBy(() -> products.fetch(id)).isInstanceOf(EntityNotFoundException.class);
    assertThat(products.fetchMulti(List.of(id))).isEmpty();
    assertThat(products.exists(id)).isFalse();
    assertThat(shop.ops()).isEqualTo(4);
    assertThat(shop.queries()).isZero();
    assertThat(shop.count(Kind.ABSENT_HIT, "Product")).isEqualTo(4);
  }

  @Test
  @DisplayName("NIL-02 a row that is inserted after its absence was stored is found: generated id")
  void insert_withGeneratedId_endsTheAbsence() {
    open(application());
    Long first = sell("teapot");
    Long next = first + 1;
    assertThat(products.fetchById(next)).isEmpty();

    assertThat(sell("cup")).isEqualTo(next);

    assertThat(products.fetch(next).handle).isEqualTo("cup");
    assertThat(products.fetchMulti(List.of(first, next))).hasSize(2);
  }

  @Test
  @DisplayName("NIL-02 a row that is inserted after its absence was stored is found: assigned id")
  void insert_withAssignedId_endsTheAbsence() {
    open(application());
    assertThat(coupons.fetchMulti(List.of(1L, 2L))).isEmpty();

    shop.inTransaction(session -> session.persist(new Coupon(1L, 20)));

    assertThat(coupons.fetch(1L).discount).isEqualTo(20);
    assertThat(coupons.exists(2L)).isFalse();
  }

  private Long sell(String handle) {
    return shop.fromTransaction(
        session -> {
          Product product = new Product(handle, "Berta", "kitchen");
          session.persist(product);
          return product.id;
        });
  }

  @Test
  @DisplayName("NIL-03 an index lookup without match is stored, and reads no entity entry")
  void fetchByIndex_withoutMatch_isStored() {
    open(application());
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).isEmpty();
    assertThat(coupons.fetchByDiscount(20)).isEmpty();
    assertThat(shop.queries()).isEqualTo(3);
    assertThat(shop.ops()).isEqualTo(9);
    shop.reset();

    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(shop.ops()).isEqualTo(1);
    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).isEmpty();
    assertThat(shop.ops()).isEqualTo(2);
    assertThat(coupons.fetchByDiscount(20)).isEmpty();
    assertThat(shop.ops()).isEqualTo(3);
    assertThat(shop.queries()).isZero();
    assertThat(shop.store().operations())
        .allSatisfy(operation -> assertThat(operation.keys()).hasSize(1))
        .noneMatch(operation -> operation.keys().toString().contains(":Product:"))
        .noneMatch(operation -> operation.keys().toString().contains(":Coupon:"));
  }

  @Test
  @DisplayName("NIL-07 an absence ends with its time to live, a value does not")
  void absence_endsBeforeValues() {
    open(
        application()
            .with("hibernate.identity_cache.absence_time_to_live", "2s")
            .with("hibernate.identity_cache.time_to_live", "1h"));
    Long teapot = sell("teapot");
    products.fetchByHandle("teapot");
    assertThat(coupons.fetchById(1L)).isEmpty();
    assertThat(coupons.fetchByDiscount(20)).isEmpty();

    shop.database().execute("insert into Coupon (number, discount) values (1, 20)");

    await().atMost(20, SECONDS).until(() -> coupons.fetchById(1L).isPresent());
    await().atMost(20, SECONDS).until(() -> coupons.fetchByDiscount(20).size() == 1);
    shop.reset();
    assertThat(products.fetch(teapot).handle).isEqualTo("teapot");
    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(coupons.fetchByDiscount(20)).hasSize(1);
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("NIL-07 a value ends with its time to live, an absence with its own")
  void value_endsBeforeAbsences() {
    open(
        application()
            .with("hibernate.identity_cache.absence_time_to_live", "1h")
            .with("hibernate.identity_cache.time_to_live", "2s"));
    Long teapot = sell("teapot");
    products.fetch(teapot);
    products.fetchById(UNKNOWN);

    shop.database().execute("update Product set title = 'New'");

    await().atMost(20, SECONDS).until(() -> products.fetch(teapot).title.equals("New"));
    shop.reset();
    assertThat(products.fetchById(UNKNOWN)).isEmpty();
    assertThat(shop.queries()).isZero();
  }
}
