package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.repository.CacheRepository;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.EntityNotFoundException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class IndexTest {

  interface ListsOfProducts extends CacheRepository<Product, Long> {
    List<Product> fetchMultiByHandle(Collection<String> handles);

    Map<String, List<Product>> fetchMultiByHandle(Set<String> handles);

    List<Product> fetchMultiByVendorAndProductType(Collection<List<String>> values);
  }

  interface RequiredProducts extends CacheRepository<Product, Long> {
    Product fetchByHandle(String handle);
  }

  interface MugRepository extends CacheRepository<Mug, Long> {
    Optional<Mug> fetchByName(String name);

    List<Mug> fetchByColor(String color);
  }

  private final TestApplication shop;
  private final ProductRepository products;
  private final ListsOfProducts lists;
  private final MugRepository mugs;

  IndexTest(StoreKind kind) {
    shop = TestApplication.of(kind, Product.class, Shop.class, Mug.class).start();
    products = shop.repository(ProductRepository.class);
    lists = shop.repository(ListsOfProducts.class);
    mugs = shop.repository(MugRepository.class);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Long sell(String handle, String vendor) {
    Long id =
        shop.fromTransaction(
            session -> {
              Product product = new Product(handle, vendor, "kitchen");
              session.persist(product);
              return product.id;
            });
    shop.reset();
    return id;
  }

  @Test
  @DisplayName("IDX-01 all cold: at most 2 queries and 6 ops; then the entity is a hit")
  void fetchByUnique_cold_fillsIndexAndEntity() {
    Long teapot = sell("teapot", "Berta");

    assertThat(products.fetchByHandle("teapot")).get().extracting(p -> p.id).isEqualTo(teapot);
    assertThat(shop.queries()).isBetween(1, 2);
    assertThat(shop.ops()).isBetween(3, 6);
    shop.reset();

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("IDX-01 index cold, entity warm: 1 query, for the ids; both warm: at most 2 ops")
  void fetchByUnique_withWarmEntity_asksForTheIdOnly() {
    Long teapot = sell("teapot", "Berta");
    products.fetch(teapot);
    shop.reset();

    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(shop.database().statements())
        .singleElement()
        .asString()
        .doesNotContainIgnoringCase("title");
    shop.reset();

    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isBetween(1, 2);
  }

  @Test
  @DisplayName("IDX-03 without match: empty, or an exception that names index and value")
  void fetchByUnique_withoutMatch_saysSo() {
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThatThrownBy(() -> shop.repository(RequiredProducts.class).fetchByHandle("teapot"))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContaining("Product")
        .hasMessageContaining("handle")
        .hasMessageContaining("teapot");
  }

  @Test
  @DisplayName("IDX-06 an insert ends the absence and extends the list, a delete takes back")
  void insertAndDelete_changeTheNextLookup() {
    sell("cup", "Berta");
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(handlesOf("Berta")).containsExactly("cup");
    assertThat(products.fetchMultiByHandle(List.of("cup", "teapot"))).containsOnlyKeys("cup");

    Long teapot = sell("teapot", "Berta");
    assertThat(products.fetchByHandle("teapot")).isPresent();
    assertThat(handlesOf("Berta")).containsExactly("cup", "teapot");
    assertThat(products.fetchMultiByHandle(List.of("cup", "teapot"))).hasSize(2);

    shop.inTransaction(session -> session.remove(session.find(Product.class, teapot)));
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(handlesOf("Berta")).containsExactly("cup");
    assertThat(products.fetchMultiByHandle(List.of("cup", "teapot"))).containsOnlyKeys("cup");
    shop.reset();
    assertThat(products.fetchByHandle("teapot")).isEmpty();
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("IDX-07 a value that changed from a to c is found by c only")
  void change_ofValue_movesTheRow() {
    Long id = sell("a", "a");
    lookUpEverything();

    change(id, (session, product) -> set(product, "c"));

    assertIsFoundBy("c");
  }

  @Test
  @DisplayName("IDX-07 a value that changed from a over b to c in two flushes is found by c only")
  void change_overTwoFlushes_movesTheRow() {
    Long id = sell("a", "a");
    lookUpEverything();

    change(
        id,
        (session, product) -> {
          set(product, "b");
          session.flush();
          set(product, "c");
        });

    assertIsFoundBy("c");
  }

  @Test
  @DisplayName("IDX-07 a row inserted with b and changed to c before the commit is found by c only")
  void insertAndChange_inOneTransaction_leavesTheLastValue() {
    lookUpEverything();

    shop.inTransaction(
        session -> {
          Product product = new Product("b", "b", "kitchen");
          session.persist(product);
          session.flush();
          set(product, "c");
        });

    assertIsFoundBy("c");
  }

  private interface Change {
    void make(Session session, Product product);
  }

  private void change(Long id, Change change) {
    shop.inTransaction(session -> change.make(session, session.find(Product.class, id)));
  }

  private static void set(Product product, String value) {
    product.handle = value;
    product.vendor = value;
  }

  private void lookUpEverything() {
    for (String value : List.of("a", "b", "c")) {
      products.fetchByHandle(value);
      handlesOf(value);
    }
  }

  private void assertIsFoundBy(String current) {
    for (String value : List.of("a", "b", "c")) {
      boolean found = value.equals(current);
      assertThat(products.fetchByHandle(value).isPresent()).as(value).isEqualTo(found);
      assertThat(handlesOf(value)).as(value).isEqualTo(found ? List.of(current) : List.of());
    }
  }

  private List<String> handlesOf(String vendor) {
    return products.fetchByVendorAndProductType(vendor, "kitchen").stream()
        .map(p -> p.handle)
        .toList();
  }

  @Test
  @DisplayName("IDX-09 an insert invalidates the entity's key and one per index")
  void insert_invalidatesItsKeys() {
    Long id = make("Ada", "red");

    assertInvalidated(keyOfMug(id), keyOfName("Ada"), keyOfColor("red"));
  }

  @Test
  @DisplayName("IDX-09 a change invalidates the keys of old and new values, each once")
  void change_invalidatesOldAndNewKeys() {
    Long id = make("Ada", "red");
    shop.reset();

    shop.inTransaction(
        session -> {
          Mug mug = session.find(Mug.class, id);
          mug.name = "Bea";
          session.flush();
          mug.name = "Cleo";
          mug.color = "blue";
        });

    assertInvalidated(
        keyOfMug(id),
        keyOfName("Ada"),
        keyOfName("Bea"),
        keyOfName("Cleo"),
        keyOfColor("red"),
        keyOfColor("blue"));
  }

  @Test
  @DisplayName("IDX-09 a change invalidates no key of an index whose value is the same")
  void change_ofOneIndex_leavesTheOther() {
    Long id = make("Ada", "red");
    shop.reset();
    shop.inTransaction(session -> session.find(Mug.class, id).color = "blue");
    assertInvalidated(keyOfMug(id), keyOfColor("red"), keyOfColor("blue"));

    shop.reset();
    shop.inTransaction(session -> session.find(Mug.class, id).material = "steel");
    assertInvalidated(keyOfMug(id));
  }

  @Test
  @DisplayName("IDX-09 a delete invalidates the keys of the stored values")
  void delete_invalidatesTheStoredValues() {
    Long id = make("Ada", "red");
    shop.reset();

    shop.inTransaction(
        session -> {
          Mug mug = session.find(Mug.class, id);
          mug.name = "never stored";
          session.remove(mug);
        });

    assertInvalidated(keyOfMug(id), keyOfName("Ada"), keyOfColor("red"));
  }

  private Long make(String name, String color) {
    return shop.fromTransaction(
        session -> {
          Mug mug = new Mug(name, color);
          session.persist(mug);
          return mug.id;
        });
  }

  private void assertInvalidated(String... keys) {
    assertThat(deletes())
        .singleElement()
        .satisfies(
            operation ->
                assertThat(operation.keys())
                    .extracting(KeyShape::of)
                    .containsExactlyInAnyOrder(keys));
  }

  private List<MeteredStore.Operation> deletes() {
    return shop.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.DELETE)
        .toList();
  }

  private static String keyOfMug(Long id) {
    return "Mug:" + id;
  }

  private static String keyOfName(String name) {
    return "Mug.name:" + name.replace(" ", "%20");
  }

  private static String keyOfColor(String color) {
    return "Mug.color:" + color;
  }

  /** A key without namespace, format and fingerprint. */
  private record KeyShape() {
    static String of(CacheKey key) {
      String[] parts = key.text().split(":", 5);
      return parts[2] + ":" + parts[4];
    }
  }

  @Test
  @DisplayName("IDX-14 many values as a list: order of the values, unknown ones add nothing")
  void fetchMultiByUnique_asList_keepsTheOrder() {
    sell("bertha", "Berta");
    sell("bob", "Berta");
    List<String> asked = List.of("bob", "nobody", "bertha", "bob");

    assertThat(lists.fetchMultiByHandle(asked))
        .extracting(p -> p.handle)
        .containsExactly("bob", "bertha");
    assertThat(shop.queries()).isBetween(1, 2);
    assertThat(shop.count(Kind.FILL, "Product.handle")).isEqualTo(3);
    shop.reset();

    assertThat(lists.fetchMultiByHandle(asked))
        .extracting(p -> p.handle)
        .containsExactly("bob", "bertha");
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
    assertThat(shop.count(Kind.ABSENT_HIT, "Product.handle")).isEqualTo(1);
    shop.reset();

    assertThat(products.fetchByHandle("nobody")).isEmpty();
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("IDX-14 many values of several rows: within a value by primary key")
  void fetchMultiByNonUnique_asList_keepsTheOrder() {
    for (String handle : List.of("a1", "b1", "a2", "b2", "a3")) {
      sell(handle, handle.substring(0, 1));
    }
    List<List<String>> asked =
        Stream.of("b", "nobody", "a", "b").map(vendor -> List.of(vendor, "kitchen")).toList();

    assertThat(lists.fetchMultiByVendorAndProductType(asked))
        .extracting(p -> p.handle)
        .containsExactly("b1", "b2", "a1", "a2", "a3");
    assertThat(shop.queries()).isBetween(1, 2);
    shop.reset();

    assertThat(lists.fetchMultiByVendorAndProductType(asked))
        .extracting(p -> p.handle)
        .containsExactly("b1", "b2", "a1", "a2", "a3");
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(2);
  }

  @Test
  @DisplayName("IDX-22 a map of entities: given order, unknown values left out")
  void fetchMulti_asMap_keepsTheOrder() {
    sell("bertha", "Berta");
    sell("bob", "Berta");

    for (int round = 0; round < 2; round++) {
      Map<String, Product> found = products.fetchMultiByHandle(List.of("bob", "nobody", "bertha"));
      assertThat(found.keySet()).containsExactly("bob", "bertha");
      assertThat(found).allSatisfy((handle, p) -> assertThat(p.handle).isEqualTo(handle));
    }
    shop.inTransaction(
        session ->
            assertThat(products.fetchMultiByHandle(List.of("bob", "nobody", "bertha")).keySet())
                .containsExactly("bob", "bertha"));
  }

  @Test
  @DisplayName("IDX-22 a map of lists: every given value is a key, an unknown one of an empty list")
  void fetchMulti_asMapOfLists_hasEveryValue() {
    sell("a1", "a");
    sell("b1", "b");
    sell("a2", "a");
    List<List<String>> asked =
        Stream.of("b", "nobody", "a", "b").map(vendor -> List.of(vendor, "kitchen")).toList();

    for (int round = 0; round < 2; round++) {
      Map<List<String>, List<Product>> found = products.fetchMultiByVendorAndProductType(asked);
      assertThat(found.keySet()).containsExactly(asked.get(0), asked.get(1), asked.get(2));
      assertThat(found.get(asked.get(0))).extracting(p -> p.handle).containsExactly("b1");
      assertThat(found.get(asked.get(1))).isEmpty();
      assertThat(found.get(asked.get(2))).extracting(p -> p.handle).containsExactly("a1", "a2");
    }
    Map<String, List<Product>> unique = lists.fetchMultiByHandle(Set.of("a1", "nobody"));
    assertThat(unique).containsOnlyKeys("a1", "nobody");
    assertThat(unique.get("a1")).hasSize(1);
    assertThat(unique.get("nobody")).isEmpty();
  }
}
