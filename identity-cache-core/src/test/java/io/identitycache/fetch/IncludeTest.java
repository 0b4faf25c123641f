package io.identitycache.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identitycache.IdentityCache;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.fetch.Thing.Brand;
import io.identitycache.fetch.Thing.Price;
import io.identitycache.fetch.Thing.Product;
import io.identitycache.fetch.Thing.Shop;
import io.identitycache.fetch.Thing.Variant;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.testing.MeteredStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is included in a fetch, and what it costs. */
class IncludeTest {

  private final Storefront storefront = new Storefront();
  private final IdentityCache cache = storefront.cache();

  @BeforeEach
  void fill() {
    storefront.row(Shop.class, 1);
    storefront.row(Shop.class, 2);
    storefront.row(Price.class, 1, "1.00", Map.of("product", 1L));
    storefront.row(Price.class, 2);
    storefront.row(Variant.class, 1, "small", Map.of("prices", List.of(2L, 1L), "shop", 1L));
    storefront.row(Variant.class, 2, "large", Map.of("prices", List.of(2L)));
    storefront.row(Variant.class, 3, "red", Map.of());
    storefront.row(Product.class, 1, "teapot", Map.of("variants", List.of(2L, 1L), "shop", 1L));
    storefront.row(Product.class, 2, "cup", Map.of("variants", List.of(3L, 2L), "shop", 1L));
    storefront.row(
        Product.class,
        3,
        "lamp",
        Map.of(
            "images",
            List.of(Storefront.embedded(1, Map.of("shop", 2L)), Storefront.embedded(2, Map.of()))));
  }

  @AfterEach
  void close() {
    storefront.close();
  }

  @Test
  @DisplayName(
      "PRE-01 one batch for all owners; a shared target is one instance, and none costs none")
  void oneBatch() {
    List<Product> products = cache.fetchMulti(Product.class, List.of(1, 3, 2), "shop");

    assertThat(products.get(0).one("shop")).isSameAs(products.get(2).one("shop"));
    assertThat(products.get(1).one("shop")).isNull();
    assertThat(storefront.queries).containsExactly("Product [1, 2, 3]", "Shop [1]");
    assertThat(storefront.storeReads()).containsExactly("Product 3", "Shop 1");
    storefront.forget();
    cache.fetch(Product.class, 3, "shop");
    assertThat(storefront.storeReads()).containsExactly("Product 1");
  }

  @Test
  @DisplayName("PRE-08 warm: one read for the roots and one for all that is included, in its order")
  void warm() {
    cache.fetchMulti(Product.class, List.of(1, 2), "variants", "shop");
    storefront.forget();

    List<Product> products = cache.fetchMulti(Product.class, List.of(2, 1), "shop", "variants");

    assertThat(storefront.queries).isEmpty();
    assertThat(storefront.store.operations()).hasSize(2);
    assertThat(storefront.storeReads()).containsExactly("Product 2", "Shop+Variant 4");
    assertThat(storefront.events(Kind.HIT)).containsExactly("Product 2", "Shop 1", "Variant 3");
    assertThat(products.get(0).many("variants")).extracting(v -> v.id).containsExactly(3L, 2L);
    assertThat(products.get(1).many("variants")).extracting(v -> v.id).containsExactly(2L, 1L);
    assertThat(products.get(0).many("variants").get(1))
        .isSameAs(products.get(1).many("variants").get(0));
  }

  @Test
  @DisplayName("PRE-10 several types of one level share one read, one batch of leases and of fills")
  void coldLevel() {
    cache.fetch(Product.class, 1);
    storefront.forget();

    cache.fetch(Product.class, 1, "variants.prices", "variants.shop", "shop");

    assertThat(storefront.queries).containsExactly("Variant [1, 2]", "Shop [1]", "Price [1, 2]");
    assertThat(storefront.store.operations())
        .extracting(MeteredStore.Operation::kind)
        .containsExactly(
            MeteredStore.Kind.READ, // the product
            MeteredStore.Kind.READ, // variants and the shop
            MeteredStore.Kind.SWAP,
            MeteredStore.Kind.SWAP,
            MeteredStore.Kind.READ, // prices; the variant's shop is known
            MeteredStore.Kind.SWAP,
            MeteredStore.Kind.SWAP);
    assertThat(storefront.storeReads()).containsExactly("Product 1", "Shop+Variant 3", "Price 2");
    assertThat(storefront.events(Kind.MISS)).containsExactly("Shop 1", "Variant 2", "Price 2");
    assertThat(storefront.events(Kind.FILL)).containsExactly("Shop 1", "Variant 2", "Price 2");
  }

