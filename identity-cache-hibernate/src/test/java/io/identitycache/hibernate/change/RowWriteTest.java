package io.identitycache.hibernate.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.change.RowWrite.Kind;
import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappingReader;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.invalidation.AffectedRows;
import io.identitycache.key.CacheKey;
import io.identitycache.validation.Problems;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a written row says of its owners, from its states alone. */
class RowWriteTest {

  private static final Object UNFETCHED = LazyPropertyInitializer.UNFETCHED_PROPERTY;

  /** Embeds lids, holds the ids of stickers, and embeds screws that do not know it. */
  @Entity(name = "Box")
  @IdentityCached
  static class Box {
    @Id Long id;

    @CacheEmbed
    @OneToMany(mappedBy = "box")
    List<Lid> lids = new ArrayList<>();

    @CacheReference
    @OneToMany(mappedBy = "box")
    @OrderBy("place")
    List<Sticker> stickers = new ArrayList<>();

    @CacheEmbed
    @OneToMany
    @JoinColumn(name = "box_id")
    List<Screw> screws = new ArrayList<>();
  }

  /** Embedded, with the foreign key. */
  @Entity(name = "Lid")
  static class Lid {
    @Id Long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Box box;
  }

  /** Referenced, with the foreign key. */
  @Entity(name = "Sticker")
  @IdentityCached
  static class Sticker {
    @Id Long id;
    String name;
    int place;

    @ManyToOne(fetch = FetchType.LAZY)
    Box box;
  }

  /** Embedded; only a query finds its box. */
  @Entity(name = "Screw")
  static class Screw {
    @Id Long id;
    String name;
  }

  private static SessionFactoryImplementor factory;
  private static MappedEntities entities;

  @BeforeAll
  static void read() {
    try (TestDatabase database = TestDatabase.h2()) {
      factory = database.boot(Box.class, Lid.class, Sticker.class, Screw.class);
      Problems problems = new Problems();
      entities = MappingReader.read(factory, "shop", Duration.ofDays(1), problems);
      problems.throwIfAny();
    }
  }

  private static EntityPersister persister(Class<?> type) {
    return factory.getMappingMetamodel().getEntityDescriptor(type);
  }

  private static Box box(long id) {
    Box box = new Box();
    box.id = id;
    return box;
  }

  /** A row's state of which only the association to its box is of interest. */
  private static Object[] of(Class<?> type, Object box) {
    Object[] state = new Object[persister(type).getPropertyNames().length];
    int position = position(type, "box");
    state[position] = box;
    return state;
  }

  private static int position(Class<?> type, String name) {
    return Arrays.asList(persister(type).getPropertyNames()).indexOf(name);
  }

  private static AffectedRows affected(
      Kind kind, Class<?> type, Object[] before, Object[] after, int... dirty) {
    AffectedRows affected = new AffectedRows(entities.associations().graph());
    new RowWrite(kind, persister(type), 7L, before, after, dirty.length == 0 ? null : dirty)
        .addOwners(entities.associations().to(persister(type)), null, affected);
    return affected;
  }

  private static List<String> boxes(AffectedRows affected) {
    return affected.keys().keys().stream()
        .map(CacheKey::text)
        .map(key -> key.replaceFirst("shop:[^:]*:Box:[^:]*:", ""))
        .sorted()
        .toList();
  }

  @Test
  @DisplayName("Foreign keys before and after are owners; nobody is asked for")
  void foreignKeys_areOwners() {
    Object[] in1 = of(Lid.class, box(1));
    Object[] in2 = of(Lid.class, box(2));
    assertThat(boxes(affected(Kind.INSERT, Lid.class, null, in1))).containsExactly("1");
    assertThat(boxes(affected(Kind.UPDATE, Lid.class, in1, in2))).containsExactly("1", "2");
    assertThat(boxes(affected(Kind.UPSERT, Lid.class, null, in2))).containsExactly("2");
    assertThat(boxes(affected(Kind.DELETE, Lid.class, in1, null))).containsExactly("1");
    assertThat(affected(Kind.UPDATE, Lid.class, in1, in2).needsSearch()).isFalse();
    assertThat(affected(Kind.UPDATE, Lid.class, of(Lid.class, null), of(Lid.class, null)).isEmpty())
        .isTrue();
  }

  @Test
  @DisplayName("A snapshot has the owner's id where an instance has the owner")
  void idsInSnapshots_areOwners() {
    assertThat(boxes(affected(Kind.UPDATE, Lid.class, of(Lid.class, 1L), of(Lid.class, box(2)))))
        .containsExactly("1", "2");
  }

  @Test
  @DisplayName("A foreign key that is not loaded: the other state tells, or the database is asked")
  void unfetchedForeignKey_isAskedFor() {
    Object[] unfetched = of(Lid.class, UNFETCHED);
    assertThat(boxes(affected(Kind.UPDATE, Lid.class, of(Lid.class, box(1)), unfetched)))
        .containsExactly("1");
    AffectedRows unknown = affected(Kind.UPDATE, Lid.class, unfetched, unfetched);
    assertThat(boxes(unknown)).isEmpty();
    assertThat(unknown.needsSearch()).isTrue();
    assertThat(affected(Kind.DELETE, Lid.class, unfetched, null).isEmpty())
        .as("was asked for before")
        .isTrue();
  }

  @Test
  @DisplayName("Without a foreign key in the row: asked for, unless it has come or gone")
  void noForeignKey_isAskedFor() {
    Object[] state = new Object[persister(Screw.class).getPropertyNames().length];
    assertThat(affected(Kind.UPDATE, Screw.class, state, state).needsSearch()).isTrue();
    assertThat(affected(Kind.UPSERT, Screw.class, null, state).needsSearch()).isTrue();
    assertThat(affected(Kind.INSERT, Screw.class, null, state).isEmpty()).isTrue();
    assertThat(affected(Kind.DELETE, Screw.class, state, null).isEmpty()).isTrue();
  }

  @Test
  @DisplayName("PAR-08 a referenced row: by its order and its owner, not by its other columns")
  void referencedRow_affectsOwnersByOrderAndOwner() {
    Object[] in1 = of(Sticker.class, box(1));
    int name = position(Sticker.class, "name");
    assertThat(affected(Kind.UPDATE, Sticker.class, in1, in1, name).isEmpty()).isTrue();
    for (String attribute : List.of("place", "box")) {
      int position = position(Sticker.class, attribute);
      assertThat(boxes(affected(Kind.UPDATE, Sticker.class, in1, in1, name, position)))
          .containsExactly("1");
    }
    assertThat(boxes(affected(Kind.UPDATE, Sticker.class, in1, in1)))
        .as("what has changed is not known")
        .containsExactly("1");
  }
}
