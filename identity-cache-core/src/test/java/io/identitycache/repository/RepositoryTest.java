package io.identitycache.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.identitycache.repository.Product.Book;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.NonUniqueResultException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RepositoryTest {

  private final Product teapot = new Product(1L, "teapot", "acme", "kitchen", "Teapot", 7L);
  private final Product cup = new Product(2L, "cup", "acme", "kitchen", "Cup", 7L);
  private final Product lamp = new Product(3L, "lamp", "lux", "light", null, null);
  private final Book atlas = new Book(4L, "atlas", "acme");
  private final Product nameless = new Product(5L, null, "lux", "light", "One", null);
  private final Product nameless2 = new Product(6L, null, "lux", "light", "Two", null);

  private final ProductTable table =
      new ProductTable(teapot, cup, lamp, atlas, nameless, nameless2);
  private final RepositoryFactory factory = new RepositoryFactory(table.caches());
  private final Products products = factory.make(Products.class);

  record VendorAndType(String vendor, String productType) {}

  interface Products extends CacheRepository<Product, Long> {

    Product fetch(long id);

    Optional<Product> fetchByHandle(String handle);

    List<Product> fetchMultiByHandle(Collection<String> handles);

    List<Product> fetchByVendorAndProductType(String vendor, String productType);

    List<Product> fetchByProductTypeAndVendor(String productType, String vendor);

    List<Product> fetchMultiByVendorAndProductType(List<VendorAndType> values);

    Map<List<String>, List<Product>> fetchMultiByProductTypeAndVendor(
        Collection<List<String>> values);

    List<Product> fetchByShop(Shop shop);

    List<Product> fetchByShop(Long shop);

    List<Product> fetchByDimensionsWidth(int width);

    List<Product> fetchByRankAndFileByHand(String hand);

    Optional<String> fetchTitleById(Long id);

    Map<Long, String> fetchMultiTitleById(Collection<Long> ids);

    Optional<String> fetchTitleByHandle(String handle);

    List<String> fetchTitleByVendorAndProductType(String vendor, String productType);

    Map<String, String> fetchMultiTitleByHandle(Collection<String> handles);

    Map<VendorAndType, List<String>> fetchMultiTitleByVendorAndProductType(
        Collection<VendorAndType> values);

    default String titleOrHandle(String handle) throws IOException {
      if (handle.isEmpty()) {
        throw new IOException("no handle");
      }
      return fetchTitleByHandle(handle).orElse(handle);
    }

    static String shout(String text) {
      return text + "!";
    }
  }

  interface PlainProducts extends CacheRepository<Product, Long> {

    Product fetchByHandle(String handle);

    Map<String, Product> fetchMultiByHandle(Collection<String> handles);

    List<Product> fetchMultiByVendorAndProductType(Collection<List<?>> values);
  }

  interface ListedProducts extends CacheRepository<Product, Long> {

    List<Product> fetchByHandle(String handle);

    Map<String, List<Product>> fetchMultiByHandle(Collection<String> handles);
  }

  interface Catalogue<E> extends CacheRepository<E, Long> {

    Optional<E> fetchByHandle(String handle);
  }

  interface Books extends Catalogue<Book> {

    List<Book> fetchByVendorAndProductType(String vendor, String productType);
  }

  @Test
  @DisplayName("FET-03 no row: fetchById is empty, fetch throws naming entity and id; so with null")
  void noRow() {
    assertThat(products.fetchById(10L)).isEmpty();
    assertThatThrownBy(() -> products.fetch(Long.valueOf(10)))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContainingAll("Product", "10");
    table.batches.clear();
    assertThat(products.fetchById(null)).isEmpty();
    assertThat(products.exists(null)).isFalse();
    assertThatThrownBy(() -> products.fetch(null)).isInstanceOf(EntityNotFoundException.class);
    assertThat(table.batches).isEmpty();
  }

  @Test
  void row_isFetched_alsoByAPrimitiveId() {
    assertThat(products.fetch(Long.valueOf(1))).isSameAs(teapot);
    assertThat(products.fetch(1)).isSameAs(teapot);
    assertThat(products.fetchById(2L)).contains(cup);
    assertThat(products.exists(2L)).isTrue();
  }

  @Test
  @DisplayName("MUL-01 an empty collection costs nothing; null ids are skipped")
  void nothingAsked() {
    assertThat(products.fetchMulti(List.of())).isEmpty();
    assertThat(products.fetchMultiByHandle(List.of())).isEmpty();
    assertThat(products.fetchMultiByProductTypeAndVendor(List.of())).isEmpty();
    assertThat(products.fetchMultiTitleById(Collections.singletonList(null))).isEmpty();
    assertThat(table.batches).isEmpty();
    assertThat(products.fetchMulti(Arrays.asList(null, 2L, null))).containsExactly(cup);
  }

  @Test
  @DisplayName("MUL-08 ids given twice are there twice and asked for once")
  void duplicates() {
    assertThat(products.fetchMulti(List.of(2L, 10L, 1L, 2L))).containsExactly(cup, teapot, cup);
    assertThat(table.batches).containsExactly(3);
  }

  @Test
  @DisplayName("IDX-03 unique index without match: Optional is empty, plain throws naming it all")
  void uniqueWithoutMatch() {
    PlainProducts plain = factory.make(PlainProducts.class);

    assertThat(products.fetchByHandle("kettle")).isEmpty();
    assertThat(plain.fetchByHandle("cup")).isSameAs(cup);
    assertThatThrownBy(() -> plain.fetchByHandle("kettle"))
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageContainingAll("Product", "Product.handle", "kettle");
  }

  @Test
  void uniqueIndex_withSeveralRows_isRefused_exceptAsAList() {
    ListedProducts listed = factory.make(ListedProducts.class);
    PlainProducts plain = factory.make(PlainProducts.class);

    assertThatThrownBy(() -> products.fetchByHandle(null))
        .isInstanceOf(NonUniqueResultException.class)
        .hasMessageContaining("Product.handle");
    assertThatThrownBy(() -> plain.fetchMultiByHandle(Collections.singletonList(null)))
        .isInstanceOf(NonUniqueResultException.class);
    assertThat(listed.fetchByHandle(null)).containsExactly(nameless, nameless2);
    assertThat(listed.fetchMultiByHandle(Arrays.asList("cup", null)))
        .containsExactly(entry("cup", List.of(cup)), entry(null, List.of(nameless, nameless2)));
  }

  @Test
  @DisplayName("IDX-14 a list of many values: their order, unknown ones add nothing, each once")
  void manyAsList() {
    assertThat(products.fetchMultiByHandle(List.of("lamp", "kettle", "cup", "lamp")))
        .containsExactly(lamp, cup);
    assertThat(table.batches).containsExactly(3);
  }

  @Test
  @DisplayName("IDX-17 composite values as records or lists are never mixed across")
  void composite() {
    assertThat(
            products.fetchMultiByVendorAndProductType(
                List.of(
                    new VendorAndType("lux", "kitchen"),
                    new VendorAndType("acme", "book"),
                    new VendorAndType("acme", "kitchen"))))
        .containsExactly(atlas, teapot, cup);
    assertThat(
            factory
                .make(PlainProducts.class)
                .fetchMultiByVendorAndProductType(List.of(List.of("acme", "book"))))
        .containsExactly(atlas);
  }

  @Test
  @DisplayName("IDX-22 maps: the order and the very keys given, unknown ones left out or empty")
  void maps() {
    String lampHandle = new String("lamp");
    Map<String, Product> found =
        factory
            .make(PlainProducts.class)
            .fetchMultiByHandle(List.of(lampHandle, "kettle", "cup", "lamp"));

    assertThat(found).containsExactly(entry("lamp", lamp), entry("cup", cup));
    assertThat(found.keySet().iterator().next()).isSameAs(lampHandle);
    assertThat(
            products.fetchMultiByProductTypeAndVendor(
                List.of(List.of("kitchen", "lux"), List.of("book", "acme"))))
        .containsExactly(
            entry(List.of("kitchen", "lux"), List.of()),
            entry(List.of("book", "acme"), List.of(atlas)));
  }

  @Test
  void parameters_followTheMethodName() {
    assertThat(products.fetchByVendorAndProductType("acme", "kitchen"))
        .containsExactly(teapot, cup)
        .isEqualTo(products.fetchByProductTypeAndVendor("kitchen", "acme"));
  }

  @Test
  void association_isGivenAsEntityOrAsId() {
    assertThat(products.fetchByShop(new Shop(7L))).containsExactly(teapot, cup);
    assertThat(products.fetchByShop(7L)).containsExactly(teapot, cup);
    assertThat(products.fetchByShop((Shop) null)).containsExactly(lamp, atlas, nameless, nameless2);
  }

  @Test
  void attributeNames_mayBePaths_andContainAndAndBy() {
    assertThat(products.fetchByDimensionsWidth(3)).containsExactly(lamp);
    assertThat(products.fetchByRankAndFileByHand("cup")).containsExactly(cup);
  }

  @Test
  @DisplayName("ATT-01 an attribute by id")
  void attributeById() {
    assertThat(products.fetchTitleById(1L)).contains("Teapot");
    assertThat(products.fetchTitleById(10L)).isEmpty();
    assertThat(products.fetchTitleById(null)).isEmpty();
  }

  @Test
  @DisplayName("ATT-07 an attribute of many values: order and unknown values as for entities")
  void attributeOfMany() {
    assertThat(products.fetchMultiTitleById(Arrays.asList(2L, 10L, null, 1L)))
        .containsExactly(entry(2L, "Cup"), entry(1L, "Teapot"));
    assertThat(products.fetchMultiTitleByHandle(List.of("cup", "kettle", "teapot")))
        .containsExactly(entry("cup", "Cup"), entry("teapot", "Teapot"));
    VendorAndType kitchen = new VendorAndType("acme", "kitchen");
    VendorAndType unknown = new VendorAndType("acme", "light");
    assertThat(products.fetchMultiTitleByVendorAndProductType(List.of(unknown, kitchen)))
        .containsExactly(entry(unknown, List.of()), entry(kitchen, List.of("Teapot", "Cup")));
    assertThat(table.batches).containsExactly(3, 3, 2);
  }

  @Test
  void attribute_thatIsNull_isLeftOut() {
    assertThat(products.fetchTitleByHandle("lamp")).isEmpty();
    assertThat(products.fetchTitleByVendorAndProductType("lux", "light"))
        .containsExactly("One", "Two");
    assertThat(products.fetchMultiTitleByHandle(List.of("lamp"))).isEmpty();
  }

  @Test
  void defaultAndStaticMethods_work_andThrowWhatTheyThrow() throws Exception {
    assertThat(products.titleOrHandle("cup")).isEqualTo("Cup");
    assertThat(products.titleOrHandle("lamp")).isEqualTo("lamp");
    assertThatThrownBy(() -> products.titleOrHandle("")).isInstanceOf(IOException.class);
    assertThat(Products.shout("cup")).isEqualTo("cup!");
  }

  @Test
  void methodsOfObject_work() {
    assertThat(products).isEqualTo(products).isNotEqualTo(factory.make(Products.class));
    assertThat(products.hashCode()).isEqualTo(products.hashCode());
    assertThat(products).hasToString("Products of the identity cache");
  }

  @Test
  void subclassOfACachedEntity_seesItsOwnRowsOnly() {
    Books books = factory.make(Books.class);

    assertThat(books.fetchById(4L)).contains(atlas);
    assertThat(books.fetchById(1L)).isEmpty();
    assertThat(books.exists(1L)).isFalse();
    assertThat(books.fetchMulti(List.of(1L, 4L))).containsExactly(atlas);
    assertThat(books.fetchByHandle("atlas")).contains(atlas);
    assertThat(books.fetchByHandle("cup")).isEmpty();
    assertThat(books.fetchByVendorAndProductType("acme", "kitchen")).isEmpty();
  }

  @Test
  void invalidation_isHandedOn() {
    products.invalidateById(1L);
    assertThat(table.invalidated).containsAll(table.keysOf(teapot, ProductTable.HANDLE));
    table.invalidated.clear();

    products.invalidate(cup);
    assertThat(table.invalidated)
        .containsAll(table.keysOf(cup, ProductTable.SHOP))
        .doesNotContain(table.keysOf(teapot, ProductTable.HANDLE).get(1));
  }
}
