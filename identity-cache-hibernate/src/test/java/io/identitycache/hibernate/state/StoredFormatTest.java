package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.IdentityCached;
import io.identitycache.entry.CacheEntry;
import io.identitycache.entry.LeaseToken;
import io.identitycache.hibernate.mappings.Associations;
import io.identitycache.hibernate.mappings.Behaviours;
import io.identitycache.hibernate.mappings.Composites;
import io.identitycache.hibernate.mappings.Hierarchies;
import io.identitycache.hibernate.mappings.Identities;
import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.hibernate.mappings.SampleRows;
import io.identitycache.hibernate.mappings.TreeRows;
import io.identitycache.hibernate.mappings.Trees;
import io.identitycache.key.CacheKey;
import io.identitycache.validation.Problems;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pins the bytes that {@code docs/stored-format.md} describes. */
class StoredFormatTest {

  private static final List<Class<?>> SAMPLED =
      List.of(
          Associations.Product.class,
          Behaviours.Deletable.class,
          Composites.House.class,
          Hierarchies.Payment.class,
          Hierarchies.Vehicle.class,
          Identities.ByRecord.class,
          Identities.Line.class,
          Identities.Slot.class,
          Dated.class);

  /** Dates that look the same in every time zone. */
  @Entity(name = "Dated")
  @IdentityCached
  static class Dated {
    @Id Long id;
    LocalDate day;
    LocalTime time;
    LocalDateTime dayAndTime;
    Instant moment;
  }

  @Test
  @DisplayName("SER-01 the stored bytes are those of this format version")
  void storedBytes_areThoseOfThisFormat() {
    Map<String, String> samples = new TreeMap<>();
    try (SessionFactoryImplementor factory = MappedDatabase.H2.factory(withDates(), Map.of())) {
      factory.inTransaction(SampleRows::persist);
      factory.inTransaction(StoredFormatTest::persistDates);
      SAMPLED.forEach(entity -> addRows(entity, factory, samples));
    }
    addTrees(samples);
    addEntries(samples);
    List<String> lines = new ArrayList<>();
    samples.forEach((name, hex) -> lines.add(name + " " + hex));
    write(lines);
    assertThat(lines)
        .as(
            "The bytes that are stored have changed. Raise CacheEntry.FORMAT, describe the change"
                + " in docs/stored-format.md and commit the new samples: copy target/%1$s to"
                + " src/test/resources/%1$s",
            fileName())
        .isEqualTo(committed());
  }

  private static List<Class<?>> withDates() {
    List<Class<?>> entities = new ArrayList<>(SampleRows.ENTITIES);
    entities.add(Dated.class);
    return entities;
  }

  private static void persistDates(Session session) {
    Dated dated = new Dated();
    dated.id = 1L;
    dated.day = LocalDate.of(2024, 2, 29);
    dated.time = LocalTime.of(23, 59, 58);
    dated.dayAndTime = LocalDateTime.of(1969, 12, 31, 23, 59, 58, 123_456_000);
    dated.moment = Instant.parse("2026-03-29T01:30:00.000001Z");
    session.persist(dated);
    Dated undated = new Dated();
    undated.id = 2L;
    session.persist(undated);
  }

  private static void addRows(
      Class<?> entity, SessionFactoryImplementor factory, Map<String, String> samples) {
    EntityPersister persister =
        factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(entity);
    EntityStates states = Plans.of(persister, factory, new Problems());
    factory.inSession(
        session ->
            session
                .createSelectionQuery("from " + states.identifiers().entityName(), Object.class)
                .getResultList()
                .forEach(
                    row -> {
                      Object id = session.getIdentifier(row);
                      String name =
                          Hibernate.getClass(row).getSimpleName()
                              + states.identifiers().parts(id).toString().replace(' ', '_');
                      byte[] state =
                          states
                              .dehydrate(row, (SessionImplementor) session, LoadedReferences.NONE)
                              .content();
                      samples.put(name, HexFormat.of().formatHex(state));
                      byte[] ids = states.identifiers().listCodec().encode(List.of(id, id));
                      samples.put(name + "_twice", HexFormat.of().formatHex(ids));
                    }));
  }

  private static void addTrees(Map<String, String> samples) {
    try (SessionFactoryImplementor factory = MappedDatabase.H2.factory(Trees.ENTITIES, Map.of())) {
      factory.inTransaction(TreeRows::persist);
      EntityStates states =
          Plans.annotated(factory, new Problems())
              .statesOf(factory.getMappingMetamodel().getEntityDescriptor(Trees.Catalog.class));
      for (long id = 1; id <= 2; id++) {
        byte[] state = LoadedTrees.dehydrate(id, factory, states).content();
        samples.put("Catalog[" + id + "]", HexFormat.of().formatHex(state));
      }
    }
  }

  private static void addEntries(Map<String, String> samples) {
    CacheKey key = new CacheKey("test:1:Sample:fingerprint:1");
    samples.put("entry_value", hex(new CacheEntry.Value(new byte[] {1, 2, 3}), key));
    samples.put("entry_absence", hex(new CacheEntry.Absence(), key));
    samples.put("entry_lease", hex(new CacheEntry.Lease(new LeaseToken(1, -1)), key));
  }

  private static String hex(CacheEntry entry, CacheKey key) {
    return HexFormat.of().formatHex(entry.encode(key));
  }

  private static String fileName() {
    return "stored-format-" + CacheEntry.FORMAT + ".hex";
  }

  private static void write(List<String> lines) {
    try {
      Files.write(Path.of("target", fileName()), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> committed() {
    try (InputStream in = StoredFormatTest.class.getResourceAsStream("/" + fileName())) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
