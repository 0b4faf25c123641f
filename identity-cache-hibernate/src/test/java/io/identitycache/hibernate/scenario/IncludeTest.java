package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.Include;
import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.scenario.Catalogue.Image;
import io.identitycache.hibernate.scenario.Catalogue.Person;
import io.identitycache.hibernate.scenario.Catalogue.Product;
import io.identitycache.hibernate.scenario.Catalogue.Variant;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import io.identitycache.validation.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Associations that come with what is fetched. */
@ParameterizedClass
@EnumSource(Place.class)
@TestInstance(Lifecycle.PER_CLASS)
class IncludeTest {

  interface Products extends CacheRepository<Product, Long> {}

  /** Every method that gives entities, with their shops. */
  interface ProductsWithShop extends CacheRepository<Product, Long> {
    @Override
    @Include("shop")
    Product fetch(Long id);

    @Override
    @Include("shop")
    Optional<Product> fetchById(Long id);

    @Override
    @Include("shop")
    List<Product> fetchMulti(Collection<? extends Long> ids);

    @Include("shop")
    Optional<Product> fetchByHandle(String handle);

    @Include("shop")
    List<Product> fetchMultiByHandle(Collection<String> handles);

    @Include("shop")
    List<Product> fetchByVendor(String vendor);

    @Include("shop")
    Map<String, List<Product>> fetchMultiByVendor(Collection<String> vendors);
  }

  interface ProductByHandleWithShop extends CacheRepository<Product, Long> {
    @Include("shop")
    Product fetchByHandle(String handle);

    @Include("shop")
    Map<String, Product> fetchMultiByHandle(Collection<String> handles);
  }

  interface ProductsWithVariants extends CacheRepository<Product, Long> {
    @Override
    @Include("variants")
    List<Product> fetchMulti(Collection<? extends Long> ids);

    List<Variant> fetchVariants(Product product);
  }

  interface ProductsWithPrices extends CacheRepository<Product, Long> {
    @Override
    @Include("variants.prices")
    List<Product> fetchMulti(Collection<? extends Long> ids);
  }

  interface ProductsWithPeople extends CacheRepository<Product, Long> {
    @Override
    @Include({"images.artist", "manual.author"})
    List<Product> fetchMulti(Collection<? extends Long> ids);
  }

  interface ProductPages extends CacheRepository<Product, Long> {
    @Override
    @Include({"variants.prices", "shop", "images.artist"})
    Product fetch(Long id);

    @Override
    @Include({"variants.prices", "shop", "images.artist"})
    List<Product> fetchMulti(Collection<? extends Long> ids);
  }

  interface ProductsWithSuccessor extends CacheRepository<Product, Long> {
    @Override
    @Include("successor.successor")
    List<Product> fetchMulti(Collection<? extends Long> ids);
  }

  interface ProductsWithImages extends CacheRepository<Product, Long> {
    @Override
    @Include("images")
    Product fetch(Long id);
  }

  interface Variants extends CacheRepository<Variant, Long> {
    @Override
    @Include({"product.variants.prices", "prices"})
    Variant fetch(Long id);
  }

  @Parameter Place place;

  private TestApplication shop;
  private Products products;

  @BeforeParameterizedClassInvocation
  void start() {
    shop = place.of(Catalogue.ENTITIES).start();
    products = shop.repository(Products.class);
  }

  @AfterParameterizedClassInvocation
  void close() {
    shop.close();
  }

  @BeforeEach
  void reset() {
    shop.reset();
  }

  private void persist(Object... entities) {
    shop.inTransaction(
        session -> {
          for (Object entity : entities) {
            session.persist(entity);
          }
        });
    shop.reset();
  }

  private Product sold(String handle, Shop by) {
    Product product = new Product(handle);
    product.shop = by;
    persist(product);
    return product;
  }

  private void assertCost(int queries, int ops) {
    assertThat(shop.database().foregroundStatements()).hasSize(queries);
    assertThat(shop.store().operations()).hasSize(ops);
    shop.reset();
  }

