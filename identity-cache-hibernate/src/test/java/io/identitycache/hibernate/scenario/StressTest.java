package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.testing.Meanwhile;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.testing.MeteredStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers and writers of two processes on few rows, while entries vanish at random. A failure names
 * the seed; {@code -Dstress.seed=} repeats its choices, though not the timing.
 */
@ParameterizedClass
@EnumSource(StoreKind.class)
class StressTest {

  private static final int ROWS = 4;
  private static final Duration LENGTH = Duration.ofSeconds(3);

  private final StoreKind kind;
  private final long seed = Long.getLong("stress.seed", System.nanoTime());

  StressTest(StoreKind kind) {
    this.kind = kind;
  }

  @Test
  @DisplayName(
      "RACE-06 evictions and flushes under load: no fetch after an own commit is older,"
          + " and when all is quiet every entry is as its row")
  void underLoad_nothingOutdatedIsStored() {
    System.out.println("StressTest over " + kind + ": -Dstress.seed=" + seed);
    try (TestApplication shop =
            TestApplication.of(kind, Product.class, Shop.class)
                .with("hibernate.identity_cache.lease_wait", "20ms")
                .start();
        TestApplication other = shop.anotherProcess()) {
      List<Long> ids = products(shop);
      // a cold start takes the pool's connections for long
      assertEveryEntryIsAsItsRow(shop, ids);
      assertEveryEntryIsAsItsRow(other, ids);
      Set<CacheKey> keys = ConcurrentHashMap.newKeySet();
      long end = System.nanoTime() + LENGTH.toNanos();
      List<Meanwhile<Integer>> workers = new ArrayList<>();
      for (TestApplication process : List.of(shop, other)) {
        // a row has one writer, so that he knows what he has committed
        for (int row = 0; row < ROWS; row += 2) {
          Long id = ids.get(process == shop ? row : row + 1);
          Random random = new Random(seed + workers.size());
          workers.add(Meanwhile.start(until(end, () -> write(process, id, random))));
        }
        for (int reader = 0; reader < 2; reader++) {
          Random random = new Random(seed + workers.size());
          workers.add(Meanwhile.start(until(end, () -> read(process, ids, random))));
        }
      }
      Random random = new Random(seed - 1);
      workers.add(Meanwhile.start(until(end, () -> forget(shop, keys, random))));
      for (Meanwhile<Integer> worker : workers) {
        assertThat(worker.result()).isPositive();
      }

      shop.faults().recover();
      assertEveryEntryIsAsItsRow(shop, ids);
      assertEveryEntryIsAsItsRow(other, ids);
    } catch (AssertionError e) {
      throw new AssertionError("-Dstress.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  private static List<Long> products(TestApplication shop) {
    return shop.fromTransaction(
        session -> {
          List<Long> ids = new ArrayList<>();
          for (int row = 0; row < ROWS; row++) {
            Product product = new Product("product" + row, "0", "even");
            product.title = "Title 0";
            session.persist(product);
            ids.add(product.id);
          }
          return ids;
        });
  }

  private static Callable<Integer> until(long end, Runnable step) {
    return () -> {
      int steps = 0;
      while (System.nanoTime() < end) {
        step.run();
        steps++;
      }
      return steps;
    };
  }

  /** Counts a row's vendor up, and sees at once what it has done. */
  private static void write(TestApplication process, Long id, Random random) {
    boolean fails = random.nextInt(5) == 0;
    int[] count = new int[1];
    try {
      process.inTransaction(
          session -> {
            Product product = session.find(Product.class, id);
            count[0] = Integer.parseInt(product.vendor) + 1;
            product.vendor = String.valueOf(count[0]);
            product.productType = count[0] % 2 == 0 ? "even" : "odd";
            product.title = "Title " + count[0];
            session.flush();
            if (fails) {
              count[0]--;
              throw new IllegalStateException("rolled back");
            }
          });
    } catch (IllegalStateException rolledBack) {
      assertThat(rolledBack).hasMessage("rolled back");
    }
    ProductRepository products = process.repository(ProductRepository.class);
    String vendor = String.valueOf(count[0]);
    String type = count[0] % 2 == 0 ? "even" : "odd";
    switch (random.nextInt(3)) {
      case 0 -> assertThat(products.fetch(id).vendor).isEqualTo(vendor);
      case 1 -> assertThat(products.fetchTitleById(id).orElseThrow()).endsWith(" " + vendor);
      default ->
          assertThat(products.fetchByVendorAndProductType(vendor, type))
              .extracting(product -> product.id)
              .contains(id);
    }
  }

  private static void read(TestApplication process, List<Long> ids, Random random) {
    ProductRepository products = process.repository(ProductRepository.class);
    Long id = ids.get(random.nextInt(ROWS));
    switch (random.nextInt(4)) {
      case 0 -> assertThat(products.fetch(id).id).isEqualTo(id);
      case 1 -> assertThat(products.fetchMulti(ids)).hasSize(ROWS);
      case 2 -> assertThat(products.fetchByHandle("product" + ids.indexOf(id))).isPresent();
      default -> {
        String vendor = products.fetch(id).vendor;
        assertThat(products.fetchByVendorAndProductType(vendor, "even"))
            .allSatisfy(product -> assertThat(product.vendor).isEqualTo(vendor));
      }
    }
  }

  /** Lets entries and leases vanish: one now and then, and all at once more rarely. */
  private static void forget(TestApplication shop, Set<CacheKey> keys, Random random) {
    shop.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.SWAP)
        .forEach(operation -> keys.addAll(operation.keys()));
    shop.store().reset();
    shop.database().reset();
    List<CacheKey> all = List.copyOf(keys);
    if (!all.isEmpty()) {
      shop.faults()
          .delete(random.nextInt(20) == 0 ? all : List.of(all.get(random.nextInt(all.size()))));
    }
    Thread.yield();
  }

  private static void assertEveryEntryIsAsItsRow(TestApplication process, List<Long> ids) {
    ProductRepository products = process.repository(ProductRepository.class);
    for (Long id : ids) {
      Product row = process.fromTransaction(session -> session.find(Product.class, id));
      for (int fetch = 0; fetch < 2; fetch++) {
        assertThat(products.fetch(id))
            .usingRecursiveComparison()
            .ignoringFields("shop")
            .isEqualTo(row);
        assertThat(products.fetchTitleById(id)).hasValue(row.title);
        assertThat(products.fetchByHandle(row.handle).orElseThrow().id).isEqualTo(id);
        assertThat(products.fetchByVendorAndProductType(row.vendor, row.productType))
            .extracting(product -> product.id)
            .contains(id);
      }
      int count = Integer.parseInt(row.vendor);
      for (int before = Math.max(0, count - 5); before < count; before++) {
        assertThat(
                products.fetchByVendorAndProductType(
                    String.valueOf(before), before % 2 == 0 ? "even" : "odd"))
            .extracting(product -> product.id)
            .doesNotContain(id);
      }
    }
  }
}
