package io.identitycache.hibernate.scenario;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.HibernateIdentityCache;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.repository.CacheRepository;
import io.identitycache.store.InProcessStore;
import io.identitycache.testing.MeteredStore;
import io.identitycache.validation.InvalidConfigurationException;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that are refused, and starts that change nothing. */
class StartUpTest {

  private static final String PREFIX = "hibernate.identity_cache.";

  @Entity(name = "Misspelt")
  @CacheIndex("handel")
  static class Misspelt {
    @Id Long id;
    String handle;
  }

  @Entity(name = "Twice")
  @CacheIndex({"vendor", "producType"})
  static class Twice {
    @Id Long id;
    String vendor;
    String productType;
  }

  @Entity(name = "Lasting")
  @IdentityCached(timeToLive = "for ever")
  static class Lasting {
    @Id Long id;
  }

  /** Not cached at all. */
  @Entity(name = "Plain")
  static class Plain {
    @Id Long id;
    String name;
  }

  interface Faulty extends CacheRepository<Product, Long> {

    Optional<Product> fetchByHandel(String handle);

    List<Product> fetchByVendor(String vendor);

    Optional<Product> fetchByHandle(long handle);

    Product fetchByVendorAndProductType(String vendor, String productType);
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> !name.startsWith("HikariPool"))
        .collect(toCollection(TreeSet::new));
  }

  /** Boots, expects a refusal, and that nothing is left of it. */
  private static String refusal(Map<String, Object> settings, Class<?>... entities) {
    try (TestDatabase database = TestDatabase.h2()) {
      database.execute("select 1");
      Set<String> before = threads();
      Throwable refusal = catchThrowable(() -> database.boot(settings, entities));
      assertThat(refusal).isInstanceOf(InvalidConfigurationException.class);
      assertThat(database.connectionsInUse()).isZero();
      Set<String> left = threads();
      left.removeAll(before);
      assertThat(left).noneMatch(name -> name.contains("identity") || name.contains("emcached"));
      assertThat(left).isEmpty();
      return refusal.getMessage();
    }
  }

  private static Map<String, Object> settings(String... namesAndValues) {
    Map<String, Object> settings = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(PREFIX + namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time_to_live | -5m | at least 1ms",
        "absence_time_to_live | 0s | at least 1ms",
        "lease_time_to_live | 1s | at least 2s",
        "store | redis | in_process",
        "bypass | always | dirty_transaction",
        "fill | perhaps | true or false",
        "max_concurrent_loads | 0 | at least 1",
        "namespace | my shop | 1 to 64 letters",
      })
  @DisplayName("CFG-13 a bad setting refuses the start: its name, its value, what is allowed")
  void badSetting(String name, String value, String allowed) {
    assertThat(refusal(settings(name, value), Product.class, Shop.class))
        .contains(PREFIX + name, "\"" + value + "\"", allowed);
  }

  @Test
  @DisplayName("CFG-13 a malformed server or a misspelt name refuses the start")
  void malformedServerAndMisspeltName() {
    assertThat(
            refusal(
                settings("servers", "cache-1", "namespace", "shop", "time_to_life", "1d"),
                Product.class,
                Shop.class))
        .contains("2 problems", PREFIX + "servers", "\"cache-1\"", "host:port")
        .contains(PREFIX + "time_to_life", "Did you mean \"" + PREFIX + "time_to_live\"?");
  }

  @Test
  @DisplayName("CFG-17 the faults of settings and of three entities come in one report; CFG-01")
  void allFaultsAtOnce() {
    String report =
        refusal(
            settings("servers", "127.0.0.1:1", "fill", "perhaps"),
            Misspelt.class,
            Twice.class,
            Lasting.class,
            Product.class,
            Shop.class);

    assertThat(report)
        .contains("Settings", "fill", "namespace is missing")
        .contains("Misspelt", "\"handel\"", "\"handle\"")
        .contains("Twice", "\"producType\"", "\"productType\"")
        .contains("Lasting", "for ever")
        .contains("5 problems");
  }

  @Test
  @DisplayName("CFG-16 CFG-17 four faulty methods: one report, each with what is allowed")
  void faultyRepository() {
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Product.class, Shop.class).start()) {
      assertThatThrownBy(() -> shop.repository(Faulty.class))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("4 problems")
          .hasMessageContaining("Product has no attribute \"handel\". Did you mean \"handle\"?")
          .hasMessageContaining("Product has no index on vendor")
          .hasMessageContaining("Indexed: handle; vendor + productType")
          .hasMessageContaining("takes handle as String, not long")
          .hasMessageContaining("returns List<Product>, not Product");
      assertThat(shop.ops()).isZero();
      assertThat(shop.queries()).isZero();
    }
  }

  @Test
  @DisplayName("CFG-19 without annotated entities nothing changes, and the store is left alone")
  void withoutCachedEntities() {
    try (TestDatabase database = TestDatabase.h2();
        MeteredStore store = new MeteredStore(new InProcessStore(1 << 20))) {
      Map<String, Object> settings = settings("namespace", "shop");
      settings.put(PREFIX + "store", store);
      SessionFactory factory = database.boot(settings, Plain.class);
      factory.inTransaction(
          session -> {
            Plain plain = new Plain();
            plain.id = 1L;
            session.persist(plain);
          });
      factory.inTransaction(session -> session.find(Plain.class, 1L).name = "changed");

      assertThat(database.statements()).hasSize(3);
      assertThat(store.count()).isZero();
      assertThatThrownBy(() -> HibernateIdentityCache.of(factory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("@CacheIndex");
    }
  }

  @Test
  @DisplayName("CFG-19 building metadata and starting a factory issue no SQL and no op")
  void startingIsSilent() {
    try (TestDatabase database = TestDatabase.h2();
        MeteredStore store = new MeteredStore(new InProcessStore(1 << 20))) {
      Map<String, Object> settings = settings("namespace", "shop");
      settings.put(PREFIX + "store", store);
      settings.put("hibernate.connection.datasource", database.dataSource());
      StandardServiceRegistry registry =
          new StandardServiceRegistryBuilder().applySettings(settings).build();
      try (SessionFactory factory =
          new MetadataSources(registry)
              .addAnnotatedClass(Product.class)
              .addAnnotatedClass(Shop.class)
              .buildMetadata()
              .buildSessionFactory()) {
        assertThat(HibernateIdentityCache.of(factory).isOn()).isTrue();
        // Hibernate's own look at the catalogue apart
        assertThat(database.statements()).allMatch(sql -> sql.contains("INFORMATION_SCHEMA"));
        assertThat(store.count()).isZero();
      }
    }
  }
}
