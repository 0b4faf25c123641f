package io.identitycache.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.IdentityCache;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.fetch.Thing.Brand;
import io.identitycache.fetch.Thing.Image;
import io.identitycache.fetch.Thing.Product;
import io.identitycache.fetch.Thing.ProductProxy;
import io.identitycache.fetch.Thing.Shop;
import io.identitycache.fetch.Thing.Variant;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.repository.CacheRepository;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an association of an entity in hand leads to. */
class AssociationFetchTest {

  private final Storefront storefront = new Storefront();
  private final IdentityCache cache = storefront.cache();
  private final Products products = cache.repository(Products.class);

  interface Products extends CacheRepository<Product, Long> {

    Optional<Shop> fetchShop(Product product);

    List<Variant> fetchVariants(Product product);

    Map<String, Variant> fetchVariantsByCode(Product product);

    Collection<Image> fetchImages(Product product);

    List<String> fetchTags(Product product);
  }

  @BeforeEach
  void fill() {
    storefront.row(Shop.class, 1);
    storefront.row(Variant.class, 1);
    storefront.row(Variant.class, 2);
    Map<String, Long> byCode = new LinkedHashMap<>();
    byCode.put("L", 2L);
    byCode.put("S", 1L);
    storefront.row(
        Product.class,
        1,
        "teapot",
        Map.of(
            "variants",
            List.of(2L, 9L, 1L),
            "variantsByCode",
            byCode,
            "shop",
            1L,
            "tags",
            List.of("blue", "round"),
            "images",
            List.of(Storefront.embedded(1, Map.of()))));
    storefront.row(Product.class, 2);
  }

  @AfterEach
  void close() {
    storefront.close();
  }

  @Test
  @DisplayName(
      "IDA-05 a fetched owner knows the ids: one batch, in their order, and is left as it is")
  void fetchedOwner() {
    Product product = cache.fetch(Product.class, 1);
    storefront.forget();

    assertThat(products.fetchVariants(product)).extracting(v -> v.id).containsExactly(2L, 1L);
    assertThat(storefront.storeReads()).containsExactly("Variant 3");
    assertThat(product.has("variants")).isFalse();
    assertThat(products.fetchVariantsByCode(product).keySet()).containsExactly("L", "S");
    assertThat(products.fetchVariantsByCode(product).get("S").id).isEqualTo(1L);
    assertThat(cache.fetchAssociation(product, "variantsByCode").list()).hasSize(2);
    assertThat(product.has("variantsByCode")).isFalse();
  }

  @Test
  @DisplayName("BEL-01 a to-one comes from its own entry: warm one read")
  void toOne() {
    Product product = cache.fetch(Product.class, 1);
    products.fetchShop(product);
    storefront.forget();

    assertThat(products.fetchShop(product)).map(shop -> shop.id).contains(1L);
    assertThat(storefront.storeReads()).containsExactly("Shop 1");
    assertThat(storefront.queries).isEmpty();
    storefront.delete(Shop.class, 1);
    cache.invalidateById(Shop.class, 1);
    assertThat(products.fetchShop(product)).isEmpty();
  }

  @Test
  @DisplayName("BEL-04 a null foreign key and an empty list cost nothing")
  void nothing() {
    Product product = cache.fetch(Product.class, 2);
    storefront.forget();

    assertThat(products.fetchShop(product)).isEmpty();
    assertThat(products.fetchVariants(product)).isEmpty();
    assertThat(products.fetchVariantsByCode(product)).isEmpty();
    assertThat(storefront.store.count()).isZero();
  }

  @Test
  @DisplayName("EMB-03 what is loaded is given with no op, in a list of the caller's own")
  void loaded() {
    Product product = cache.fetch(Product.class, 1, "variants");
    storefront.forget();

    assertThat(products.fetchVariants(product)).isEqualTo(product.many("variants"));
    products.fetchVariants(product).clear();
    assertThat(product.many("variants")).hasSize(2);
    assertThat(products.fetchImages(product)).extracting(image -> image.id).containsExactly(1L);
    assertThat(products.fetchTags(product)).containsExactly("blue", "round");
    assertThat(storefront.store.count()).isZero();
  }

