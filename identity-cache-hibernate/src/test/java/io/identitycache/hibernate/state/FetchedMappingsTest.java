package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.IdentityCache;
import io.identitycache.annotation.CacheAttribute;
import io.identitycache.entry.CacheEntry;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.mappings.Basics;
import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.hibernate.mappings.SampleRows;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.store.Swap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hibernate.Hibernate;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of {@link SampleRows}, fetched through the cache, whatever the store holds. */
@ParameterizedClass(name = "{0}, {1}")
@CsvSource({"IN_PROCESS, H2", "MEMCACHED, H2", "MEMCACHED, POSTGRESQL"})
@TestInstance(Lifecycle.PER_CLASS)
class FetchedMappingsTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  /** A row, of a class that may be below the one it is fetched by. */
  private record Row(Class<?> fetched, Class<?> type, Object id) {}

  @Parameter(0)
  StoreKind store;

  @Parameter(1)
  MappedDatabase database;

  private TestApplication application;
  private IdentityCache cache;
  private final List<Row> rows = new ArrayList<>();
  private final Random random = new Random(42);

  @BeforeParameterizedClassInvocation
  void start() {
    TestApplication.Builder builder =
        TestApplication.of(store, SampleRows.ENTITIES.toArray(Class[]::new))
            .withAll(MappedDatabase.SETTINGS);
    application = (database == MappedDatabase.H2 ? builder : builder.onPostgres()).start();
    cache = application.cache();
    application.inTransaction(SampleRows::persist);
    rows.clear();
    SampleRows.ENTITIES.forEach(this::addRows);
  }

  @AfterParameterizedClassInvocation
  void close() {
    application.close();
  }

  private void addRows(Class<?> entity) {
    EntityPersister persister =
        application.factory().getMappingMetamodel().getEntityDescriptor(entity);
    if (!persister.getRootEntityName().equals(entity.getName())) {
      return;
    }
    rows.addAll(
        application.fromReadOnlyTransaction(
            session ->
                session
                    .createSelectionQuery(
                        "from " + EntityNames.of(persister, application.factory()), Object.class)
                    .getResultList()
                    .stream()
                    .map(
                        row -> new Row(entity, Hibernate.getClass(row), session.getIdentifier(row)))
                    .toList()));
  }

  @Test
  @DisplayName(
      "SER-07 every mapping, cold and warm, equals what find gives, attribute by attribute")
  void fetchedInstance_coldAndWarm_equalsTheFoundOne() {
    for (Row row : rows) {
      cache.invalidateById(row.fetched(), row.id());
      application.reset();

      Object fetched = cache.fetch(row.fetched(), row.id());

      assertThat(application.queries()).as("%s", row).isEqualTo(1);
      assertThat(application.count(Kind.MISS)).as("%s", row).isEqualTo(1);
      assertFound(row, fetched);

      assertHit(row);
    }
  }

  @Test
  @DisplayName("SER-07 the same for many at once: 1 query cold, none warm")
  void fetchedInstances_coldAndWarm_equalTheFoundOnes() {
    for (Class<?> entity : SampleRows.ENTITIES) {
      List<Row> ofEntity = rows.stream().filter(row -> row.fetched() == entity).toList();
      if (!ofEntity.isEmpty()) {
        ofEntity.forEach(row -> cache.invalidateById(entity, row.id()));
        assertFound(entity, ofEntity, Kind.MISS, 1);
        assertFound(entity, ofEntity, Kind.HIT, 0);
      }
    }
  }

  private void assertFound(Class<?> entity, List<Row> ofEntity, Kind kind, int queries) {
    application.reset();
    List<?> fetched = cache.fetchMulti(entity, ofEntity.stream().map(Row::id).toList());
    assertThat(application.queries()).as("%s", entity).isEqualTo(queries);
    assertThat(application.count(kind)).as("%s", entity).isEqualTo(ofEntity.size());
    assertThat(fetched).hasSameSizeAs(ofEntity);
    for (int i = 0; i < fetched.size(); i++) {
      assertFound(ofEntity.get(i), fetched.get(i));
    }
  }

  /** What may have become of an entry. */
  enum Damage {
    TRUNCATED,
    NOISE,
    ENTRY_OF_ANOTHER_ROW,
    CONTENT_TRUNCATED,
    CONTENT_OF_ANOTHER_ROW,
    JAVA_SERIALIZED
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SER-05 a damaged entry of any mapping is a counted miss, replaced, and then a hit")
  void damagedEntry_isAMissAndReplaced(Damage damage) {
    Map<Row, CacheKey> keys = new HashMap<>();
    Map<Row, byte[]> entries = new HashMap<>();
    fillAll(keys, entries);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Row other = rows.get((i + 1) % rows.size());
      CacheKey key = keys.get(row);
      byte[] damaged =
          switch (damage) {
            case TRUNCATED -> truncated(entries.get(row));
            case NOISE -> noise();
            case ENTRY_OF_ANOTHER_ROW -> entries.get(other);
            case CONTENT_TRUNCATED -> entry(key, truncated(content(keys, entries, row)));
            case CONTENT_OF_ANOTHER_ROW -> entry(key, content(keys, entries, other));
            case JAVA_SERIALIZED -> serialized();
          };
      application.faults().swap(List.of(new Swap(key, entries.get(row), damaged, LONG)));
      application.reset();

      Object fetched = cache.fetch(row.fetched(), row.id());

      assertThat(application.queries()).as("%s", row).isEqualTo(1);
      assertThat(application.count(Kind.UNDECODABLE)).as("%s", row).isEqualTo(1);
      assertThat(application.count(Kind.MISS)).as("%s", row).isEqualTo(1);
      assertThat(application.count(Kind.FILL)).as("%s", row).isEqualTo(1);
      assertFound(row, fetched);
      assertHit(row);
    }
  }

  @Test
  @DisplayName("KEY-06 an entry of any mapping under an old fingerprint is not met: a counted miss")
  void entryUnderAnOldFingerprint_isAMiss() {
    Map<Row, CacheKey> keys = new HashMap<>();
    Map<Row, byte[]> entries = new HashMap<>();
    fillAll(keys, entries);
    for (Row row : rows) {
      CacheKey key = keys.get(row);
      CacheKey old = withFingerprint(key, "AnOldOne-11");
      byte[] stored = entry(old, content(keys, entries, row));
      application.faults().swap(List.of(Swap.add(old, stored, LONG)));
      application.faults().delete(List.of(key));
      application.reset();

      Object fetched = cache.fetch(row.fetched(), row.id());

      assertThat(application.queries()).as("%s", row).isEqualTo(1);
      assertThat(application.count(Kind.MISS)).as("%s", row).isEqualTo(1);
      assertThat(application.count(Kind.UNDECODABLE)).as("%s", row).isZero();
      assertThat(application.faults().read(List.of(old)).found().get(old)).isEqualTo(stored);
      assertFound(row, fetched);
      assertHit(row);
    }
  }

  /** Keys read namespace, format, entity, fingerprint and values. */
  private static CacheKey withFingerprint(CacheKey key, String fingerprint) {
    String[] parts = key.text().split(":", 5);
    parts[3] = fingerprint;
    return new CacheKey(String.join(":", parts));
  }

  private void fillAll(Map<Row, CacheKey> keys, Map<Row, byte[]> entries) {
    for (Row row : rows) {
      cache.fetch(row.fetched(), row.id());
      application.reset();
      cache.fetch(row.fetched(), row.id());
      CacheKey key = application.store().operations().get(0).keys().get(0);
      keys.put(row, key);
      entries.put(row, application.faults().read(List.of(key)).found().get(key));
    }
  }

  private byte[] truncated(byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(500)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] content(Map<Row, CacheKey> keys, Map<Row, byte[]> entries, Row row) {
    return ((CacheEntry.Value) CacheEntry.decode(keys.get(row), entries.get(row))).content();
  }

  private static byte[] entry(CacheKey key, byte[] content) {
    return new CacheEntry.Value(content).encode(key);
  }

  private static byte[] serialized() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new HashMap<>(Map.of("id", 1L)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(classes = {Basics.Scalars.class, Basics.Times.class, Basics.Arrays.class})
  @DisplayName("Cached attributes of every type are those of the found instance")
  void fetchedAttribute_coldAndWarm_equalsTheFoundOne(Class<?> entity) throws Exception {
    for (Row row : rows.stream().filter(row -> row.type() == entity).toList()) {
      Object found = application.fromReadOnlyTransaction(s -> s.find(entity, row.id()));
      for (Field field : entity.getFields()) {
        if (field.isAnnotationPresent(CacheAttribute.class)) {
          Object expected = field.get(found);
          assertAttribute(row, field.getName(), expected);
          application.reset();
          assertAttribute(row, field.getName(), expected);
          assertThat(application.queries()).as(field.getName()).isZero();
        }
      }
    }
  }

  private void assertAttribute(Row row, String attribute, Object expected) {
    Optional<Object> fetched = cache.fetchAttributeById(row.fetched(), attribute, row.id());
    if (expected == null) {
      assertThat(fetched).as(attribute).isEmpty();
    } else {
      assertThat(fetched.orElse(null)).as(attribute).hasSameClassAs(expected).isEqualTo(expected);
    }
  }

  private void assertHit(Row row) {
    application.reset();
    Object fetched = cache.fetch(row.fetched(), row.id());
    assertThat(application.queries()).as("%s", row).isZero();
    assertThat(application.count(Kind.HIT)).as("%s", row).isEqualTo(1);
    assertFound(row, fetched);
  }

  private void assertFound(Row row, Object fetched) {
    application.fromReadOnlyTransaction(
        session -> {
          Comparison.assertSame(session.find(row.type(), row.id()), fetched, application.factory());
          return null;
        });
  }
}
