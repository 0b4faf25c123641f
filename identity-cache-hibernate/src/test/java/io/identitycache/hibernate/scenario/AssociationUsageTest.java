package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identitycache.annotation.Include;
import io.identitycache.entry.CacheEntry;
import io.identitycache.entry.LeaseToken;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.scenario.Catalogue.Image;
import io.identitycache.hibernate.scenario.Catalogue.Person;
import io.identitycache.hibernate.scenario.Catalogue.Price;
import io.identitycache.hibernate.scenario.Catalogue.Product;
import io.identitycache.hibernate.scenario.Catalogue.Variant;
import io.identitycache.hibernate.testing.Meanwhile;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.repository.CacheRepository;
import io.identitycache.store.Swap;
import io.identitycache.testing.FailingStore.Stop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trees and includes where settings, transactions or other processes decide what is used. */
class AssociationUsageTest {

  interface Products extends CacheRepository<Product, Long> {
    List<Image> fetchImages(Product product);

    List<Variant> fetchVariants(Product product);

    Optional<Shop> fetchShop(Product product);
  }

  interface ProductPages extends CacheRepository<Product, Long> {
    @Override
    @Include({"variants.prices", "shop", "images.artist", "manual.author"})
    Product fetch(Long id);
  }

  private static Product sellTea(TestApplication shop) {
    Product tea = new Product("tea").withImages("a", "b").withVariants(2);
    Person paula = new Person("Paula");
    tea.withManual(paula);
    tea.shop = new Shop("Berta's");
    tea.images.get(0).artist = paula;
    shop.inTransaction(
        session -> {
          session.persist(paula);
          session.persist(tea.shop);
          session.persist(tea);
        });
    shop.reset();
    return tea;
  }

