package io.identitycache.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identitycache.annotation.Include;
import io.identitycache.fetch.Thing.Product;
import io.identitycache.fetch.Thing.Shop;
import io.identitycache.fetch.Thing.Variant;
import io.identitycache.repository.CacheRepository;
import io.identitycache.repository.RepositoryFactory;
import io.identitycache.validation.InvalidConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Methods of repositories that have to do with associations: which may be, and which may not. */
class AssociationRefusalTest {

  private final Storefront storefront = new Storefront();
  private final RepositoryFactory factory = new RepositoryFactory(storefront.caches());

  interface Products extends CacheRepository<Product, Long> {

    @Override
    @Include("shop")
    Product fetch(Long id);

    @Override
    @Include({"variants.prices", "shop"})
    Optional<Product> fetchById(Long id);

    @Override
    @Include({"variants.prices", "variants.shop"})
    List<Product> fetchMulti(Collection<? extends Long> ids);

    @Include("shop")
    List<Product> fetchByText(String text);

    @Include(" shop ")
    Map<String, List<Product>> fetchMultiByText(Collection<String> texts);
  }

  interface BadProducts extends CacheRepository<Product, Long> {

    @Override
    @Include("shopp")
    Product fetch(Long id);

    @Include({"shop", "variants.price", "coverr"})
    List<Product> fetchByText(String text);

    @Include("tags.letters")
    Map<String, List<Product>> fetchMultiByText(Collection<String> texts);

    @Override
    @Include("supplier")
    List<Product> fetchMulti(Collection<? extends Long> ids);

    @Override
    @Include("shop")
    boolean exists(Long id);

    @Include("prices")
    List<Variant> fetchVariants(Product product);

    @Include("shop")
    default Product teapot() {
      return fetch(1L);
    }

    Shop fetchShop(Product product);

    Set<Variant> fetchVariantsByCode(Product product);

    Map<String, Shop> fetchVariantsByCode(Product product, String code);

    List<Product> fetchImages(Product product);

    List<String> fetchTags(Long id);

    List<Variant> fetchVariant(Product product);
  }

  private String report;

  @BeforeEach
  void refuse() {
    Throwable refusal = catchThrowable(() -> factory.make(BadProducts.class));
    assertThat(refusal).isInstanceOf(InvalidConfigurationException.class);
    report = refusal.getMessage();
  }

  @AfterEach
  void close() {
    storefront.close();
  }

  @Test
  @DisplayName("PRE-01 all methods that fetch entities take includes")
  void includes() {
    storefront.row(Shop.class, 1);
    storefront.row(Variant.class, 1);
    storefront.row(Product.class, 1, "teapot", Map.of("shop", 1L, "variants", List.of(1L)));
    Products products = factory.make(Products.class);

    assertThat(products.fetch(1L).has("shop")).isTrue();
    assertThat(products.fetchById(1L).orElseThrow().many("variants").get(0).has("prices")).isTrue();
    assertThat(products.fetchMulti(List.of(1L)).get(0).many("variants").get(0).has("shop"))
        .isTrue();
    assertThat(products.fetchByText("teapot").get(0).has("shop")).isTrue();
    assertThat(products.fetchMultiByText(List.of("teapot")).get("teapot").get(0).has("shop"))
        .isTrue();
  }

  @Test
  void methodOfTheBaseInterface_followsTheIncludesOfTheOneThatOverridesIt() {
    storefront.row(Shop.class, 1);
    storefront.row(Product.class, 1, "teapot", Map.of("shop", 1L));
    CacheRepository<Product, Long> products = factory.make(Products.class);

    assertThat(products.fetch(1L).has("shop")).isTrue();
  }

  @Test
  void allRefusals_comeInOneReport() {
    assertThat(report).contains("13 problems");
  }

  @Test
  @DisplayName("PRE-18 a path that leads nowhere is refused with the nearest valid name")
  void paths() {
    assertThat(report)
        .contains(
            "BadProducts.fetch: @Include: Product has no cached association \"shopp\". Did you mean"
                + " \"shop\"? Marked: brand, cover, images, shop, tags, variants, variantsByCode.",
            "fetchByText: @Include: Variant has no cached association \"price\". Did you mean"
                + " \"prices\"? Marked: prices, shop. Product has no cached association \"coverr\"."
                + " Did you mean \"cover\"? Marked: brand, cover, images, shop, tags, variants,"
                + " variantsByCode.",
            "fetchMultiByText: @Include: Product.tags leads to values, which have no associations:"
                + " end the path with \"tags\".",
            "fetchMulti: @Include: Product.supplier is not a cached association: mark it with"
                + " @CacheReference or @CacheEmbed. Marked: ");
  }

  @Test
  void include_onWhatFetchesNoEntities_isRefused() {
    assertThat(report)
        .contains(
            "exists: fetches no entities of its own, so it takes no @Include.",
            "fetchVariants: follows one association of an entity in hand, so it takes no @Include.",
            "teapot: fetches no entities of its own, so it takes no @Include.");
  }

  @Test
  void shapes() {
    assertThat(report)
        .contains(
            "fetchShop: returns Optional<Shop>, not Shop.",
            "fetchVariantsByCode: returns a Map of its keys to Variant, or List<Variant>, not"
                + " Set<Variant>.",
            "fetchVariantsByCode: takes 1 parameter (the entity), not 2.",
            "fetchImages: returns List<Image>, not List<Product>.",
            "fetchTags: takes a Product, not a Long.");
  }

  @Test
  void misspeltAssociation_isRefusedWithTheNearestName() {
    assertThat(report)
        .contains(
            "fetchVariant: no finder has this name. Did you mean \"fetchVariants\"? There are:"
                + " fetchByText, fetchMultiByText, fetchImages, fetchCover, fetchTags,"
                + " fetchVariants, fetchVariantsByCode, fetchShop, fetchBrand, fetch,");
  }
}