  @Test
  @DisplayName("PRE-01 shops come in one batch, a shared one is one instance; without any, no op")
  void toOne_comesInOneBatch() {
    Shop berta = new Shop("Berta's");
    Shop otto = new Shop("Otto's");
    persist(berta, otto);
    ProductsWithShop withShop = shop.repository(ProductsWithShop.class);
    Product tea = sold("tea", berta);
    Product mug = sold("mug", otto);
    Product pot = sold("pot", berta);
    Product none = sold("none", null);

    for (int time = 0; time < 2; time++) {
      shop.reset();
      List<Product> fetched = withShop.fetchMulti(List.of(tea.id, none.id, mug.id, pot.id));
      assertThat(fetched.get(0).shop.getName()).isEqualTo("Berta's");
      assertThat(fetched.get(1).shop).isNull();
      assertThat(fetched.get(2).shop.getName()).isEqualTo("Otto's");
      assertThat(fetched.get(3).shop).isSameAs(fetched.get(0).shop);
      assertThat(fetched.get(0).shop.getClass()).isEqualTo(Shop.class);
    }
    assertCost(0, 2);

    assertThat(withShop.fetch(none.id).shop).isNull();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("PRE-01 every method that gives entities takes includes, and so do untyped calls")
  void everyMethod_takesIncludes() {
    Shop berta = new Shop("Berta's own");
    persist(berta);
    Product cup = new Product("cup");
    cup.vendor = "Clara";
    cup.shop = berta;
    persist(cup);
    ProductsWithShop withShop = shop.repository(ProductsWithShop.class);
    ProductByHandleWithShop byHandle = shop.repository(ProductByHandleWithShop.class);

    List<java.util.function.Supplier<Product>> methods =
        List.of(
            () -> withShop.fetch(cup.id),
            () -> withShop.fetchById(cup.id).orElseThrow(),
            () -> withShop.fetchMulti(Set.of(cup.id)).get(0),
            () -> withShop.fetchByHandle("cup").orElseThrow(),
            () -> withShop.fetchMultiByHandle(List.of("cup")).get(0),
            () -> withShop.fetchByVendor("Clara").get(0),
            () -> withShop.fetchMultiByVendor(List.of("Clara")).get("Clara").get(0),
            () -> byHandle.fetchByHandle("cup"),
            () -> byHandle.fetchMultiByHandle(List.of("cup")).get("cup"));
    for (int time = 0; time < 2; time++) {
      shop.reset();
      methods.forEach(method -> assertThat(method.get().shop.getName()).isEqualTo("Berta's own"));
    }
    // three by id with 2 ops each, six by index with 3
    assertCost(0, 3 * 2 + 6 * 3);
    shop.inTransaction(
        session ->
            methods.forEach(
                method -> {
                  Product managed = method.get();
                  assertThat(Hibernate.isInitialized(managed.shop)).isTrue();
                  assertThat(managed.shop.getName()).isEqualTo("Berta's own");
                }));
    assertThat(shop.ops()).isZero();
    shop.fromReadOnlyTransaction(
        session -> {
          methods.forEach(
              method -> assertThat(method.get().shop.getName()).isEqualTo("Berta's own"));
          return null;
        });
  }

  @Test
  @DisplayName(
      "PRE-08 three variants of two products: 2 ops; each answers its own, without session")
  void toMany_comesInOneBatch() {
    Product tea = new Product("green tea").withVariants(3);
    Product mug = new Product("black mug").withVariants(3);
    persist(tea, mug);
    ProductsWithVariants withVariants = shop.repository(ProductsWithVariants.class);
    for (int time = 0; time < 2; time++) {
      shop.reset();
      List<Product> fetched = withVariants.fetchMulti(List.of(mug.id, tea.id));
      if (time == 1) {
        assertCost(0, 2);
      }
      assertThat(fetched.get(0).variantNames())
          .containsExactly("black mug 0", "black mug 1", "black mug 2");
      assertThat(fetched.get(1).variantNames())
          .containsExactly("green tea 0", "green tea 1", "green tea 2");
      assertThat(fetched.get(0).variants).isExactlyInstanceOf(ArrayList.class);
      assertThat(fetched.get(0).variants.get(0).product).isSameAs(fetched.get(0));
      shop.reset();
      assertThat(withVariants.fetchVariants(fetched.get(0)))
          .containsExactlyElementsOf(fetched.get(0).variants);
      assertCost(0, 0);
    }
  }

  @Test
  @DisplayName("PRE-10 two referenced levels, warm: 3 ops; cold: the queries do not grow with rows")
  void twoLevels_areAReadEach() {
    ProductsWithPrices withPrices = shop.repository(ProductsWithPrices.class);
    List<Integer> coldQueries = new ArrayList<>();
    for (int count : List.of(1, 4)) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Product product = new Product("two levels " + count + i).withVariants(count);
        persist(product);
        ids.add(product.id);
      }
      for (int time = 0; time < 2; time++) {
        shop.reset();
        List<Product> fetched = withPrices.fetchMulti(ids);
        if (time == 0) {
          coldQueries.add(shop.foregroundQueries());
        } else {
          assertCost(0, 3);
        }
        assertThat(fetched).hasSize(count);
        assertThat(fetched)
            .allSatisfy(
                product -> {
                  assertThat(product.variants).hasSize(count);
                  assertThat(product.variants.get(count - 1).amounts())
                      .containsExactly(10 * (count - 1) + 1, 10 * (count - 1) + 2);
                });
      }
    }
    assertThat(coldQueries.get(1)).isEqualTo(coldQueries.get(0));
    // the product, its images and the ids of its variants, perhaps its manual;
    // the variants and the ids of their prices; the prices
    assertThat(coldQueries.get(0)).isBetween(6, 7);
  }

  @Test
  @DisplayName("PRE-10 an embedded first level adds no read, and none where it is empty or null")
  void embeddedLevel_addsNoRead() {
    Person paula = new Person("Paula");
    Person anna = new Person("Anna");
    persist(paula, anna);
    Product painted = new Product("painted").withImages("a", "b", "c").withManual(anna);
    painted.images.get(0).artist = paula;
    painted.images.get(2).artist = paula;
    Product plain = new Product("plain").withImages("d");
    Product bare = new Product("bare");
    persist(painted, plain, bare);
    ProductsWithPeople withPeople = shop.repository(ProductsWithPeople.class);

    for (int time = 0; time < 2; time++) {
      shop.reset();
      List<Product> fetched = withPeople.fetchMulti(List.of(painted.id, plain.id, bare.id));
      if (time == 1) {
        assertCost(0, 2);
      }
      Product first = fetched.get(0);
      assertThat(first.images.get(0).artist.getName()).isEqualTo("Paula");
      assertThat(first.images.get(1).artist).isNull();
      assertThat(first.images.get(2).artist).isSameAs(first.images.get(0).artist);
      assertThat(first.manual.author.getName()).isEqualTo("Anna");
      assertThat(fetched.get(1).images).extracting(image -> image.url).containsExactly("d");
      assertThat(fetched.get(1).manual).isNull();
      assertThat(fetched.get(2).images).isEmpty();
    }
    shop.reset();
    withPeople.fetchMulti(List.of(plain.id, bare.id));
    assertCost(0, 1);
  }

  @Test
  @DisplayName(
      "PRE-10 siblings are one read: a page with variants, prices, shop and artists takes 3")
  void siblings_areOneRead() {
    Shop berta = new Shop("Berta's tea");
    Person paula = new Person("Paula");
    persist(berta, paula);
    Product tea = new Product("page").withImages("a", "b").withVariants(3);
    tea.shop = berta;
    tea.images.get(1).artist = paula;
    persist(tea);
    ProductPages pages = shop.repository(ProductPages.class);
    pages.fetch(tea.id);
    shop.reset();

    Product page = pages.fetch(tea.id);

    assertThat(page.shop.getName()).isEqualTo("Berta's tea");
    assertThat(page.images.get(1).artist.getName()).isEqualTo("Paula");
    assertThat(page.variants).hasSize(3);
    assertThat(page.variants.get(2).amounts()).containsExactly(21, 22);
    assertThat(shop.events())
        .filteredOn(event -> event.kind() == Kind.STORE_READ)
        .extracting(CacheEvent::name)
        .containsExactly("Product", "Person+Shop+Variant", "Price");
    assertThat(shop.count(Kind.HIT, "Product")).isEqualTo(1);
    assertThat(shop.count(Kind.HIT, "Variant")).isEqualTo(3);
    assertThat(shop.count(Kind.HIT, "Shop")).isEqualTo(1);
    assertThat(shop.count(Kind.HIT, "Person")).isEqualTo(1);
    assertThat(shop.count(Kind.HIT, "Price")).isEqualTo(6);
    assertThat(shop.count(Kind.MISS)).isZero();
    assertCost(0, 3);

    // a change at the far end is seen, and nothing else is read again
    shop.inTransaction(
        session ->
            session.find(Catalogue.Price.class, page.variants.get(2).prices.get(0).id).amount = 7);
    shop.reset();
    assertThat(pages.fetch(tea.id).variants.get(2).amounts()).containsExactly(7, 22);
    assertThat(shop.count(Kind.MISS)).isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("OBS-03 OBS-01 cold, every entity that an include leads to reports misses and fills")
  void coldInclude_reportsEveryEntity() {
    Shop berta = new Shop("Berta's cold tea");
    persist(berta);
    Product tea = new Product("cold page").withVariants(2);
    tea.shop = berta;
    persist(tea);
    shop.repository(ProductPages.class).fetch(tea.id);
    for (Kind kind : List.of(Kind.MISS, Kind.FILL)) {
      assertThat(shop.count(kind, "Product")).as("%s", kind).isEqualTo(1);
      assertThat(shop.count(kind, "Variant")).as("%s", kind).isEqualTo(2);
      assertThat(shop.count(kind, "Shop")).as("%s", kind).isEqualTo(1);
      assertThat(shop.count(kind, "Price")).as("%s", kind).isEqualTo(4);
    }
    assertThat(shop.count(Kind.HIT)).isZero();
    shop.reset();

    shop.inTransaction(session -> shop.repository(ProductPages.class).fetch(tea.id));
    assertThat(shop.count(Kind.BYPASS, "Product")).isEqualTo(1);
    assertThat(shop.count(Kind.STORE_READ)).isZero();
    assertThat(shop.ops()).isZero();
  }

  @Test
  @DisplayName(
      "PRE-10 what the call has already is not read again: circles, and the same row twice")
  void nothing_isReadTwice() {
    Product newest = sold("newest", null);
    Product newer = new Product("newer");
    newer.successor = newest;
    Product old = new Product("old");
    old.successor = newer;
    persist(newer, old);
    ProductsWithSuccessor withSuccessor = shop.repository(ProductsWithSuccessor.class);
    withSuccessor.fetchMulti(List.of(old.id));
    shop.reset();

    List<Product> both = withSuccessor.fetchMulti(List.of(old.id, newer.id));
    assertThat(both.get(0).successor).isSameAs(both.get(1));
    assertThat(both.get(1).successor.getHandle()).isEqualTo("newest");
    assertCost(0, 2);
    assertThat(withSuccessor.fetchMulti(List.of(old.id)).get(0).successor.successor.getHandle())
        .isEqualTo("newest");
    assertCost(0, 3);

    Product tea = new Product("circle").withVariants(2);
    persist(tea);
    Variants variants = shop.repository(Variants.class);
    Long id = tea.variants.get(1).id;
    variants.fetch(id);
    shop.reset();
    Variant variant = variants.fetch(id);
    assertThat(variant.product.variants.get(1)).isSameAs(variant);
    assertThat(variant.product.variants.get(0).product).isSameAs(variant.product);
    assertThat(variant.product.variants.get(0).amounts()).containsExactly(1, 2);
    assertThat(variant.amounts()).containsExactly(11, 12);
    assertThat(shop.foregroundQueries()).isZero();
    // the variant; its product and prices; the other variant; that one's prices
    assertThat(shop.ops()).isEqualTo(4);
    assertThat(shop.count(Kind.HIT, "Variant")).isEqualTo(2);
    assertThat(shop.count(Kind.HIT, "Price")).isEqualTo(4);
  }

  @Test
  @DisplayName("IDA-06 includes in a read-write transaction: 0 ops, a query for each association")
  void inATransaction_theSessionAnswers() {
    Product tea = new Product("managed tea").withVariants(3);
    Product mug = new Product("managed mug").withVariants(3);
    persist(tea, mug);
    ProductsWithPrices withPrices = shop.repository(ProductsWithPrices.class);
    shop.inTransaction(
        session -> {
          List<Product> managed = withPrices.fetchMulti(List.of(tea.id, mug.id));
          // the products, their manuals perhaps, all variants, all prices
          assertThat(shop.foregroundQueries()).isBetween(3, 5);
          assertThat(shop.ops()).isZero();
          assertThat(managed).allMatch(session::contains);
          shop.reset();
          assertThat(managed.get(0).variantNames()).hasSize(3);
          assertThat(managed.get(1).variants.get(2).amounts()).containsExactly(21, 22);
          assertCost(0, 0);
          managed.get(0).variants.get(0).prices.get(0).amount = 5;
        });
    assertThat(withPrices.fetchMulti(List.of(tea.id)).get(0).variants.get(0).amounts())
        .containsExactly(2, 5);
  }

  @Test
  @DisplayName("ROR-11 what is not included stays uninitialised beside what is")
  void notIncluded_isUninitialised() {
    Product tea = new Product("partly").withImages("a").withVariants(1);
    persist(tea);
    for (int time = 0; time < 2; time++) {
      Product fetched =
          shop.repository(ProductsWithVariants.class).fetchMulti(List.of(tea.id)).get(0);
      Variant variant = fetched.variants.get(0);
      assertThat(Hibernate.isInitialized(variant.prices)).isFalse();
      assertThatThrownBy(variant.prices::size).isInstanceOf(LazyInitializationException.class);
      assertThat(Hibernate.isInitialized(fetched.reviews)).isFalse();
      Product withImages = shop.repository(ProductsWithImages.class).fetch(tea.id);
      assertThat(Hibernate.isInitialized(withImages.variants)).isFalse();
      assertThat(withImages.images).extracting((Image image) -> image.url).containsExactly("a");
    }
  }

  @Test
  @DisplayName("PRE-18 an include on nothing does nothing")
  void includeOnNothing_doesNothing() {
    ProductPages pages = shop.repository(ProductPages.class);
    assertThat(pages.fetchMulti(List.of())).isEmpty();
    assertCost(0, 0);
    products.fetchById(1_000_000L);
    shop.reset();
    assertThat(pages.fetchMulti(List.of(1_000_000L))).isEmpty();
    assertCost(0, 1);
  }

  interface BadProducts extends CacheRepository<Product, Long> {
    @Override
    @Include({"shop", "variant"})
    Product fetch(Long id);

    @Override
    @Include("variants.price")
    Optional<Product> fetchById(Long id);

    @Override
    @Include("reviews")
    List<Product> fetchMulti(Collection<? extends Long> ids);

    @Include("handle")
    Optional<Product> fetchByHandle(String handle);

    @Include("images.url")
    List<Product> fetchByVendor(String vendor);

    @Override
    @Include("images")
    boolean exists(Long id);

    @Include("shop")
    List<Image> fetchImages(Product product);

    List<Variant> fetchVariant(Product product);

    List<Catalogue.Review> fetchReviews(Product product);

    Optional<Variant> fetchVariants(Product product);
  }

  @Test
  @DisplayName(
      "PRE-18 CFG-16 what does not exist or is not marked is refused with the nearest name")
  void unknownInclude_isRefused() {
    assertThatThrownBy(() -> shop.repository(BadProducts.class))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Identity Cache cannot start: 10 problems\n")
        .message()
        .hasLineCount(12)
        .contains(
            """
            BadProducts.fetch: @Include: Product has no cached association "variant". \
            Did you mean "variants"? Marked: images, manual, shop, successor, variants.\
            """)
        .contains(
            """
            BadProducts.fetchById: @Include: Variant has no cached association "price". \
            Did you mean "prices"? Marked: prices, product.\
            """)
        .contains(
            """
            BadProducts.fetchMulti: @Include: Product.reviews is not a cached association: \
            mark it with @CacheReference or @CacheEmbed. \
            Marked: images, manual, shop, successor, variants.\
            """)
        .contains(
            """
            BadProducts.fetchByHandle: @Include: Product.handle is not a cached association: \
            mark it with @CacheReference or @CacheEmbed. \
            Marked: images, manual, shop, successor, variants.\
            """)
        .contains(
            """
            BadProducts.fetchByVendor: @Include: Image has no cached association "url". \
            Marked: artist.\
            """)
        .contains("BadProducts.exists: fetches no entities of its own, so it takes no @Include.")
        .contains(
            """
            BadProducts.fetchImages: follows one association of an entity in hand, \
            so it takes no @Include.\
            """)
        .contains(
            "BadProducts.fetchVariant: no finder has this name. Did you mean \"fetchVariants\"?")
        .contains(
            """
            BadProducts.fetchReviews: Product.reviews is not a cached association: \
            mark it with @CacheReference or @CacheEmbed. \
            Marked: images, manual, shop, successor, variants.\
            """)
        .contains("BadProducts.fetchVariants: returns List<Variant>, not Optional<Variant>.");
    for (String path : List.of("variant", "reviews", "variants.price", "handle", "")) {
      assertThatThrownBy(() -> shop.cache().fetchById(Product.class, 1L, path))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(path.startsWith("variants.") ? "Variant" : "Product");
    }
    assertThatThrownBy(() -> shop.cache().fetchById(Product.class, 1L, "variant"))
        .hasMessageContaining("Did you mean \"variants\"?");
    assertThatThrownBy(() -> shop.cache().fetchAssociation(new Product("new"), "variant"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean \"variants\"?");
    assertCost(0, 0);
  }

  @Test
  @DisplayName("PRE-01 PRE-10 untyped calls take the same paths, and share the entries")
  void untyped_takesPaths() {
    Shop berta = new Shop("Untyped");
    persist(berta);
    Product tea = new Product("untyped").withImages("a").withVariants(2);
    tea.vendor = "Ulla";
    tea.shop = berta;
    persist(tea);
    String[] paths = {"variants.prices", "shop"};
    shop.repository(ProductPages.class).fetch(tea.id);
    shop.cache().fetchAllBy(Product.class, "vendor", "Ulla");
    shop.cache().fetchBy(Product.class, "handle", "untyped");
    shop.reset();

    List<Product> fetched =
        List.of(
            shop.cache().fetch(Product.class, tea.id, paths),
            shop.cache().fetchById(Product.class, tea.id, paths).orElseThrow(),
            shop.cache().fetchMulti(Product.class, List.of(tea.id), paths).get(0),
            shop.cache().fetchBy(Product.class, "handle", "untyped", paths).orElseThrow(),
            shop.cache().fetchAllBy(Product.class, "vendor", "Ulla", paths).get(0),
            shop.cache()
                .fetchMultiBy(Product.class, "vendor", List.of("Ulla"), paths)
                .get("Ulla")
                .get(0));
    assertCost(0, 3 * 3 + 3 * 4);
    assertThat(fetched)
        .allSatisfy(
            page -> {
              assertThat(page.shop.getName()).isEqualTo("Untyped");
              assertThat(page.variants.get(1).amounts()).containsExactly(11, 12);
            });

    Product plain = shop.cache().fetch(Product.class, tea.id);
    shop.reset();
    assertThat(shop.cache().fetchAssociation(plain, "variants").list()).hasSize(2);
    assertThat(shop.cache().fetchAssociation(plain, "images").list()).hasSize(1);
    assertThat(shop.cache().fetchAssociation(plain, "manual").one()).isEmpty();
    assertThat(shop.cache().fetchAssociation(plain, "shop").one()).isPresent();
    assertCost(0, 2);
  }
}