  private static void assertShowsTheTea(Product page) {
    assertThat(page.urls()).containsExactly("a", "b");
    assertThat(page.images.get(0).product).isSameAs(page);
    assertThat(page.images.get(0).artist.getName()).isEqualTo("Paula");
    assertThat(page.manual.author.getName()).isEqualTo("Paula");
    assertThat(page.variantNames()).containsExactly("tea 0", "tea 1");
    assertThat(page.variants.get(1).amounts()).containsExactly(11, 12);
    assertThat(page.shop.getName()).isEqualTo("Berta's");
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName(
      "TXN-11 dirty_transaction: trees come from the cache until the first write of a child")
  void dirtyTransaction_usesTheCacheUntilItWrites(StoreKind kind) {
    try (TestApplication shop =
        TestApplication.of(kind, Catalogue.ENTITIES)
            .with("hibernate.identity_cache.bypass", "dirty_transaction")
            .start()) {
      Product tea = sellTea(shop);
      Products products = shop.repository(Products.class);
      ProductPages pages = shop.repository(ProductPages.class);
      assertShowsTheTea(pages.fetch(tea.id));
      shop.reset();

      shop.inTransaction(
          session -> {
            Product page = pages.fetch(tea.id);
            assertShowsTheTea(page);
            assertThat(session.contains(page)).isFalse();
            Product fetched = products.fetch(tea.id);
            assertThat(products.fetchVariants(fetched)).hasSize(2);
            assertThat(products.fetchShop(fetched)).isPresent();
            assertThat(products.fetchImages(fetched)).hasSize(2);
            assertThat(shop.foregroundQueries()).isZero();
            assertThat(shop.ops()).isEqualTo(3 + 3);

            session.find(Price.class, tea.variants.get(1).prices.get(0).id).amount = 5;
            session.find(Image.class, tea.images.get(0).id).url = "mine";
            session.flush();
            shop.reset();

            // what the image leads to was there before as a proxy
            Product managed = (Product) Hibernate.unproxy(pages.fetch(tea.id));
            assertThat(session.contains(managed)).isTrue();
            assertThat(managed.urls()).containsExactly("mine", "b");
            assertThat(managed.variants.get(1).amounts()).contains(5);
            assertThat(products.fetchVariants(fetched)).allMatch(session::contains);
            assertThat(products.fetchImages(fetched)).extracting(i -> i.url).contains("mine");
            assertThat(products.fetchShop(fetched)).get().matches(session::contains);
            assertThat(shop.ops()).isZero();
          });
      assertThat(pages.fetch(tea.id).urls()).containsExactly("mine", "b");
      assertThat(pages.fetch(tea.id).variants.get(1).amounts()).containsExactly(5, 12);
    }
  }

  @Test
  @DisplayName("OFF-05 neither servers nor store: trees and includes are filled by the database")
  void withoutStore_treesAreFilled() {
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Catalogue.ENTITIES)
            .without("hibernate.identity_cache.store")
            .start()) {
      Product tea = sellTea(shop);
      Products products = shop.repository(Products.class);
      ProductPages pages = shop.repository(ProductPages.class);
      int queries = 0;
      for (int time = 0; time < 2; time++) {
        shop.reset();
        Product page = pages.fetch(tea.id);
        queries = shop.foregroundQueries();
        assertShowsTheTea(page);
        assertThat(shop.foregroundQueries()).isEqualTo(queries);
        RefusedWrites.assertIsRefused(shop, page.images.get(0));
        RefusedWrites.assertIsRefused(shop, page.shop);

        Product fetched = products.fetch(tea.id);
        assertThat(fetched.urls()).containsExactly("a", "b");
        assertThat(Hibernate.isInitialized(fetched.variants)).isFalse();
        assertThatThrownBy(fetched.shop::getName).isInstanceOf(LazyInitializationException.class);
        assertThat(products.fetchVariants(fetched)).hasSize(2);
        assertThat(products.fetchShop(fetched))
            .get()
            .extracting(Shop::getName)
            .isEqualTo("Berta's");
      }
      // the product, its images, its variants' ids; variants, their prices' ids, shop, person and
      // that one's friends' ids; prices
      assertThat(queries).isLessThanOrEqualTo(9);
      shop.inTransaction(session -> session.find(Image.class, tea.images.get(0).id).url = "new");
      assertThat(products.fetch(tea.id).urls()).containsExactly("new", "b");
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName(
      "OBS-03 a level of several types, each with hits and misses: counted for each by name")
  void mixedLevel_isCountedByName(StoreKind kind) {
    try (TestApplication shop = TestApplication.of(kind, Catalogue.ENTITIES).start()) {
      Product tea = sellTea(shop);
      ProductPages pages = shop.repository(ProductPages.class);

      assertShowsTheTea(pages.fetch(tea.id));
      // product; variants, shop and person; prices: each level is read, leased and filled at once
      assertThat(shop.ops()).isEqualTo(3 * 3);
      assertThat(shop.count(Kind.FILL)).isEqualTo(1 + 2 + 1 + 1 + 4);

      shop.cache().invalidateById(Variant.class, tea.variants.get(0).id);
      shop.cache().invalidateById(Shop.class, tea.shop.getId());
      shop.database().execute("delete from Price where id = " + price(tea, 1));
      shop.cache().invalidateById(Price.class, price(tea, 1));
      Product again = pages.fetch(tea.id);
      assertThat(again.variants.get(1).amounts()).containsExactly(11);
      shop.cache().invalidateById(Variant.class, tea.variants.get(0).id);
      shop.cache().invalidateById(Price.class, price(tea, 0));
      shop.reset();

      Product mixed = pages.fetch(tea.id);

      assertThat(mixed.variantNames()).containsExactly("tea 0", "tea 1");
      for (String name : List.of("Product", "Variant", "Shop", "Person", "Price")) {
        assertThat(shop.count(Kind.HIT, name) + shop.count(Kind.MISS, name))
            .as(name)
            .isEqualTo(
                switch (name) {
                  case "Variant" -> 2;
                  case "Price" -> 3;
                  default -> 1;
                });
        assertThat(shop.count(Kind.FILL, name)).as(name).isEqualTo(shop.count(Kind.MISS, name));
      }
      assertThat(shop.count(Kind.MISS, "Variant")).isPositive();
      assertThat(shop.count(Kind.MISS, "Price")).isEqualTo(1);
      assertThat(shop.count(Kind.HIT, "Price")).isEqualTo(2);
      assertThat(shop.count(Kind.HIT, "Shop")).isEqualTo(1);
      assertThat(shop.count(Kind.HIT, "Person")).isEqualTo(1);
      assertThat(shop.count(Kind.UNDECODABLE)).isZero();
    }
  }

  private static Long price(Product tea, int number) {
    return tea.variants.get(1).prices.get(number).id;
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("TXN-08 what a read-only transaction misses, its includes too, is filled behind it")
  void readOnlyTransaction_isFilledInTheBackground(StoreKind kind) {
    try (TestApplication shop = TestApplication.of(kind, Catalogue.ENTITIES).start()) {
      Product tea = sellTea(shop);
      ProductPages pages = shop.repository(ProductPages.class);
      shop.fromReadOnlyTransaction(
          session -> {
            assertShowsTheTea(pages.fetch(tea.id));
            return null;
          });
      await().until(() -> shop.count(Kind.FILL) == 1 + 2 + 1 + 1 + 4);
      shop.reset();
      assertShowsTheTea(pages.fetch(tea.id));
      assertThat(shop.foregroundQueries()).isZero();
      assertThat(shop.ops()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("PAR-03 two factories of one unit: each sees what the other changes below an entry")
  void twoFactories_seeEachOthersChanges(StoreKind kind) {
    try (TestApplication shop = TestApplication.of(kind, Catalogue.ENTITIES).start();
        TestApplication other = shop.anotherProcess()) {
      Product tea = sellTea(shop);
      ProductPages pages = shop.repository(ProductPages.class);
      ProductPages others = other.repository(ProductPages.class);
      assertShowsTheTea(pages.fetch(tea.id));
      other.reset();
      assertShowsTheTea(others.fetch(tea.id));
      assertThat(other.foregroundQueries()).isZero();
      assertThat(other.ops()).isEqualTo(3);

      other.inTransaction(session -> change(session, tea, "theirs", 5));
      assertThat(pages.fetch(tea.id).urls()).containsExactly("theirs", "b");
      assertThat(pages.fetch(tea.id).variants.get(1).amounts()).containsExactly(5, 12);
      shop.inTransaction(session -> change(session, tea, "ours", 6));
      assertThat(others.fetch(tea.id).urls()).containsExactly("ours", "b");
      assertThat(others.fetch(tea.id).variants.get(1).amounts()).containsExactly(6, 12);
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("RACE-01 a child changes while its owner is loaded: nothing old is stored")
  void childChangedDuringALoad_storesNothing(StoreKind kind) {
    try (TestApplication shop = TestApplication.of(kind, Catalogue.ENTITIES).start()) {
      Product tea = sellTea(shop);
      Products products = shop.repository(Products.class);
      // the product's row, and one of its associations
      Stop row = shop.database().stopAfterNextQuery();
      Stop association = shop.database().stopAfterNextQuery();
      Meanwhile<Product> reader = Meanwhile.start(() -> products.fetch(tea.id));
      row.awaitReached();
      row.release();
      association.awaitReached();
      shop.inTransaction(session -> change(session, tea, "new", 5));
      association.release();

      assertThat(reader.result().urls()).hasSize(2);
      assertThat(shop.count(Kind.FILL_LOST, "Product")).isEqualTo(1);
      assertThat(shop.count(Kind.FILL)).isZero();
      assertThat(products.fetch(tea.id).urls()).containsExactly("new", "b");
      assertThat(products.fetch(tea.id).urls()).containsExactly("new", "b");
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("RACE-04 leases of dead processes at every level of an include are seen through")
  void leasesBelowAnInclude_areSeenThrough(StoreKind kind) {
    try (TestApplication shop =
        TestApplication.of(kind, Catalogue.ENTITIES)
            .with("hibernate.identity_cache.lease_wait", "20ms")
            .start()) {
      Product tea = sellTea(shop);
      Products products = shop.repository(Products.class);
      ProductPages pages = shop.repository(ProductPages.class);
      pages.fetch(tea.id);
      List<CacheKey> keys =
          shop.store().operations().stream()
              .flatMap(operation -> operation.keys().stream())
              .distinct()
              .toList();
      assertThat(keys).hasSize(1 + 2 + 1 + 1 + 4);
      leasesOfADeadProcess(shop, keys);
      shop.reset();

      assertShowsTheTea(pages.fetch(tea.id));
      assertThat(shop.count(Kind.TAKEOVER)).isEqualTo(keys.size());
      assertThat(shop.count(Kind.UNDECODABLE)).isZero();

      Product fetched = products.fetch(tea.id);
      leasesOfADeadProcess(shop, keys);
      assertThat(products.fetchVariants(fetched)).hasSize(2);
      assertThat(products.fetchShop(fetched)).isPresent();
      assertShowsTheTea(pages.fetch(tea.id));
    }
  }

  private static void leasesOfADeadProcess(TestApplication shop, List<CacheKey> keys) {
    shop.store().delete(keys);
    for (CacheKey key : keys) {
      byte[] lease = new CacheEntry.Lease(LeaseToken.random()).encode(key);
      shop.store().swap(List.of(Swap.add(key, lease, Duration.ofSeconds(10))));
    }
  }

  private static void change(Session session, Product tea, String url, int amount) {
    session.find(Image.class, tea.images.get(0).id).url = url;
    session.find(Price.class, price(tea, 0)).amount = amount;
  }
}
