package io.identitycache.hibernate.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that fails, or holds what nobody can read, costs queries and nothing else. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class StoreFailureTest {

  private final TestApplication shop;
  private final ProductRepository products;
  private final List<Supplier<Object>> paths;
  private Long teapot;
  private Long kettle;

  StoreFailureTest(StoreKind kind) {
    shop =
        TestApplication.of(kind, Product.class, Shop.class)
            .with("hibernate.identity_cache.lease_wait", "20ms")
            .start();
    products = shop.repository(ProductRepository.class);
    paths =
        List.of(
            () -> products.fetch(teapot).title,
            () -> products.exists(-1L),
            () -> titles(products.fetchMulti(List.of(kettle, -1L, teapot))),
            () -> products.fetchByHandle("teapot").orElseThrow().title,
            () -> titles(products.fetchByVendorAndProductType("Berta", "kitchen")),
            () -> products.fetchByVendorAndProductType("Berta", "garden"),
            () -> products.fetchTitleById(teapot).orElseThrow(),
            () -> products.fetchMultiTitleById(Set.of(teapot, kettle)));
  }

  @BeforeEach
  void sellTwoProducts() {
    shop.inTransaction(
        session -> {
          Product first = new Product("teapot", "Berta", "kitchen");
          Product second = new Product("kettle", "Berta", "kitchen");
          session.persist(first);
          session.persist(second);
          teapot = first.id;
          kettle = second.id;
        });
    shop.reset();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("BAK-04 any single step fails (read, lease, fill): the database's answer")
  void anyStepFails_theDatabaseAnswers() {
    for (Supplier<Object> path : paths) {
      Object expected = path.get();
      forget();
      path.get();
      int operations = shop.ops();
      int queries = shop.queries();
      for (int step = 0; step < operations; step++) {
        forget();
        shop.faults().failAfter(step);

        assertThat(path.get()).isEqualTo(expected);
        assertThat(shop.queries()).as("step %d", step).isEqualTo(queries);
        assertRecovered(path, expected);
      }
    }
  }

  @Test
  @DisplayName("BAK-04 any single step is made and its answer lost: the database's answer")
  void anyAnswerIsLost_theDatabaseAnswers() {
    for (Supplier<Object> path : paths) {
      Object expected = path.get();
      for (MeteredStore.Kind kind : List.of(MeteredStore.Kind.READ, MeteredStore.Kind.SWAP)) {
        forget();
        shop.faults().loseNextAnswer(kind);

        assertThat(path.get()).isEqualTo(expected);
        assertRecovered(path, expected);
      }
    }
  }

  @Test
  @DisplayName("BAK-04 the poll fails: the database's answer")
  void thePollFails_theDatabaseAnswers() {
    leaseOfADeadProcess(keyOf(teapot));
    Stop firstLook = shop.faults().stopAfter(MeteredStore.Kind.READ);
    Meanwhile<Product> reader = Meanwhile.start(() -> products.fetch(teapot));
    firstLook.awaitReached();
    shop.faults().failNext(MeteredStore.Kind.READ);
    firstLook.release();

    assertThat(reader.result().title).isEqualTo("The teapot");
    assertThat(shop.queries()).isEqualTo(1);
    assertRecovered(() -> products.fetch(teapot).title, "The teapot");
  }

  @Test
  @DisplayName("BAK-04 the takeover fails: the database's answer")
  void theTakeoverFails_theDatabaseAnswers() {
    leaseOfADeadProcess(keyOf(teapot));
    shop.faults().failNext(MeteredStore.Kind.SWAP);

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.count(Kind.TAKEOVER)).isZero();
    assertRecovered(() -> products.fetch(teapot).title, "The teapot");
  }

  @Test
  @DisplayName(
      "BAK-04 the release fails: its own exception for the caller, the next one takes over")
  void theReleaseFails_theNextReaderTakesOver() {
    Stop loading = shop.database().stopBeforeNextQuery();
    Meanwhile<Product> reader = Meanwhile.start(() -> products.fetch(teapot));
    loading.awaitReached();
    shop.database().failQueries(1);
    shop.faults().failNext(MeteredStore.Kind.SWAP);
    loading.release();
    assertThat(reader.failure()).hasStackTraceContaining("The test lets this query fail");

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(shop.count(Kind.TAKEOVER)).isEqualTo(1);
    assertRecovered(() -> products.fetch(teapot).title, "The teapot");
  }

  @Test
  @DisplayName("BAK-04 the whole store is gone: cold queries, and hits again when it is back")
  void theStoreIsGone_theDatabaseAnswers() {
    for (Supplier<Object> path : paths) {
      Object expected = path.get();
      forget();
      path.get();
      int queries = shop.queries();
      shop.faults().failAll();
      shop.reset();

      assertThat(path.get()).isEqualTo(expected);
      assertThat(shop.queries()).isEqualTo(queries);
      shop.faults().recover();
      assertRecovered(path, expected);
    }
  }

  @Test
  @DisplayName("SER-05 bytes that do not decode: a counted miss, the right row, replaced at once")
  void bytesThatDoNotDecode_areReplaced() throws IOException {
    products.fetch(kettle);
    CacheKey ofKettle = keyOf(kettle);
    products.fetch(kettle);
    byte[] entryOfKettle = shop.store().read(List.of(ofKettle)).found().get(ofKettle);
    ByteArrayOutputStream serialized = new ByteArrayOutputStream();
    new ObjectOutputStream(serialized).writeObject(new ArrayList<>(List.of("teapot")));
    byte[] laterFormat = entryOfKettle.clone();
    laterFormat[0]++;
    for (byte[] wrong :
        List.of(
            "a text".getBytes(UTF_8),
            "a".getBytes(UTF_8),
            new byte[0],
            laterFormat,
            serialized.toByteArray(),
            entryOfKettle)) {
      for (Supplier<Object> path : paths) {
        Object expected = path.get();
        forget();
        path.get();
        int queries = shop.queries();
        List<CacheKey> keys = keysRead();
        shop.faults().delete(keys);
        keys.stream()
            .filter(key -> wrong != entryOfKettle || !key.equals(ofKettle))
            .forEach(key -> put(key, wrong));
        shop.reset();

        assertThat(path.get()).isEqualTo(expected);
        assertThat(shop.queries()).isEqualTo(queries);
        assertThat(shop.count(Kind.UNDECODABLE)).isPositive();
        assertThat(shop.count(Kind.MISS)).isEqualTo(keys.size());
        assertThat(shop.count(Kind.FILL)).isEqualTo(keys.size());
        assertThat(shop.count(Kind.LEASE_WAIT)).isZero();
        shop.reset();

        assertThat(path.get()).isEqualTo(expected);
        assertThat(shop.queries()).isZero();
      }
    }
  }

  /** The next fetch but one is a hit, whatever has been left behind, and changes are seen. */
  private void assertRecovered(Supplier<Object> path, Object expected) {
    shop.faults().recover();
    assertThat(path.get()).isEqualTo(expected);
    shop.reset();
    assertThat(path.get()).isEqualTo(expected);
    assertThat(shop.queries()).isZero();
    rename("Other");
    path.get();
    rename("The teapot");
    assertThat(path.get()).isEqualTo(expected);
  }

  private void rename(String title) {
    shop.inTransaction(session -> session.find(Product.class, teapot).title = title);
  }

  private void forget() {
    shop.faults().recover();
    for (Long id : List.of(teapot, kettle, -1L)) {
      products.invalidateById(id);
    }
    shop.store().delete(keysRead());
    shop.reset();
  }

  private List<CacheKey> keysRead() {
    return shop.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.READ)
        .flatMap(operation -> operation.keys().stream())
        .distinct()
        .toList();
  }

  private CacheKey keyOf(Long id) {
    shop.reset();
    products.fetch(id);
    CacheKey key = keysRead().get(0);
    shop.store().delete(List.of(key));
    shop.reset();
    return key;
  }

  private void leaseOfADeadProcess(CacheKey key) {
    put(key, new CacheEntry.Lease(LeaseToken.random()).encode(key));
  }

  private void put(CacheKey key, byte[] bytes) {
    shop.faults().swap(List.of(Swap.add(key, bytes, Duration.ofMinutes(1))));
  }

  private static List<String> titles(List<Product> found) {
    return found.stream().map(product -> product.title).toList();
  }
}
