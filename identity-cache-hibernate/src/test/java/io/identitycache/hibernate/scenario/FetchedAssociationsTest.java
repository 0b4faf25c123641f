package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.Include;
import io.identitycache.hibernate.scenario.Catalogue.Image;
import io.identitycache.hibernate.scenario.Catalogue.Person;
import io.identitycache.hibernate.scenario.Catalogue.Product;
import io.identitycache.hibernate.scenario.Catalogue.Review;
import io.identitycache.hibernate.scenario.Catalogue.Variant;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.Session;
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

/** What fetched associations are, and when they come from the cache. */
@ParameterizedClass
@EnumSource(Place.class)
@TestInstance(Lifecycle.PER_CLASS)
class FetchedAssociationsTest {

  interface Products extends CacheRepository<Product, Long> {
    List<Image> fetchImages(Product product);

    List<Variant> fetchVariants(Product product);

    Optional<Shop> fetchShop(Product product);
  }

  interface ProductPages extends CacheRepository<Product, Long> {
    @Override
    @Include({"variants.prices", "shop", "images.artist", "manual.author"})
    Product fetch(Long id);

    @Override
    @Include({"variants.prices", "shop", "images.artist", "manual.author"})
    List<Product> fetchMulti(Collection<? extends Long> ids);
  }

  interface Shops extends CacheRepository<Shop, Long> {}

  @Parameter Place place;

  private TestApplication shop;
  private Products products;
  private ProductPages pages;
  private Product tea;

  @BeforeParameterizedClassInvocation
  void start() {
    shop = place.of(Catalogue.ENTITIES).start();
    products = shop.repository(Products.class);
    pages = shop.repository(ProductPages.class);
  }

  @AfterParameterizedClassInvocation
  void close() {
    shop.close();
  }

  @BeforeEach
  void sellTea() {
    tea = shop.fromTransaction(FetchedAssociationsTest::persistTea);
    shop.reset();
  }

  private static Product persistTea(Session session) {
    Shop berta = new Shop("Berta's");
    Person paula = new Person("Paula");
    session.persist(berta);
    session.persist(paula);
    Product tea = new Product("tea").withImages("a", "b").withVariants(2).withManual(paula);
    tea.shop = berta;
    tea.images.get(0).artist = paula;
    tea.reviews.add(new Review(tea, "fine"));
    session.persist(tea);
    return tea;
  }

  private List<Object> everythingOn(Product page) {
    return List.of(
        page,
        page.images.get(0),
        page.images.get(1),
        page.manual,
        page.shop,
        page.images.get(0).artist,
        page.variants.get(0),
        page.variants.get(0).prices.get(0));
  }

  @Test
  @DisplayName(
      "INV-01 every fetch gives instances of its own, of children and of included ones too")
  void everyFetch_givesInstancesOfItsOwn() {
    Product cold = pages.fetch(tea.id);
    Product warm = pages.fetch(tea.id);
    assertThat(everythingOn(cold))
        .zipSatisfy(
            everythingOn(warm),
            (one, other) -> {
              assertThat(one).isNotSameAs(other).hasSameClassAs(other);
              assertThat(Hibernate.getClass(one)).isSameAs(one.getClass());
            });
    assertThat(cold.images).isNotSameAs(warm.images);
    assertThat(cold.variants).isNotSameAs(warm.variants);

    cold.images.get(0).url = "scribbled over";
    cold.images.remove(1);
    cold.variants.get(0).name = "scribbled over";
    cold.variants.clear();
    cold.shop.name = "scribbled over";
    Product next = pages.fetch(tea.id);
    assertThat(next.urls()).containsExactly("a", "b");
    assertThat(next.variantNames()).containsExactly("tea 0", "tea 1");
    assertThat(next.shop.getName()).isEqualTo("Berta's");

    shop.inTransaction(session -> session.find(Image.class, tea.images.get(0).id).url = "changed");
    assertThat(warm.urls()).containsExactly("a", "b");
    assertThat(pages.fetch(tea.id).urls()).containsExactly("changed", "b");
  }

  @Test
  @DisplayName("ROR-01 embedded children and included entities are not to be written either")
  void everythingFetched_isRefused() {
    for (int time = 0; time < 2; time++) {
      everythingOn(pages.fetch(tea.id)).forEach(each -> RefusedWrites.assertIsRefused(shop, each));
    }
    Product fetched = products.fetch(tea.id);
    RefusedWrites.assertIsRefused(shop, products.fetchVariants(fetched).get(0));
    RefusedWrites.assertIsRefused(shop, products.fetchShop(fetched).orElseThrow());
    RefusedWrites.assertIsRefused(shop, products.fetchImages(fetched).get(0));
    shop.fromReadOnlyTransaction(
        session -> {
          Product page = pages.fetch(tea.id);
          everythingOn(page)
              .forEach(
                  each -> {
                    assertThat(session.contains(each)).isFalse();
                    RefusedWrites.assertIsRefused(session, each);
                  });
          return null;
        });
  }

