package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.Meanwhile;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.FailingStore.Stop;
import io.identitycache.testing.MeteredStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads of one JVM that miss the same keys together share one load. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class SharedLoadTest {

  private static final int THREADS = 64;

  private final TestApplication shop;
  private final ProductRepository products;
  private Long teapot;
  private Long kettle;

  SharedLoadTest(StoreKind kind) {
    shop = TestApplication.of(kind, Product.class, Shop.class).start();
    products = shop.repository(ProductRepository.class);
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
  @DisplayName("RACE-09 64 threads miss one key: 1 query, 1 lease, to each an instance of its own")
  void manyThreads_missOneKey_shareOneLoad() {
    List<Product> found = together(() -> products.fetch(teapot));

    assertThat(found).allSatisfy(product -> assertThat(product.handle).isEqualTo("teapot"));
    assertThat(identities(found)).hasSize(THREADS);
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.count(Kind.FILL)).isEqualTo(1);
    assertThat(shop.count(Kind.TAKEOVER)).isZero();
  }

  @Test
  @DisplayName("RACE-09 64 threads miss a batch: 1 query, 1 lease for each key, own instances")
  void manyThreads_missABatch_shareOneLoad() {
    List<List<Product>> found = together(() -> products.fetchMulti(List.of(teapot, kettle, -1L)));

    assertThat(found)
        .allSatisfy(
            batch ->
                assertThat(batch)
                    .extracting(product -> product.handle)
                    .containsExactly("teapot", "kettle"));
    assertThat(identities(found.stream().flatMap(List::stream).toList())).hasSize(2 * THREADS);
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.count(Kind.FILL)).isEqualTo(3);
    assertThat(shop.count(Kind.TAKEOVER)).isZero();
  }

  @Test
  @DisplayName("RACE-09 64 threads miss an index value: 1 query for the ids, each row once")
  void manyThreads_missAnIndexValue_shareOneLoad() {
    List<List<Product>> found =
        together(() -> products.fetchByVendorAndProductType("Berta", "kitchen"));

    assertThat(found).allSatisfy(list -> assertThat(list).hasSize(2));
    assertThat(identities(found.stream().flatMap(List::stream).toList())).hasSize(2 * THREADS);
    // of the two rows, which all threads miss at the same moment, two may load one each
    assertThat(shop.queries()).isBetween(2, 3);
    assertThat(shop.count(Kind.FILL, "Product.vendor+productType")).isEqualTo(1);
    assertThat(shop.count(Kind.FILL, "Product")).isEqualTo(2);
  }

  @Test
  @DisplayName("RACE-09 the load fails: its caller gets the exception, the others load anew")
  void theLoadFails_theOthersLoadAnew() {
    Stop loading = shop.database().stopBeforeNextQuery();
    Meanwhile<Product> first = Meanwhile.start(() -> products.fetch(teapot));
    loading.awaitReached();
    List<Meanwhile<Product>> others = Meanwhile.start(THREADS, () -> products.fetch(teapot));
    awaitReads(THREADS + 1);
    shop.database().failQueries(1);
    loading.release();

    assertThat(first.failure()).hasStackTraceContaining("The test lets this query fail");
    assertThat(others).allSatisfy(other -> assertThat(other.result().handle).isEqualTo("teapot"));
    assertThat(shop.queries()).isEqualTo(2);
    assertThat(shop.count(Kind.FILL)).isEqualTo(1);
  }

  @Test
  @DisplayName("RACE-09 every load fails: every caller gets an exception, and nobody hangs")
  void everyLoadFails_everyCallerGetsAnException() {
    Callable<List<Product>> fetch = () -> products.fetchMulti(List.of(teapot, kettle));
    Stop loading = shop.database().stopBeforeNextQuery();
    // one first: of readers that start as one, each might win the lease of another key
    List<Meanwhile<List<Product>>> readers = new ArrayList<>(List.of(Meanwhile.start(fetch)));
    loading.awaitReached();
    readers.addAll(Meanwhile.start(THREADS - 1, fetch));
    awaitReads(THREADS);
    shop.database().failQueries(THREADS);
    loading.release();

    assertThat(readers)
        .allSatisfy(
            reader ->
                assertThat(reader.failure())
                    .hasStackTraceContaining("The test lets this query fail"));
    shop.database().failQueries(0);
    shop.reset();
    assertThat(products.fetchMulti(List.of(teapot, kettle))).hasSize(2);
    assertThat(shop.count(Kind.LEASE_WAIT)).isZero();
    assertThat(shop.count(Kind.FILL)).isEqualTo(2);
  }

  @Test
  @DisplayName("RACE-09 the loading thread is interrupted: the others notice nothing of it")
  void theLoadingThreadIsInterrupted_theOthersLoadAnew() {
    for (Callable<List<Product>> fetch :
        List.<Callable<List<Product>>>of(
            () -> List.of(products.fetch(teapot)),
            () -> products.fetchMulti(List.of(teapot)),
            () -> products.fetchByHandle("teapot").stream().toList())) {
      Stop loading = shop.database().stopBeforeNextQuery();
      Meanwhile<List<Product>> first = Meanwhile.start(fetch);
      loading.awaitReached();
      List<Meanwhile<Boolean>> others =
          Meanwhile.start(
              8, () -> fetch.call().size() == 1 && !Thread.currentThread().isInterrupted());
      awaitReads(9);
      first.interrupt();

      assertThat(first.failure()).hasStackTraceContaining("interrupted");
      assertThat(others).allSatisfy(other -> assertThat(other.result()).isTrue());
      // its lease was given back, so nobody had to wait for it to run out
      assertThat(shop.count(Kind.TAKEOVER)).isZero();
      shop.inTransaction(session -> session.find(Product.class, teapot).handle = "tea");
      shop.inTransaction(session -> session.find(Product.class, teapot).handle = "teapot");
      shop.reset();
    }
  }

  @Test
  @DisplayName("RACE-09 a waiting thread is interrupted: it is answered, and the load goes on")
  void aWaitingThreadIsInterrupted_andIsAnswered() {
    Stop loading = shop.database().stopAfterNextQuery();
    Meanwhile<Product> first = Meanwhile.start(() -> products.fetch(teapot));
    loading.awaitReached();
    Meanwhile<Boolean> waiting =
        Meanwhile.start(
            () ->
                products.fetchMulti(List.of(teapot)).size() == 1
                    && Thread.currentThread().isInterrupted());
    awaitReads(2);
    waiting.interrupt();

    assertThat(waiting.result()).as("answered, and still interrupted").isTrue();
    assertThat(first.isDone()).isFalse();
    loading.release();
    assertThat(first.result().handle).isEqualTo("teapot");
  }

  @Test
  @DisplayName("RACE-09 batches that overlap load every key once")
  void batchesThatOverlap_loadEveryKeyOnce() {
    Stop loading = shop.database().stopAfterNextQuery();
    Meanwhile<List<Product>> one = Meanwhile.start(() -> products.fetchMulti(Set.of(teapot)));
    loading.awaitReached();
    Meanwhile<List<Product>> both =
        Meanwhile.start(() -> products.fetchMulti(List.of(teapot, kettle)));
    await().until(() -> shop.queries() == 2);
    loading.release();

    assertThat(one.result()).hasSize(1);
    assertThat(both.result()).hasSize(2);
    assertThat(shop.queries()).isEqualTo(2);
    assertThat(shop.count(Kind.FILL)).isEqualTo(2);
  }

  @Test
  @DisplayName("RACE-09 batches that begin at the same moment may share the leases, not the keys")
  void batchesThatBeginTogether_loadEveryKeyOnce() {
    Stop missed = shop.faults().stopAfter(MeteredStore.Kind.READ);
    Meanwhile<Integer> first =
        Meanwhile.start(() -> products.fetchMulti(List.of(teapot, kettle, -1L)).size());
    missed.awaitReached();
    List<Meanwhile<Integer>> others =
        Meanwhile.start(8, () -> products.fetchMulti(List.of(-1L, kettle, teapot)).size());
    missed.release();

    assertThat(first.result()).isEqualTo(2);
    assertThat(others).allSatisfy(other -> assertThat(other.result()).isEqualTo(2));
    assertThat(shop.count(Kind.FILL)).isEqualTo(3);
    assertThat(shop.queries()).isBetween(1, 3);
  }

  /** Runs a fetch on all threads, the first one's load being held until each has missed. */
  private <R> List<R> together(Callable<R> fetch) {
    Stop loading = shop.database().stopBeforeNextQuery();
    List<Meanwhile<R>> readers = new ArrayList<>();
    readers.add(Meanwhile.start(fetch));
    loading.awaitReached();
    readers.addAll(Meanwhile.start(THREADS - 1, fetch));
    awaitReads(THREADS);
    loading.release();
    return readers.stream().map(Meanwhile::result).toList();
  }

  private void awaitReads(int reads) {
    await()
        .atMost(Duration.ofSeconds(9))
        .until(() -> shop.store().count(MeteredStore.Kind.READ) >= reads);
  }

  private static Set<Object> identities(List<?> found) {
    Set<Object> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(found);
    return identities;
  }
}
