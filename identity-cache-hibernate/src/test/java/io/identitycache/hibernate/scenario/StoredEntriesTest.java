package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.repository.CacheRepository;
import io.identitycache.store.CacheStore;
import io.identitycache.store.InProcessStore;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** How large entries may be, how long they live, and whose the instances are. */
class StoredEntriesTest {

  /** What is printed about products. */
  @Entity(name = "Manual")
  @CacheIndex("language")
  public static class Manual {
    @Id Long id;
    String language;

    @Column(length = 3_000_000)
    String text;

    byte[] cover;

    protected Manual() {}

    Manual(Long id, String text) {
      this.id = id;
      this.language = "en";
      this.text = text;
      this.cover = new byte[] {1, 2, 3};
    }
  }

  interface Manuals extends CacheRepository<Manual, Long> {
    List<Manual> fetchByLanguage(String language);
  }

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.identitycache.fetch");

  @BeforeEach
  void capture() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void release() {
    logger.detachAppender(log);
  }

  @Test
  @DisplayName("BAK-12 too large for memcached: returned, not stored, counted, one WARN with size")
  void tooLarge_isReturnedAndNotStored() {
    try (TestApplication shop = TestApplication.of(StoreKind.MEMCACHED, Manual.class).start()) {
      Manuals manuals = shop.repository(Manuals.class);
      String text = incompressible(1_500_000);
      shop.inTransaction(
          session -> {
            session.persist(new Manual(1L, text));
            session.persist(new Manual(2L, text));
            session.persist(new Manual(3L, "short"));
          });
      shop.reset();

      assertThat(manuals.fetch(1L).text).isEqualTo(text);
      assertThat(shop.count(Kind.TOO_LARGE, "Manual")).isEqualTo(1);
      assertThat(shop.count(Kind.FILL)).isZero();
      assertThat(manuals.fetchMulti(List.of(1L, 2L, 3L))).hasSize(3);
      assertThat(shop.count(Kind.TOO_LARGE, "Manual")).isEqualTo(3);
      assertThat(shop.count(Kind.LEASE_WAIT)).as("no lease is left behind").isZero();
      shop.reset();

      assertThat(manuals.fetchMulti(List.of(1L, 2L, 3L))).hasSize(3);
      assertThat(shop.count(Kind.HIT)).isEqualTo(1);
      assertThat(shop.queries()).isEqualTo(1);
      assertThat(warnings())
          .singleElement()
          .asString()
          .containsPattern(
              "Manual: an entry of 15\\d{5} bytes \\(1\\d{6} compressed\\) is too large")
          .doesNotContain(text.substring(0, 10));
    }
  }