  @Test
  @DisplayName("ROR-09 a fetched shop can be set as the shop of a new product, included or not")
  void fetchedReference_canBeReferred() {
    for (int time = 0; time < 2; time++) {
      for (Shop fetched :
          List.of(
              shop.repository(Shops.class).fetch(tea.shop.getId()),
              pages.fetch(tea.id).shop,
              products.fetch(tea.id).shop,
              products.fetchShop(products.fetch(tea.id)).orElseThrow())) {
        Product mug = new Product("mug").withImages("mug");
        mug.shop = fetched;
        mug.images.get(0).artist = pages.fetch(tea.id).images.get(0).artist;
        shop.inTransaction(session -> session.persist(mug));

        Product stored = pages.fetch(mug.id);
        assertThat(stored.shop.getId()).isEqualTo(tea.shop.getId());
        assertThat(stored.images.get(0).artist.getName()).isEqualTo("Paula");
      }
    }
  }

  @Test
  @DisplayName("ROR-11 neither embedded nor included: uninitialised, never null or empty")
  void notIncluded_isUninitialised() {
    for (int time = 0; time < 2; time++) {
      Product fetched = products.fetch(tea.id);
      assertThat(fetched.shop.getId()).isEqualTo(tea.shop.getId());
      assertThatThrownBy(() -> fetched.shop.getName())
          .isInstanceOf(LazyInitializationException.class);
      assertThat(fetched.successor).isNull();
      for (List<?> many : List.of(fetched.variants, fetched.reviews)) {
        assertThat(Hibernate.isInitialized(many)).isFalse();
        assertThatThrownBy(many::size).isInstanceOf(LazyInitializationException.class);
      }
      Person artist = fetched.images.get(0).artist;
      assertThat(Hibernate.isInitialized(artist)).isFalse();
      assertThat(artist.getId()).isNotNull();
      assertThatThrownBy(artist::getName).isInstanceOf(LazyInitializationException.class);
      assertThat(fetched.images.get(1).artist).isNull();
      assertThat(Hibernate.isInitialized(fetched.manual.author)).isFalse();
      // asking for it by the repository leaves the entity as it was
      products.fetchVariants(fetched);
      assertThat(Hibernate.isInitialized(pages.fetch(tea.id).reviews)).isFalse();
    }
  }

  @Test
  @DisplayName("TXN-04 enabled=false: entities have the same shape, at 0 ops")
  void disabled_hasTheSameShape() {
    try (TestApplication off =
        place.of(Catalogue.ENTITIES).with("hibernate.identity_cache.enabled", "false").start()) {
      Product sold = off.fromTransaction(FetchedAssociationsTest::persistTea);
      Products plain = off.repository(Products.class);
      for (int time = 0; time < 2; time++) {
        Product fetched = plain.fetch(sold.id);
        assertThat(fetched.urls()).containsExactly("a", "b");
        assertThat(fetched.images.get(0).product).isSameAs(fetched);
        assertThat(fetched.manual.product).isSameAs(fetched);
        assertThat(Hibernate.isInitialized(fetched.variants)).isFalse();
        assertThat(Hibernate.isInitialized(fetched.shop)).isFalse();
        assertThat(Hibernate.isInitialized(fetched.reviews)).isFalse();
        assertThat(plain.fetchVariants(fetched))
            .extracting(variant -> variant.name)
            .containsExactly("tea 0", "tea 1");
        assertThat(plain.fetchShop(fetched)).get().extracting(s -> s.name).isEqualTo("Berta's");
        RefusedWrites.assertIsRefused(off, fetched.images.get(0));

        Product page = off.repository(ProductPages.class).fetch(sold.id);
        assertThat(page.variantNames()).containsExactly("tea 0", "tea 1");
        assertThat(page.images.get(0).artist.getName()).isEqualTo("Paula");
        everythingOn(page).forEach(each -> RefusedWrites.assertIsRefused(off, each));
        assertThat(off.ops()).isZero();
      }
      off.inTransaction(session -> session.find(Image.class, sold.images.get(0).id).url = "new");
      assertThat(plain.fetch(sold.id).urls()).containsExactly("new", "b");
      assertThat(off.ops()).isZero();
    }
  }

