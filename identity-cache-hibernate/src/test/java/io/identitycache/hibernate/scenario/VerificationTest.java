package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.testing.MeteredStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Index entries that are not true any more: rows are written past Hibernate, and of what is stored
 * about them only the entity's own entry is deleted.
 */
@ParameterizedClass
@EnumSource(StoreKind.class)
class VerificationTest {

  private final TestApplication shop;
  private final ProductRepository products;

  VerificationTest(StoreKind kind) {
    shop = TestApplication.of(kind, Product.class, Shop.class).start();
    products = shop.repository(ProductRepository.class);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Long sell(String handle, String vendor, String productType) {
    return shop.fromTransaction(
        session -> {
          Product product = new Product(handle, vendor, productType);
          session.persist(product);
          return product.id;
        });
  }

  /** Writes the row past Hibernate and makes its entity entry right again, but no index entry. */
  private void writeBehind(Long id, String sql) {
    forgetEntity(id);
    shop.database().execute(sql);
    products.fetchById(id);
    shop.reset();
  }

  private void forgetEntity(Long id) {
    shop.reset();
    products.fetchById(id);
    List<CacheKey> key = shop.store().operations().get(0).keys();
    assertThat(key).singleElement().asString().contains(":Product:");
    assertThat(shop.store().delete(key)).isEmpty();
  }

  @Test
  @DisplayName("VER-01 a row that lost the value is not returned for it")
  void fetchByUnique_ofARowThatLostTheValue_isEmpty() {
    Long row = sell("bob", "Berta", "kitchen");
    products.fetchByHandle("bob");
    writeBehind(row, "update Product set handle = 'robert' where id = " + row);

    assertThat(products.fetchByHandle("bob")).isEmpty();
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();

    assertThat(products.fetchByHandle("bob")).isEmpty();
    assertThat(shop.queries()).isZero();
    assertThat(products.fetchByHandle("robert")).get().extracting(p -> p.id).isEqualTo(row);
    assertThat(products.fetch(row).handle).isEqualTo("robert");
  }

  @Test
  @DisplayName("VER-01 a row that got the value from another is returned for it")
  void fetchByUnique_ofAValueThatMoved_givesItsRow() {
    Long row = sell("bob", "Berta", "kitchen");
    Long other = sell("someone", "Berta", "kitchen");
    products.fetchByHandle("bob");
    writeBehind(row, "update Product set handle = 'robert' where id = " + row);
    writeBehind(other, "update Product set handle = 'bob' where id = " + other);

    assertThat(products.fetchByHandle("bob")).get().extracting(p -> p.id).isEqualTo(other);
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();

    assertThat(products.fetchByHandle("bob")).get().extracting(p -> p.id).isEqualTo(other);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
  }

  @Test
  @DisplayName("VER-01 the same if only the second value of a composite index differs")
  void fetchByComposite_ofAChangedSecondValue_isEmpty() {
    Long row = sell("bob", "Berta", "kitchen");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    writeBehind(row, "update Product set productType = 'garden' where id = " + row);

    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).isEmpty();
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();

    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).isEmpty();
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("VER-02 one row of a list lost the value: the result is the database's")
  void fetchByNonUnique_withOneRowThatLostTheValue_givesTheOthers() {
    sell("a", "Berta", "kitchen");
    Long row = sell("b", "Berta", "kitchen");
    sell("c", "Berta", "kitchen");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    writeBehind(row, "update Product set vendor = 'Carl' where id = " + row);

    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen"))
        .extracting(p -> p.handle)
        .containsExactly("a", "c");
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();

    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).hasSize(2);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
  }

  @Test
  @DisplayName("VER-02 one of many values is not true any more: only its entry is looked up again")
  void fetchMultiByUnique_withOneStaleEntry_looksUpThatOne() {
    sell("a", "Berta", "kitchen");
    Long row = sell("b", "Berta", "kitchen");
    sell("c", "Berta", "kitchen");
    List<String> asked = List.of("c", "b", "a");
    products.fetchMultiByHandle(asked);
    writeBehind(row, "update Product set handle = 'x' where id = " + row);

    Map<String, Product> found = products.fetchMultiByHandle(asked);

    assertThat(found.keySet()).containsExactly("c", "a");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(readsOf(":Product.handle:")).containsExactly(3, 1);
    assertThat(shop.count(Kind.FILL, "Product.handle")).isEqualTo(1);
    assertThat(shop.count(Kind.FILL, "Product")).isZero();
    shop.reset();

    assertThat(products.fetchMultiByHandle(asked).keySet()).containsExactly("c", "a");
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
  }

  private List<Integer> readsOf(String space) {
    return shop.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.READ)
        .filter(operation -> operation.keys().get(0).text().contains(space))
        .map(operation -> operation.keys().size())
        .toList();
  }

  @Test
  @DisplayName("IDX-21 the row of a unique entry is gone: empty, or the row that has the value now")
  void fetchByUnique_ofARowThatIsGone_asksAgain() {
    Long row = sell("bob", "Berta", "kitchen");
    products.fetchByHandle("bob");
    writeBehind(row, "delete from Product where id = " + row);

    assertThat(products.fetchByHandle("bob")).isEmpty();
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();
    assertThat(products.fetchByHandle("bob")).isEmpty();
    assertThat(shop.queries()).isZero();

    Long second = sell("bea", "Berta", "kitchen");
    Long third = sell("heir", "Berta", "kitchen");
    products.fetchByHandle("bea");
    writeBehind(second, "delete from Product where id = " + second);
    writeBehind(third, "update Product set handle = 'bea' where id = " + third);

    assertThat(products.fetchByHandle("bea")).get().extracting(p -> p.id).isEqualTo(third);
    assertThat(products.fetchMultiByHandle(List.of("bea")).get("bea").id).isEqualTo(third);
  }

  @Test
  @DisplayName("IDX-21 a row of a list is gone: it is left out")
  void fetchByNonUnique_withARowThatIsGone_leavesItOut() {
    sell("a", "Berta", "kitchen");
    Long row = sell("b", "Berta", "kitchen");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    writeBehind(row, "delete from Product where id = " + row);

    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen"))
        .extracting(p -> p.handle)
        .containsExactly("a");
    assertThat(shop.queries()).isEqualTo(1);
    shop.reset();

    assertThat(products.fetchByVendorAndProductType("Berta", "kitchen")).hasSize(1);
    assertThat(shop.queries()).isZero();
  }
}
