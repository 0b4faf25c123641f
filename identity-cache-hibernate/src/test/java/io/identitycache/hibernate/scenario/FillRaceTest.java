package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identitycache.entry.CacheEntry;
import io.identitycache.entry.LeaseToken;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.Meanwhile;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.store.Swap;
import io.identitycache.testing.FailingStore.Stop;
import io.identitycache.testing.MeteredStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens while a value is loaded, nothing outdated is stored. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class FillRaceTest {

  private final TestApplication shop;
  private final ProductRepository products;
  private Long teapot;

  FillRaceTest(StoreKind kind) {
    shop =
        TestApplication.of(kind, Product.class, Shop.class)
            .with("hibernate.identity_cache.lease_wait", "20ms")
            .start();
    products = shop.repository(ProductRepository.class);
  }

  @BeforeEach
  void sellATeapot() {
    teapot =
        shop.fromTransaction(
            session -> {
              Product product = new Product("teapot", "Berta", "kitchen");
              session.persist(product);
              return product.id;
            });
    shop.reset();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("RACE-01 the row is changed during a cold fetch: nothing old is stored")
  void fetch_whileTheRowIsChanged_storesNothing() {
    Stop loaded = shop.database().stopAfterNextQuery();
    Meanwhile<Product> reader = Meanwhile.start(() -> products.fetch(teapot));
    loaded.awaitReached();
    rename("New");
    loaded.release();

    assertThat(reader.result().title).isEqualTo("The teapot");
    assertThat(shop.count(Kind.FILL)).isZero();
    assertThat(shop.count(Kind.FILL_LOST)).isEqualTo(1);
    shop.reset();

    assertThat(products.fetch(teapot).title).isEqualTo("New");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(products.fetch(teapot).title).isEqualTo("New");
    assertThat(shop.queries()).isEqualTo(1);
  }

  @Test
  @DisplayName("RACE-01 the same for an index whose value moves, and for an absence that ends")
  void indexFetch_whileTheRowMoves_storesNothing() {
    Stop loaded = shop.database().stopAfterNextQuery();
    Meanwhile<Boolean> byHandle =
        Meanwhile.start(() -> products.fetchByHandle("kettle").isPresent());
    loaded.awaitReached();
    shop.inTransaction(session -> session.find(Product.class, teapot).handle = "kettle");
    loaded.release();

    assertThat(byHandle.result()).isFalse();
    assertThat(products.fetchByHandle("kettle")).isPresent();
    assertThat(products.fetchByHandle("teapot")).isEmpty();
  }

  @Test
  @DisplayName("RACE-09 a reader that comes after an invalidation never joins the load before it")
  void fetch_afterAnInvalidation_doesNotJoinTheLoadBeforeIt() {
    Stop loaded = shop.database().stopAfterNextQuery();
    Meanwhile<Product> early = Meanwhile.start(() -> products.fetch(teapot));
    loaded.awaitReached();
    rename("New");

    assertThat(products.fetch(teapot).title).isEqualTo("New");
    assertThat(early.isDone()).isFalse();
    loaded.release();

    assertThat(early.result().title).isEqualTo("The teapot");
    shop.reset();
    assertThat(products.fetch(teapot).title).isEqualTo("New");
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("RACE-09 a load whose lease was made late, and unheard of, is joined by nobody")
  void fetch_afterALateLease_doesNotJoinTheLoadBeforeIt() {
    CacheKey key = keysOf(() -> products.fetch(teapot)).get(0);
    // the lease arrives, and its confirmation does not: the fetch has to take it for not made
    shop.faults().loseNextAnswer(MeteredStore.Kind.SWAP);
    Stop loaded = shop.database().stopAfterNextQuery();
    Meanwhile<Product> early = Meanwhile.start(() -> products.fetch(teapot));
    loaded.awaitReached();
    byte[] lease = shop.store().read(List.of(key)).found().get(key);
    rename("New");
    // as if the server had made it only now
    shop.store().swap(List.of(Swap.add(key, lease, Duration.ofSeconds(10))));

    assertThat(products.fetch(teapot).title).isEqualTo("New");
    assertThat(early.isDone()).isFalse();
    loaded.release();

    assertThat(early.result().title).isEqualTo("The teapot");
    assertThat(products.fetch(teapot).title).isEqualTo("New");
  }

  @Test
  @DisplayName("RACE-06 the lease is evicted before the fill: the value is returned, not stored")
  void fill_afterEviction_isLost() {
    CacheKey key = keysOf(() -> products.fetch(teapot)).get(0);
    Stop loaded = shop.database().stopAfterNextQuery();
    Meanwhile<Product> reader = Meanwhile.start(() -> products.fetch(teapot));
    loaded.awaitReached();
    shop.store().delete(List.of(key));
    // its delete finds nothing, and the fill must fail all the same
    rename("New");
    loaded.release();

    assertThat(reader.result().title).isEqualTo("The teapot");
    assertThat(shop.store().read(List.of(key)).found()).isEmpty();
    assertThat(products.fetch(teapot).title).isEqualTo("New");
  }

  @Test
  @DisplayName("RACE-06 and LOCK-13 evicted and leased by another process: its value stays")
  void fill_afterAnotherProcessHasLeased_isLost() {
    CacheKey key = keysOf(() -> products.fetch(teapot)).get(0);
    try (TestApplication other = shop.anotherProcess()) {
      Stop loaded = shop.database().stopAfterNextQuery();
      Meanwhile<Product> slow = Meanwhile.start(() -> products.fetch(teapot));
      loaded.awaitReached();
      shop.store().delete(List.of(key));
      rename("New");
      Stop filling = other.faults().stopAfter(MeteredStore.Kind.SWAP);
      ProductRepository otherProducts = other.repository(ProductRepository.class);
      Meanwhile<Product> quick = Meanwhile.start(() -> otherProducts.fetch(teapot));
      filling.awaitReached();
      byte[] leaseOfOther = shop.store().read(List.of(key)).found().get(key);
      loaded.release();

      assertThat(slow.result().title).isEqualTo("The teapot");
      assertThat(shop.store().read(List.of(key)).found().get(key)).isEqualTo(leaseOfOther);
      filling.release();
      assertThat(quick.result().title).isEqualTo("New");
      shop.reset();
      assertThat(products.fetch(teapot).title).isEqualTo("New");
      assertThat(shop.queries()).isZero();
    }
  }

  @Test
  @DisplayName("LOCK-13 a slow holder whose lease was taken over: the other one's value stays")
  void fill_afterTakeover_isLost() {
    try (TestApplication other = shop.anotherProcess()) {
      Stop loaded = shop.database().stopAfterNextQuery();
      Meanwhile<Product> slow = Meanwhile.start(() -> products.fetch(teapot));
      loaded.awaitReached();
      shop.database().execute("update Product set title = 'New' where id = " + teapot);

      assertThat(other.repository(ProductRepository.class).fetch(teapot).title).isEqualTo("New");
      assertThat(other.count(Kind.TAKEOVER)).isEqualTo(1);
      assertThat(other.count(Kind.FILL)).isEqualTo(1);
      loaded.release();

      assertThat(slow.result().title).isEqualTo("The teapot");
      assertThat(shop.count(Kind.FILL_LOST)).isEqualTo(1);
      assertThat(products.fetch(teapot).title).isEqualTo("New");
    }
  }

  @Test
  @DisplayName("RACE-04 no read path takes a lease for a value, an absence or an error")
  void everyReadPath_seesThroughLeases() {
    List<Supplier<Object>> paths =
        List.of(
            () -> products.fetch(teapot).title,
            () -> products.fetchById(-1L),
            () -> products.exists(teapot),
            () -> products.exists(-1L),
            () -> titles(products.fetchMulti(List.of(teapot, -1L, teapot))),
            () -> products.fetchByHandle("teapot").orElseThrow().title,
            () -> products.fetchByHandle("kettle"),
            () -> titles(products.fetchByVendorAndProductType("Berta", "kitchen")),
            () -> products.fetchByVendorAndProductType("Berta", "garden"),
            () -> products.fetchMultiByHandle(Set.of("teapot", "kettle")).keySet(),
            () ->
                titles(
                    products
                        .fetchMultiByVendorAndProductType(Set.of(List.of("Berta", "kitchen")))
                        .get(List.of("Berta", "kitchen"))),
            () -> products.fetchTitleById(teapot),
            () -> products.fetchTitleById(-1L),
            () -> products.fetchMultiTitleById(Set.of(teapot, -1L)));
    for (Supplier<Object> path : paths) {
      Object expected = path.get();
      List<CacheKey> keys = keysOf(path);
      keys.forEach(this::leaseOfADeadProcess);
      shop.reset();

      assertThat(path.get()).isEqualTo(expected);
      assertThat(shop.count(Kind.TAKEOVER)).isEqualTo(keys.size());
      assertThat(shop.count(Kind.UNDECODABLE)).isZero();
    }
  }

  @Test
  @DisplayName("RACE-04 an invalidation by hand meets a lease, and voids it")
  void invalidateById_meetsALease() {
    CacheKey key = keysOf(() -> products.fetch(teapot)).get(0);
    leaseOfADeadProcess(key);

    products.invalidateById(teapot);

    assertThat(shop.store().read(List.of(key)).found()).isEmpty();
  }

  @Test
  @DisplayName("RACE-09 nobody waits for the load of another thread longer than a lease lives")
  void fetch_besideALoadThatHangs_isAnsweredInTime() {
    try (TestApplication impatient =
        TestApplication.of(StoreKind.IN_PROCESS, Product.class, Shop.class)
            .with("hibernate.identity_cache.lease_wait", "20ms")
            .with("hibernate.identity_cache.lease_time_to_live", "2s")
            .start()) {
      ProductRepository repository = impatient.repository(ProductRepository.class);
      Stop first = impatient.database().stopBeforeNextQuery();
      Meanwhile<Boolean> hangs = Meanwhile.start(() -> repository.exists(1L));
      first.awaitReached();
      Stop second = impatient.database().stopBeforeNextQuery();
      Meanwhile<Boolean> hangsToo = Meanwhile.start(() -> repository.exists(2L));
      second.awaitReached();

      Meanwhile<List<Product>> both = Meanwhile.start(() -> repository.fetchMulti(List.of(1L, 2L)));
      // one wait for both, not one for each
      await().atMost(Duration.ofMillis(3_500)).until(both::isDone);
      assertThat(both.result()).isEmpty();
      first.release();
      second.release();
      assertThat(hangs.result() || hangsToo.result()).isFalse();
    }
  }

  private void rename(String title) {
    shop.inTransaction(session -> session.find(Product.class, teapot).title = title);
  }

  private static List<String> titles(List<Product> found) {
    return found.stream().map(product -> product.title).toList();
  }

  /** The keys that a fetch asks for; they hold nothing afterwards. */
  private List<CacheKey> keysOf(Supplier<?> fetch) {
    shop.store().reset();
    fetch.get();
    List<CacheKey> keys =
        shop.store().operations().stream()
            .filter(operation -> operation.kind() == MeteredStore.Kind.READ)
            .flatMap(operation -> operation.keys().stream())
            .distinct()
            .toList();
    shop.store().delete(keys);
    shop.reset();
    return keys;
  }

  private void leaseOfADeadProcess(CacheKey key) {
    byte[] lease = new CacheEntry.Lease(LeaseToken.random()).encode(key);
    shop.store().swap(List.of(Swap.add(key, lease, Duration.ofSeconds(10))));
  }
}