  @Test
  @DisplayName("TXN-08 read-only transaction: hits take 0 queries, a miss its own connection")
  void readOnly_usesTheCache() {
    pages.fetch(tea.id);
    shop.reset();
    shop.fromReadOnlyTransaction(
        session -> {
          Product page = pages.fetch(tea.id);
          assertThat(page.variants.get(1).amounts()).containsExactly(11, 12);
          assertThat(products.fetchVariants(products.fetch(tea.id))).hasSize(2);
          return null;
        });
    assertThat(shop.foregroundQueries()).isZero();
    assertThat(shop.ops()).isEqualTo(3 + 2);
  }

  @Test
  @DisplayName("TXN-08 a pool of one connection, held by a transaction, is enough for a cold tree")
  void oneConnection_isEnough() {
    // PostgreSQL's pool has more
    if (place == Place.POSTGRES_MEMCACHED) {
      return;
    }
    try (TestApplication small = place.of(Catalogue.ENTITIES).connections(1).start()) {
      Product readOnly = small.fromTransaction(FetchedAssociationsTest::persistTea);
      Product readWrite = small.fromTransaction(FetchedAssociationsTest::persistTea);
      ProductPages cold = small.repository(ProductPages.class);
      small.fromReadOnlyTransaction(
          session -> {
            session.createQuery("select count(p) from Product p", Long.class).getSingleResult();
            assertShowsTheTea(cold.fetch(readOnly.id));
            return null;
          });
      small.inTransaction(
          session -> {
            session.createQuery("select count(p) from Product p", Long.class).getSingleResult();
            assertShowsTheTea(cold.fetch(readWrite.id));
            session.find(Image.class, readWrite.images.get(0).id).url = "new";
          });
      assertThat(cold.fetch(readWrite.id).urls()).containsExactly("new", "b");
    }
  }

  private static void assertShowsTheTea(Product page) {
    assertThat(page.urls()).containsExactly("a", "b");
    assertThat(page.variantNames()).containsExactly("tea 0", "tea 1");
    assertThat(page.variants.get(1).amounts()).containsExactly(11, 12);
    assertThat(page.shop.getName()).isEqualTo("Berta's");
    assertThat(page.manual.author.getName()).isEqualTo("Paula");
  }

  @Test
  @DisplayName("TXN-10 a transaction sees its own changes of the tree, and leaves no trace of them")
  void ownChanges_areSeen() {
    pages.fetch(tea.id);
    shop.reset();
    shop.inTransaction(
        session -> {
          Product found = session.find(Product.class, tea.id);
          found.images.get(0).url = "mine";
          found.images.remove(1);
          found.variants.get(0).name = "mine";
          found.variants.get(0).prices.get(0).amount = 5;
          ((Shop) Hibernate.unproxy(found.shop)).name = "mine";
          assertShowsMine(found);
          session.flush();
          assertShowsMine(found);
          session.getTransaction().markRollbackOnly();
        });
    assertThat(shop.ops()).isZero();
    shop.reset();
    assertShowsTheTea(pages.fetch(tea.id));
    assertThat(shop.foregroundQueries()).isZero();
    assertThat(shop.ops()).isEqualTo(3);
  }

  private void assertShowsMine(Product found) {
    Product page = pages.fetch(tea.id);
    assertThat(page).isSameAs(found);
    assertThat(page.urls()).containsExactly("mine");
    assertThat(page.variants.get(0).name).isEqualTo("mine");
    assertThat(page.variants.get(0).amounts()).contains(5);
    assertThat(page.shop.getName()).isEqualTo("mine");
    assertThat(products.fetchImages(found)).hasSize(1);
    assertThat(products.fetchVariants(found)).hasSize(2);
    assertThat(products.fetchShop(found)).get().extracting(Shop::getName).isEqualTo("mine");
  }

  @Test
  @DisplayName("TXN-10 children added and removed in the open transaction are seen, flushed or not")
  void ownChildren_areSeen() {
    AtomicReference<Long> id = new AtomicReference<>();
    shop.inTransaction(
        session -> {
          Product added = new Product("new").withImages("x").withVariants(1);
          session.persist(added);
          id.set(added.id);
          assertThat(pages.fetch(added.id)).isSameAs(added);
          session.flush();
          assertThat(pages.fetch(added.id).urls()).containsExactly("x");
          session.remove(added);
          session.flush();
          assertThat(products.fetchById(added.id)).isEmpty();
          session.getTransaction().markRollbackOnly();
        });
    assertThat(shop.ops()).isZero();
    assertThat(products.fetchById(id.get())).isEmpty();
  }
}