  @Test
  @DisplayName(
      "PRE-10 an embedded first level adds no read, and what it references is read with it")
  void embeddedLevel() {
    cache.fetchMulti(Product.class, List.of(1, 3), "images.shop", "cover.shop", "shop");
    storefront.forget();

    List<Product> products =
        cache.fetchMulti(Product.class, List.of(1, 3), "images.shop", "cover.shop", "shop");

    assertThat(storefront.storeReads()).containsExactly("Product 2", "Shop 2");
    assertThat(products.get(1).many("images").get(0).one("shop").id).isEqualTo(2L);
    assertThat(products.get(1).many("images").get(1).one("shop")).isNull();
    assertThat(products.get(0).one("cover")).isNull();
  }

  @Test
  void path_thatLeadsBack_findsTheInstancesOfTheCall() {
    Product product = cache.fetch(Product.class, 1, "variants.prices.product");

    Thing small = product.many("variants").get(1);
    assertThat(small.many("prices").get(1).one("product")).isSameAs(product);
    assertThat(storefront.storeReads()).containsExactly("Product 1", "Variant 2", "Price 2");
  }

  @Test
  @DisplayName("IDA-09 an id whose row is gone is left out, and looked for once in a call")
  void missingRow() {
    storefront.row(Product.class, 4, "bowl", Map.of("variants", List.of(9L, 1L), "shop", 7L));
    storefront.row(Variant.class, 1, "small", Map.of("shop", 7L));

    Product bowl = cache.fetch(Product.class, 4, "variants.shop", "shop");

    assertThat(bowl.many("variants")).extracting(variant -> variant.id).containsExactly(1L);
    assertThat(bowl.has("shop")).isFalse();
    assertThat(storefront.queries).containsExactly("Product [4]", "Variant [1, 9]", "Shop [7]");
  }

  @Test
  void emptyAssociation_isResolvedWithoutARead() {
    Product lamp = cache.fetch(Product.class, 3, "variants.prices", "variantsByCode");

    assertThat(lamp.many("variants")).isEmpty();
    assertThat(lamp.value("variantsByCode")).isEqualTo(Map.of());
    assertThat(storefront.storeReads()).containsExactly("Product 1");
  }

  @Test
  @DisplayName("PRE-18 an include on an empty result does nothing")
  void emptyResult() {
    assertThat(cache.fetchById(Product.class, 9, "variants")).isEmpty();
    assertThat(cache.fetchMulti(Product.class, List.of(), "variants")).isEmpty();
    assertThat(cache.fetchAllBy(Product.class, "text", "nothing", "variants")).isEmpty();
    assertThat(storefront.storeReads()).containsExactly("Product 1", "Product.text 1");
  }

  @Test
  @DisplayName("PRE-01 lookups by index take includes")
  void byIndex() {
    cache.fetchAllBy(Product.class, "text", "cup", "variants");
    storefront.forget();

    List<Product> cups = cache.fetchAllBy(Product.class, "text", "cup", "variants");

    assertThat(cups.get(0).many("variants")).hasSize(2);
    assertThat(storefront.storeReads()).containsExactly("Product.text 1", "Product 1", "Variant 2");
    assertThat(cache.fetchMultiBy(Product.class, "text", List.of("cup", "lamp"), "shop").get("cup"))
        .singleElement()
        .satisfies(cup -> assertThat(cup.one("shop").id).isEqualTo(1L));
  }

  @Test
  void notIncluded_isNotResolved() {
    Product product = cache.fetch(Product.class, 1, "shop");

    assertThat(product.has("variants")).isFalse();
    assertThat(cache.fetch(Product.class, 1).has("shop")).isFalse();
  }