  @Test
  @DisplayName(
      "EMB-03 the row of an owner that does not know is fetched first; it is left as it is")
  void foundOwner() {
    Product found = storefront.found(1);

    assertThat(products.fetchImages(found)).extracting(image -> image.id).containsExactly(1L);
    assertThat(storefront.storeReads()).containsExactly("Product 1");
    storefront.forget();
    assertThat(products.fetchVariants(found)).extracting(v -> v.id).containsExactly(2L, 1L);
    assertThat(storefront.storeReads()).containsExactly("Product 1", "Variant 3");
    assertThat(products.fetchShop(found)).isPresent();
    assertThat(found.has("variants")).isFalse();
    assertThat(found.has("shop")).isFalse();
  }

  @Test
  void ownerWithoutRow_hasNothing() {
    assertThat(products.fetchVariants(new ProductProxy(9L, null))).isEmpty();
    assertThat(products.fetchShop(new ProductProxy(null, null))).isEmpty();
    assertThat(storefront.storeReads()).containsExactly("Product 1");
  }

  @Test
  void proxy_isLookedBehind_andFetchedIfThereIsNothing() {
    Product product = cache.fetch(Product.class, 1);
    storefront.forget();

    assertThat(products.fetchImages(new ProductProxy(1L, product))).hasSize(1);
    assertThat(storefront.store.count()).isZero();
    assertThat(products.fetchImages(new ProductProxy(1L, null))).hasSize(1);
    assertThat(cache.fetchAssociation(new ProductProxy(1L, null), "tags").list())
        .containsExactly("blue", "round");
    assertThat(storefront.storeReads()).containsExactly("Product 1", "Product 1");
  }

  @Test
  void eagerReferences_ofWhatIsFetched_areResolved() {
    storefront.row(Brand.class, 1);
    storefront.row(
        Product.class,
        3,
        "cup",
        Map.of("images", List.of(Storefront.embedded(3, Map.of("maker", 1L)))));

    Collection<Image> images = products.fetchImages(storefront.found(3));

    assertThat(images).singleElement().satisfies(i -> assertThat(i.one("maker").id).isEqualTo(1L));
    assertThat(storefront.storeReads()).containsExactly("Product 1", "Brand 1");
  }

  @Test
  @DisplayName("IDA-06 in a read-write transaction the managed instance tells, whatever is given")
  void session() {
    Product fetched = cache.fetch(Product.class, 1, "shop");
    storefront.usage = Usage.SESSION;
    storefront.forget();

    Optional<Shop> shop = products.fetchShop(fetched);

    assertThat(shop).isPresent().get().isNotSameAs(fetched.one("shop"));
    assertThat(storefront.queries).containsExactly("Product [1]", "Product.shop of 1");
    assertThat(products.fetchShop(cache.fetch(Product.class, 1))).isEqualTo(shop);
    assertThat(storefront.store.count()).isZero();
    assertThat(storefront.events(Kind.BYPASS)).contains("Product 1");
    assertThat(products.fetchShop(new ProductProxy(9L, null))).isEmpty();
    assertThat(products.fetchShop(new ProductProxy(null, null))).isEmpty();
  }

  @Test
  void unknownAssociation_isRefused() {
    Product product = cache.fetch(Product.class, 2);

    assertThatThrownBy(() -> cache.fetchAssociation(product, "variant"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Product has no cached association \"variant\". Did you mean \"variants\"?");
    assertThatThrownBy(() -> cache.fetchAssociation("text", "variants"))
        .hasMessageContaining("java.lang.String is not cached");
    assertThatThrownBy(() -> products.fetchShop(null)).hasMessage("no entity was given");
  }
}
