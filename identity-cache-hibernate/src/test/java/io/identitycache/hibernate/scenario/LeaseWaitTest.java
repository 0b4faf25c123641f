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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fetch does while another process holds the lease. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class LeaseWaitTest {

  private final StoreKind kind;
  private TestApplication shop;
  private ProductRepository products;
  private Long teapot;
  private Long kettle;

  LeaseWaitTest(StoreKind kind) {
    this.kind = kind;
  }

  /** Opens the shop with a lease_wait. */
  private void open(String leaseWait) {
    shop =
        TestApplication.of(kind, Product.class, Shop.class)
            .with("hibernate.identity_cache.lease_wait", leaseWait)
            .with("hibernate.identity_cache.lease_time_to_live", "1m")
            .start();
    products = shop.repository(ProductRepository.class);
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
  @DisplayName("LOCK-03 the holder fills within lease_wait: the waiter gets its value, 0 queries")
  void waiter_getsWhatTheHolderFills() {
    open("30s");
    try (TestApplication other = shop.anotherProcess()) {
      Stop loading = shop.database().stopAfterNextQuery();
      Meanwhile<Product> holder = Meanwhile.start(() -> repository(other).fetch(teapot));
      loading.awaitReached();
      Meanwhile<Product> waiter = Meanwhile.start(() -> products.fetch(teapot));
      await().until(() -> shop.store().count(MeteredStore.Kind.READ) > 2);
      loading.release();

      assertThat(waiter.result().title).isEqualTo("The teapot");
      assertThat(holder.result().title).isEqualTo("The teapot");
      assertThat(shop.queries()).as("the holder's").isEqualTo(1);
      assertThat(shop.count(Kind.LEASE_WAIT)).isEqualTo(1);
      assertThat(shop.count(Kind.HIT)).isEqualTo(1);
      assertThat(shop.count(Kind.MISS)).isEqualTo(1);
      assertThat(shop.count(Kind.TAKEOVER)).isZero();
      assertThat(shop.store().count(MeteredStore.Kind.SWAP)).isZero();
    }
  }

  @Test
  @DisplayName("LOCK-03 a batch waits once for all keys, and loads its own meanwhile")
  void batch_waitsOnceForAllKeys() {
    open("30s");
    try (TestApplication other = shop.anotherProcess()) {
      Stop loading = shop.database().stopAfterNextQuery();
      Meanwhile<Product> holder = Meanwhile.start(() -> repository(other).fetch(teapot));
      loading.awaitReached();
      Meanwhile<List<Product>> waiter =
          Meanwhile.start(() -> products.fetchMulti(List.of(teapot, kettle, -1L)));
      await().until(() -> shop.count(Kind.FILL) == 2);
      loading.release();

      assertThat(waiter.result()).extracting(product -> product.id).containsExactly(teapot, kettle);
      assertThat(holder.result().id).isEqualTo(teapot);
      assertThat(shop.queries()).isEqualTo(2);
      assertThat(shop.count(Kind.LEASE_WAIT)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("LOCK-04 the holder died: after lease_wait the waiter takes over, loads and stores")
  void waiter_takesTheLeaseOfADeadHolderOver() {
    open("50ms");
    leaseOfADeadProcess(keyOf(teapot));
    long start = System.nanoTime();

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(shop.count(Kind.TAKEOVER)).isEqualTo(1);
    assertThat(shop.count(Kind.FILL)).isEqualTo(1);
    shop.reset();

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("LOCK-04 of many waiters at most one in each process loads")
  void ofManyWaiters_oneInEachProcessLoads() {
    open("2s");
    CacheKey key = keyOf(teapot);
    List<TestApplication> processes = new ArrayList<>(List.of(shop));
    try {
      processes.add(shop.anotherProcess());
      processes.add(shop.anotherProcess());
      leaseOfADeadProcess(key);
      processes.forEach(TestApplication::reset);
      List<Stop> loads =
          Stream.generate(shop.database()::stopBeforeNextQuery).limit(processes.size()).toList();
      List<Meanwhile<Product>> waiters = new ArrayList<>();
      for (TestApplication process : processes) {
        ProductRepository repository = repository(process);
        waiters.addAll(Meanwhile.start(16, () -> repository.fetch(teapot)));
      }
      // one takes over; the others see that he was faster, wait no longer, and load beside him
      loads.forEach(Stop::awaitReached);
      String joining = "io.identitycache.fetch.Flights$Flight";
      await()
          .until(
              () ->
                  waiters.stream().filter(waiter -> waiter.isIn(joining)).count()
                      == waiters.size() - loads.size());
      loads.forEach(Stop::release);

      assertThat(waiters)
          .allSatisfy(waiter -> assertThat(waiter.result().title).isEqualTo("The teapot"));
      assertThat(shop.queries()).isEqualTo(3);
      processes.forEach(TestApplication::reset);
      assertThat(repository(processes.get(1)).fetch(teapot).title).isEqualTo("The teapot");
      assertThat(shop.queries()).isZero();
    } finally {
      processes.remove(shop);
      processes.forEach(TestApplication::close);
    }
  }

  @Test
  @DisplayName("LOCK-04 lease_wait=0s takes over at once")
  void withoutWait_takesOverAtOnce() {
    open("0s");
    leaseOfADeadProcess(keyOf(teapot));

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(shop.count(Kind.TAKEOVER)).isEqualTo(1);
  }

  @Test
  @DisplayName("LOCK-07 others take and lose the lease again and again: answered after lease_wait")
  void whileOthersFightForTheLease_isAnswered() throws InterruptedException {
    open("100ms");
    CacheKey key = keyOf(teapot);
    try (TestApplication other = shop.anotherProcess()) {
      CountDownLatch begun = new CountDownLatch(1);
      Meanwhile<Integer> fight =
          Meanwhile.start(
              () -> {
                int rounds = 0;
                while (!Thread.currentThread().isInterrupted()) {
                  byte[] lease = new CacheEntry.Lease(LeaseToken.random()).encode(key);
                  other.faults().delete(List.of(key));
                  other.faults().swap(List.of(Swap.add(key, lease, Duration.ofMinutes(1))));
                  rounds++;
                  begun.countDown();
                }
                return rounds;
              });
      begun.await();
      for (int i = 0; i < 5; i++) {
        long start = System.nanoTime();
        assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
        assertThat(products.fetchMulti(List.of(teapot, kettle))).hasSize(2);
        // twice lease_wait, and generous to a busy machine
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      }
      fight.interrupt();
      assertThat(fight.result()).isPositive();
    }
  }

  @Test
  @DisplayName("LOCK-10 the load fails: all its leases are given back, and the next reader loads")
  void aFailedLoad_givesItsLeasesBack() {
    open("30s");
    for (Callable<Object> fetch :
        List.<Callable<Object>>of(
            () -> products.fetch(teapot),
            () -> products.fetchMulti(List.of(teapot, kettle, -1L)),
            () -> products.fetchByHandle("teapot"),
            () -> products.fetchTitleById(teapot))) {
      shop.database().failQueries(1);
      Meanwhile<Object> failing = Meanwhile.start(fetch);
      assertThat(failing.failure()).hasStackTraceContaining("The test lets this query fail");
      assertThat(shop.count(Kind.FILL)).isZero();
      shop.reset();

      assertThat(Meanwhile.start(fetch).result()).isNotNull();
      assertThat(shop.count(Kind.LEASE_WAIT)).isZero();
      assertThat(shop.count(Kind.FILL)).isPositive();
      shop.inTransaction(session -> session.find(Product.class, teapot).title += "!");
      products.invalidateById(kettle);
      products.invalidateById(-1L);
      products.invalidateById(teapot);
      shop.reset();
    }
  }

  @Test
  @DisplayName("LOCK-10 the loading thread is interrupted: its lease is given back all the same")
  void anInterruptedLoad_givesItsLeaseBack() {
    open("30s");
    Stop loading = shop.database().stopBeforeNextQuery();
    Meanwhile<Product> reader =
        Meanwhile.start(
            () -> {
              try {
                return products.fetch(teapot);
              } finally {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
              }
            });
    loading.awaitReached();
    reader.interrupt();
    assertThat(reader.failure()).hasMessageContaining("interrupted at a stop");

    assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
    assertThat(shop.count(Kind.LEASE_WAIT)).isZero();
    assertThat(shop.count(Kind.FILL)).isEqualTo(1);
  }

  private static ProductRepository repository(TestApplication process) {
    return process.repository(ProductRepository.class);
  }

  /** The key of a row, which holds nothing afterwards. */
  private CacheKey keyOf(Long id) {
    products.fetch(id);
    CacheKey key = shop.store().operations().get(0).keys().get(0);
    shop.store().delete(List.of(key));
    shop.reset();
    return key;
  }

  private void leaseOfADeadProcess(CacheKey key) {
    byte[] lease = new CacheEntry.Lease(LeaseToken.random()).encode(key);
    shop.faults().swap(List.of(Swap.add(key, lease, Duration.ofMinutes(1))));
  }
}