  @Test
  @DisplayName("BAK-12 an entry that has grown too large leaves nothing stale behind, nor a lease")
  void grownTooLarge_leavesNothingBehind() {
    try (TestApplication shop = TestApplication.of(StoreKind.MEMCACHED, Manual.class).start()) {
      Manuals manuals = shop.repository(Manuals.class);
      shop.inTransaction(session -> session.persist(new Manual(1L, "short")));
      manuals.fetch(1L);
      Set<CacheKey> keys = new HashSet<>();
      shop.store().operations().forEach(operation -> keys.addAll(operation.keys()));
      assertThat(shop.store().read(keys).found()).hasSize(1);

      String large = incompressible(1_500_000);
      shop.inTransaction(session -> session.find(Manual.class, 1L).text = large);
      for (int round = 0; round < 2; round++) {
        shop.reset();
        assertThat(manuals.fetch(1L).text).isEqualTo(large);
        assertThat(shop.queries()).isEqualTo(1);
        assertThat(shop.count(Kind.TOO_LARGE, "Manual")).isEqualTo(1);
        assertThat(shop.store().read(keys).found()).isEmpty();
      }

      shop.inTransaction(session -> session.find(Manual.class, 1L).text = "short again");
      assertThat(manuals.fetch(1L).text).isEqualTo("short again");
      shop.reset();
      assertThat(manuals.fetch(1L).text).isEqualTo("short again");
      assertThat(shop.count(Kind.HIT)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("A large entry is compressed, so that more fits; one WARN for its entity")
  void large_isStoredCompressed_andWarnedOfOnce(StoreKind kind) {
    try (TestApplication shop = TestApplication.of(kind, Manual.class).start()) {
      Manuals manuals = shop.repository(Manuals.class);
      String text = "0123456789".repeat(150_000);
      shop.inTransaction(
          session -> {
            session.persist(new Manual(1L, text));
            session.persist(new Manual(2L, text));
            session.persist(new Manual(3L, "0123456789".repeat(6_000)));
          });
      manuals.fetch(3L);
      assertThat(warnings()).isEmpty();
      manuals.fetch(1L);
      manuals.fetch(2L);
      shop.reset();

      assertThat(manuals.fetch(1L).text).isEqualTo(text);
      assertThat(manuals.fetchMulti(List.of(2L, 3L))).hasSize(2);
      assertThat(shop.count(Kind.HIT)).isEqualTo(3);
      assertThat(shop.queries()).isZero();
      assertThat(warnings())
          .singleElement()
          .asString()
          .containsPattern("Manual: an entry of 15\\d{5} bytes was stored")
          .contains("more than hibernate.identity_cache.entry_size_warning (65536)")
          .doesNotContain("0123456789");
    }
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Letters and digits of which a compressor leaves three quarters. */
  private static String incompressible(int length) {
    StringBuilder text = new StringBuilder(length);
    new Random(12).ints(length, 0, 64).forEach(i -> text.append((char) ('0' + i)));
    return text.toString();
  }

  @Test
  @DisplayName("BAK-12 a list of more than 10,000 ids is returned, and not stored")
  void tooManyIds_areReturnedAndNotStored() {
    try (TestApplication shop = TestApplication.of(StoreKind.IN_PROCESS, Manual.class).start()) {
      Manuals manuals = shop.repository(Manuals.class);
      String insert = "insert into Manual (id, language) select x, '%s' from system_range(%d, %d)";
      shop.database().execute(insert.formatted("en", 1, 10_001));
      shop.database().execute(insert.formatted("de", 20_001, 30_000));

      assertThat(manuals.fetchByLanguage("en")).hasSize(10_001);
      assertThat(shop.count(Kind.TOO_LARGE, "Manual.language")).isEqualTo(1);
      assertThat(shop.count(Kind.FILL, "Manual.language")).isZero();
      assertThat(manuals.fetchByLanguage("de")).hasSize(10_000);
      assertThat(shop.count(Kind.FILL, "Manual.language")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("BAK-16 everything stored has a time to live; 1,000 filled at once differ in it")
  void timesToLive_differWithinTheJitter() {
    LifeTimes store = new LifeTimes();
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Manual.class)
            .with("hibernate.identity_cache.store", store)
            .with("hibernate.identity_cache.time_to_live", "10h")
            .with("hibernate.identity_cache.absence_time_to_live", "10m")
            .start()) {
      shop.database()
          .execute("insert into Manual (id, language) select x, 'en' from system_range(1, 1000)");
      Manuals manuals = shop.repository(Manuals.class);

      assertThat(manuals.fetchMulti(LongStream.rangeClosed(1, 1000).boxed().toList()))
          .hasSize(1000);
      assertThat(store.lives('V'))
          .hasSize(1000)
          .allSatisfy(
              life -> assertThat(life).isBetween(Duration.ofHours(9), Duration.ofHours(10)));
      assertThat(new HashSet<>(store.lives('V'))).hasSizeGreaterThan(900);
      assertThat(store.lives('L')).containsOnly(Duration.ofSeconds(10));

      manuals.fetchMulti(LongStream.rangeClosed(2001, 2100).boxed().toList());
      assertThat(store.lives('A'))
          .hasSize(100)
          .allSatisfy(
              life -> assertThat(life).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10)));
      assertThat(new HashSet<>(store.lives('A'))).hasSizeGreaterThan(90);
    }
  }

  @Test
  @DisplayName("BAK-16 a time to live of 60 days, which memcached takes for a date, gives hits")
  void longTimeToLive_givesHits() {
    for (StoreKind kind : StoreKind.values()) {
      try (TestApplication shop =
          TestApplication.of(kind, Manual.class)
              .with("hibernate.identity_cache.time_to_live", "60d")
              .with("hibernate.identity_cache.absence_time_to_live", "60d")
              .start()) {
        shop.inTransaction(session -> session.persist(new Manual(1L, "short")));
        Manuals manuals = shop.repository(Manuals.class);
        manuals.fetchMulti(List.of(1L, 2L));
        shop.reset();

        assertThat(manuals.fetchMulti(List.of(1L, 2L))).hasSize(1);
        assertThat(shop.queries()).isZero();
      }
    }
  }

  @Test
  @DisplayName("BAK-20 no two callers get the same mutable instance, cold or warm, by any path")
  void instances_areTheCallersOwn() {
    for (StoreKind kind : StoreKind.values()) {
      try (TestApplication shop = TestApplication.of(kind, Manual.class).start()) {
        shop.inTransaction(session -> session.persist(new Manual(1L, "short")));
        Manuals manuals = shop.repository(Manuals.class);
        for (int fetch = 0; fetch < 3; fetch++) {
          for (Manual manual :
              List.of(
                  manuals.fetch(1L),
                  manuals.fetchMulti(List.of(1L)).get(0),
                  manuals.fetchByLanguage("en").get(0))) {
            assertThat(manual.text).isEqualTo("short");
            assertThat(manual.cover).containsExactly(1, 2, 3);
            manual.text = "scribbled over";
            manual.cover[0] = 9;
          }
        }
      }
    }
  }

  @Test
  @DisplayName("BAK-20 the in-process store is used only when asked for")
  void inProcessStore_isUsedOnlyWhenAskedFor() {
    assertThat(
            queriesOfSecondFetch(
                TestApplication.of(StoreKind.IN_PROCESS, Manual.class)
                    .without("hibernate.identity_cache.store")))
        .isEqualTo(1);
    assertThat(
            queriesOfSecondFetch(
                TestApplication.of(StoreKind.IN_PROCESS, Manual.class)
                    .with("hibernate.identity_cache.store", "in_process")))
        .isZero();
  }

  private static int queriesOfSecondFetch(TestApplication.Builder builder) {
    try (TestApplication shop = builder.start()) {
      shop.inTransaction(session -> session.persist(new Manual(1L, "short")));
      Manuals manuals = shop.repository(Manuals.class);
      manuals.fetch(1L);
      shop.reset();
      manuals.fetch(1L);
      return shop.queries();
    }
  }

  /** Notes how long what is stored shall live, by its state. */
  private static final class LifeTimes implements CacheStore {

    private final CacheStore store = new InProcessStore(64 << 20);
    private final List<Swap> swaps = new CopyOnWriteArrayList<>();

    List<Duration> lives(char state) {
      return swaps.stream()
          .filter(swap -> swap.replacement() != null && swap.replacement()[1] == state)
          .map(Swap::timeToLive)
          .toList();
    }

    @Override
    public StoreRead read(Collection<CacheKey> keys) {
      return store.read(keys);
    }

    @Override
    public Map<CacheKey, SwapOutcome> swap(List<Swap> batch) {
      swaps.addAll(batch);
      return store.swap(batch);
    }

    @Override
    public Set<CacheKey> delete(Collection<CacheKey> keys) {
      return store.delete(keys);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
