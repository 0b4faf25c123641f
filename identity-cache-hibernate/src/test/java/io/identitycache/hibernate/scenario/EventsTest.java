package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.FailingStore;
import io.identitycache.testing.MeteredStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What listeners and logs are told. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class EventsTest extends TeapotScenario {

  EventsTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class));
  }

  private List<Kind> kinds() {
    return shop.events().stream()
        .map(CacheEvent::kind)
        .filter(kind -> kind != Kind.STORE_READ)
        .toList();
  }

  @Test
  @DisplayName(
      "OBS-01 cold: a miss and a fill with its load time; warm: a hit; absence: an absent hit")
  void fetch_reportsWhatItMet() {
    products.fetch(teapot);
    assertThat(kinds()).containsExactly(Kind.MISS, Kind.FILL);
    assertThat(shop.events())
        .filteredOn(event -> event.kind() == Kind.FILL)
        .singleElement()
        .satisfies(fill -> assertThat(fill.name()).isEqualTo("Product"))
        .satisfies(fill -> assertThat(fill.duration()).isGreaterThan(Duration.ZERO));
    shop.reset();

    products.fetch(teapot);
    assertThat(kinds()).containsExactly(Kind.HIT);
    assertThat(shop.count(Kind.HIT, "Product")).isEqualTo(1);
    products.fetchById(10L);
    shop.reset();

    products.fetchById(10L);
    assertThat(kinds()).containsExactly(Kind.ABSENT_HIT);
    assertThat(shop.count(Kind.ABSENT_HIT, "Product")).isEqualTo(1);
  }

  @Test
  @DisplayName("OBS-03 an index lookup counts index and entity apart, in keys")
  void indexLookup_countsApart() {
    sell("kettle");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    assertThat(shop.count(Kind.MISS, "Product.vendor+productType")).isEqualTo(1);
    assertThat(shop.count(Kind.MISS, "Product")).isEqualTo(2);
    assertThat(shop.count(Kind.FILL)).isEqualTo(3);
    shop.reset();

    products.fetchByVendorAndProductType("Berta", "kitchen");
    assertThat(shop.count(Kind.HIT, "Product.vendor+productType")).isEqualTo(1);
    assertThat(shop.count(Kind.HIT, "Product")).isEqualTo(2);
    assertThat(shop.count(Kind.MISS)).isZero();
  }

  @Test
  @DisplayName(
      "OBS-03 a value, an absence, a missing and a leased key: 1 hit, 1 absent, 2 misses;"
          + " OBS-01 the wait, the takeover and the lost fill are reported")
  void counts_areOfKeys() throws Exception {
    Long missing = sell("kettle");
    Long leased = sell("mug");
    products.fetch(teapot);
    products.fetchById(10_000L);
    try (TestApplication other = shop.anotherProcess()) {
      FailingStore.Stop stop = other.faults().stopAfter(MeteredStore.Kind.SWAP);
      CompletableFuture<Product> slow =
          CompletableFuture.supplyAsync(
              () -> other.repository(ProductRepository.class).fetch(leased));
      stop.awaitReached();
      shop.reset();

      assertThat(products.fetchMulti(List.of(teapot, 10_000L, missing, leased)))
          .extracting(product -> product.handle)
          .containsExactly("teapot", "kettle", "mug");

      assertThat(shop.count(Kind.HIT)).isEqualTo(1);
      assertThat(shop.count(Kind.ABSENT_HIT)).isEqualTo(1);
      assertThat(shop.count(Kind.MISS)).isEqualTo(2);
      assertThat(shop.count(Kind.LEASE_WAIT)).isEqualTo(1);
      assertThat(shop.count(Kind.TAKEOVER)).isEqualTo(1);
      assertThat(shop.count(Kind.FILL)).isEqualTo(2);
      stop.release();
      assertThat(slow.get(10, TimeUnit.SECONDS).handle).isEqualTo("mug");
      assertThat(other.count(Kind.FILL_LOST, "Product")).isEqualTo(1);
      assertThat(other.count(Kind.FILL)).isZero();
    }
  }

  @Test
  @DisplayName("OBS-09 invalidation sent and failed are reported with their numbers of keys")
  void invalidation_isReported() {
    shop.inTransaction(session -> session.find(Product.class, teapot).handle = "kettle");
    assertThat(shop.count(Kind.INVALIDATION_SENT, "Product")).isEqualTo(1);
    assertThat(shop.count(Kind.INVALIDATION_SENT, "Product.handle")).isEqualTo(2);
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isEqualTo(5);
    assertThat(shop.count(Kind.INVALIDATION_FAILED)).isZero();
    shop.reset();

    shop.faults().failNext(MeteredStore.Kind.DELETE);
    shop.inTransaction(session -> session.find(Product.class, teapot).handle = "mug");
    assertThat(shop.count(Kind.INVALIDATION_FAILED, "Product.handle")).isEqualTo(2);
    assertThat(shop.count(Kind.INVALIDATION_FAILED)).isEqualTo(5);
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isZero();
  }

  @Test
  @DisplayName("OBS-08 debug logs name the key; nothing logged or thrown holds a cached value")
  void logs_holdNoValues() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.identitycache");
    Level level = logger.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
    logger.setLevel(Level.TRACE);
    List<String> keys = new ArrayList<>();
    List<Throwable> thrown = new ArrayList<>();
    try {
      Long id = sell("xyzzy-handle");
      runThroughEverything(id, thrown);
      shop.store().operations().forEach(op -> op.keys().forEach(key -> keys.add(key.text())));
    } finally {
      logger.setLevel(level);
      logger.setAdditive(true);
      logger.detachAppender(log);
    }

    assertThat(log.list).extracting(ILoggingEvent::getLevel).contains(Level.DEBUG, Level.ERROR);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.DEBUG)
        .anySatisfy(
            event -> assertThat(event.getFormattedMessage()).startsWith("hit ").contains(":"));
    for (ILoggingEvent event : log.list) {
      String text = event.getFormattedMessage();
      if (event.getThrowableProxy() != null) {
        text += event.getThrowableProxy().getMessage();
      }
      for (String key : keys) {
        text = text.replace(key, "");
      }
      assertThat(text).doesNotContain("xyzzy").doesNotContain("plugh");
    }
    assertThat(thrown).isNotEmpty();
    for (Throwable each : thrown) {
      assertThat(each.getMessage()).doesNotContain("plugh", "xyzzy");
    }
  }

  private void runThroughEverything(Long id, List<Throwable> thrown) {
    shop.inTransaction(
        session -> {
          Product product = session.find(Product.class, id);
          product.title = "plugh title";
          product.vendor = "xyzzy vendor";
        });
    for (int time = 0; time < 2; time++) {
      products.fetch(id);
      products.fetchByHandle("xyzzy-handle");
      products.fetchByVendorAndProductType("xyzzy vendor", "kitchen");
      products.fetchTitleById(id);
      products.fetchByHandle("xyzzy-absent");
    }
    Product fetched = products.fetch(id);
    thrown.add(catchThrowable(() -> shop.inTransaction(session -> session.merge(fetched))));
    products.invalidate(fetched);
    shop.faults().failAll();
    products.fetch(id);
    products.fetchByHandle("xyzzy-handle");
    shop.inTransaction(session -> session.find(Product.class, id).title = "plugh again");
    products.invalidateById(id);
    shop.faults().recover();
    products.fetch(id);
    thrown.add(catchThrowable(() -> products.fetch(10_000L)));
  }
}