  @Test
  void eagerReference_isResolvedWithEveryFetch_andCirclesEnd() {
    storefront.row(Brand.class, 1, "acme", Map.of("flagship", 5L));
    storefront.row(Brand.class, 2);
    storefront.row(
        Product.class,
        5,
        "kettle",
        Map.of("brand", 1L, "cover", Storefront.embedded(5, Map.of("maker", 2L))));

    Product kettle = cache.fetch(Product.class, 5);

    assertThat(kettle.one("brand").one("flagship")).isSameAs(kettle);
    assertThat(kettle.one("cover").one("maker").id).isEqualTo(2L);
    assertThat(storefront.storeReads()).containsExactly("Product 1", "Brand 2");
    storefront.forget();
    Product byIndex = cache.fetchAllBy(Product.class, "text", "kettle").get(0);
    assertThat(byIndex.one("brand").one("flagship")).isSameAs(byIndex);
    storefront.forget();
    assertThat(cache.exists(Product.class, 5)).isTrue();
    assertThat(storefront.storeReads()).containsExactly("Product 1");
  }

  @Test
  void eagerReference_ofWhatIsIncluded_isResolvedWithIt() {
    storefront.row(Brand.class, 1, "acme", Map.of("flagship", 6L));
    storefront.row(Product.class, 6, "jug", Map.of("brand", 1L));
    storefront.row(Price.class, 6, "6.00", Map.of("product", 6L));

    Price price = cache.fetch(Price.class, 6, "product");

    assertThat(price.one("product").one("brand").one("flagship")).isSameAs(price.one("product"));
    assertThat(storefront.storeReads()).containsExactly("Price 1", "Product 1", "Brand 1");
  }

  @Test
  @DisplayName("IDA-06 in a read-write transaction: no op, one query per association, its own view")
  void session() {
    storefront.usage = Usage.SESSION;

    List<Product> products =
        cache.fetchMulti(Product.class, List.of(1, 2), "variants.prices", "shop");

    assertThat(storefront.store.count()).isZero();
    assertThat(storefront.queries)
        .containsExactly(
            "Product [1, 2]", "Product.variants of 2", "Product.shop of 2", "Variant.prices of 3");
    assertThat(products.get(0).many("variants").get(0))
        .isSameAs(products.get(1).many("variants").get(1));
    assertThat(storefront.events(Kind.BYPASS)).containsExactly("Product 2");
    storefront.forget();
    assertThat(cache.fetchAllBy(Product.class, "text", "cup", "variants.prices")).hasSize(1);
    assertThat(storefront.queries).containsExactly("Product.text");
  }

  @Test
  void readOnlyTransaction_readsItsOwnConnection_andIsFilledBehindItsBack() {
    storefront.usage = Usage.CACHE_IN_READ_ONLY_TRANSACTION;

    Product product = cache.fetch(Product.class, 1, "variants");

    assertThat(product.many("variants")).hasSize(2);
    assertThat(storefront.storeReads()).contains("Product 1", "Variant 2");
    await()
        .untilAsserted(
            () ->
                assertThat(storefront.events(Kind.FILL)).containsExactly("Product 1", "Variant 2"));
    storefront.forget();
    assertThat(cache.fetch(Product.class, 1, "variants").many("variants")).hasSize(2);
    assertThat(storefront.queries).isEmpty();
  }

  @Test
  @DisplayName("PRE-18 an unknown or unmarked association is refused with the nearest valid name")
  void refusals() {
    assertThatThrownBy(() -> cache.fetch(Product.class, 1, "varaints.prices"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Product has no cached association \"varaints\". Did you mean \"variants\"? Marked:"
                + " brand, cover, images, shop, tags, variants, variantsByCode.");
    assertThatThrownBy(() -> cache.fetchMulti(Product.class, List.of(), "supplier"))
        .hasMessageStartingWith(
            "Product.supplier is not a cached association: mark it with @CacheReference or"
                + " @CacheEmbed. Marked: brand,");
    assertThatThrownBy(() -> cache.fetchBy(Product.class, "text", "cup", "variants.price"))
        .hasMessage(
            "Variant has no cached association \"price\". Did you mean \"prices\"? Marked: prices,"
                + " shop.");
    assertThatThrownBy(() -> cache.fetch(Product.class, 1, "shop.owner"))
        .hasMessage("Shop has no cached association \"owner\". Marked: none.");
    assertThatThrownBy(() -> cache.fetch(Product.class, 1, "tags.letters"))
        .hasMessage(
            "Product.tags leads to values, which have no associations: end the path with"
                + " \"tags\".");
    assertThat(storefront.store.count()).isZero();
  }
}
