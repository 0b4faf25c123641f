package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.MappedSuperclass;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Place.class)
class PrimaryKeyTest {

  /** What all entities here have besides their keys. */
  @MappedSuperclass
  @CacheIndex(value = "code", unique = true)
  @CacheIndex("color")
  abstract static class Item {
    String code;
    String color = "red";
  }

  /** With an assigned key in a column that is not called id. */
  @Entity(name = "Numbered")
  static class Numbered extends Item {
    @Id
    @Column(name = "item_no")
    Long number;

    protected Numbered() {}

    Numbered(Long number) {
      this.number = number;
    }
  }

  /** A key of two parts. */
  @Embeddable
  static class Shelf implements Serializable {
    private static final long serialVersionUID = 1;
    String room;

    @Column(name = "shelf_row")
    int row;

    protected Shelf() {}

    Shelf(String room, int row) {
      this.room = room;
      this.row = row;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Shelf that && room.equals(that.room) && row == that.row;
    }

    @Override
    public int hashCode() {
      return Objects.hash(room, row);
    }
  }

  /** With an embedded key. */
  @Entity(name = "Shelved")
  static class Shelved extends Item {
    @EmbeddedId Shelf shelf;

    protected Shelved() {}

    Shelved(Shelf shelf) {
      this.shelf = shelf;
    }
  }

  /** The key of {@link Stored}. */
  static class StoredId implements Serializable {
    private static final long serialVersionUID = 1;
    String house;
    Integer place;

    protected StoredId() {}

    StoredId(String house, Integer place) {
      this.house = house;
      this.place = place;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof StoredId that && house.equals(that.house) && place.equals(that.place);
    }

    @Override
    public int hashCode() {
      return Objects.hash(house, place);
    }
  }

  /** With a key class. */
  @Entity(name = "Stored")
  @IdClass(StoredId.class)
  static class Stored extends Item {
    @Id String house;
    @Id Integer place;

    protected Stored() {}

    Stored(StoredId id) {
      this.house = id.house;
      this.place = id.place;
    }
  }

  /** With a UUID. */
  @Entity(name = "Universal")
  static class Universal extends Item {
    @Id UUID id;

    protected Universal() {}

    Universal(UUID id) {
      this.id = id;
    }
  }

  /** With a text. */
  @Entity(name = "Named")
  static class Named extends Item {
    @Id String name;

    protected Named() {}

    Named(String name) {
      this.name = name;
    }
  }

  interface Items<E, K> extends CacheRepository<E, K> {
    Optional<E> fetchByCode(String code);

    List<E> fetchByColor(String color);

    Map<String, E> fetchMultiByCode(Collection<String> codes);
  }

  interface NumberedItems extends Items<Numbered, Long> {}

  interface ShelvedItems extends Items<Shelved, Shelf> {}

  interface StoredItems extends Items<Stored, StoredId> {}

  interface UniversalItems extends Items<Universal, UUID> {}

  interface NamedItems extends Items<Named, String> {}

  private final TestApplication shop;

  PrimaryKeyTest(Place place) {
    shop =
        place.of(Numbered.class, Shelved.class, Stored.class, Universal.class, Named.class).start();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName("PK-01 an assigned key in a column that is not called id")
  void assignedKey() {
    List<Numbered> items = List.of(2L, 9L, 10L).stream().map(Numbered::new).toList();
    play(shop.repository(NumberedItems.class), items, i -> i.number, new Numbered(11L));
  }

  @Test
  @DisplayName("PK-01 an embedded key")
  void embeddedKey() {
    List<Shelved> items =
        List.of(new Shelf("a", 2), new Shelf("a", 10), new Shelf("a:2", 1)).stream()
            .map(Shelved::new)
            .toList();
    play(shop.repository(ShelvedItems.class), items, i -> i.shelf, new Shelved(new Shelf("b", 2)));
  }

  @Test
  @DisplayName("PK-01 a key class")
  void keyClass() {
    List<Stored> items =
        List.of(new StoredId("a", 2), new StoredId("a", 10), new StoredId("a/2", 1)).stream()
            .map(Stored::new)
            .toList();
    play(
        shop.repository(StoredItems.class),
        items,
        i -> new StoredId(i.house, i.place),
        new Stored(new StoredId("b", 2)));
  }

  @Test
  @DisplayName("PK-01 a UUID")
  void uuid() {
    List<Universal> items =
        List.of(1, 2, 3).stream().map(i -> new Universal(new UUID(i, i))).toList();
    play(
        shop.repository(UniversalItems.class),
        items,
        i -> i.id,
        new Universal(UUID.fromString("f0000000-0000-4000-8000-000000000001")));
  }

  @Test
  @DisplayName("PK-01 a text, with spaces, colons and more")
  void text() {
    List<Named> items =
        List.of("a: big /blue# 100%~", "b  c", "d:d:d").stream().map(Named::new).toList();
    play(shop.repository(NamedItems.class), items, i -> i.name, new Named("e e"));
  }

  /**
   * Three items in the order of their keys, and one without row.
   *
   * @param idOf gives an item's key
   */
  private <E extends Item, K> void play(
      Items<E, K> items, List<E> three, Function<E, K> idOf, E missing) {
    List<K> ids = three.stream().map(idOf).toList();
    for (int i = 2; i >= 0; i--) {
      E item = three.get(i);
      item.code = "code " + i;
      shop.inTransaction(session -> session.persist(item));
    }
    fetchesById(items, ids, idOf, missing);
    fetchesByIndex(items, ids, idOf);
    followsWrites(items, three, ids, idOf);
  }

  private <E extends Item, K> void fetchesById(
      Items<E, K> items, List<K> ids, Function<E, K> idOf, E missing) {
    List<K> asked = List.of(ids.get(2), idOf.apply(missing), ids.get(0), ids.get(1));
    shop.reset();
    assertThat(items.fetch(ids.get(0)).code).isEqualTo("code 0");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.ops()).isEqualTo(3);
    for (int round = 0; round < 2; round++) {
      shop.reset();
      assertThat(items.fetchMulti(asked))
          .extracting(idOf::apply)
          .containsExactly(ids.get(2), ids.get(0), ids.get(1));
      assertThat(shop.queries()).isEqualTo(1 - round);
    }
    assertThat(shop.ops()).isEqualTo(1);
    assertThat(items.fetchById(idOf.apply(missing))).isEmpty();
    assertThat(items.exists(ids.get(1))).isTrue();
    assertThat(shop.queries()).isZero();
    shop.inTransaction(
        session ->
            assertThat(items.fetchMulti(asked))
                .extracting(idOf::apply)
                .containsExactly(ids.get(2), ids.get(0), ids.get(1)));
  }

  private <E extends Item, K> void fetchesByIndex(
      Items<E, K> items, List<K> ids, Function<E, K> idOf) {
    for (int round = 0; round < 2; round++) {
      shop.reset();
      assertThat(items.fetchByCode("code 1")).map(idOf).hasValue(ids.get(1));
      assertThat(items.fetchByColor("red")).extracting(idOf::apply).isEqualTo(ids);
      assertThat(shop.queries()).isEqualTo(2 - 2 * round);
      shop.reset();
      assertThat(items.fetchMultiByCode(List.of("code 2", "none", "code 1")).keySet())
          .containsExactly("code 2", "code 1");
      assertThat(shop.queries()).isEqualTo(1 - round);
    }
    shop.inTransaction(
        session -> assertThat(items.fetchByColor("red")).extracting(idOf::apply).isEqualTo(ids));
  }

  private <E extends Item, K> void followsWrites(
      Items<E, K> items, List<E> three, List<K> ids, Function<E, K> idOf) {
    Class<?> type = three.get(0).getClass();
    shop.inTransaction(
        session -> {
          Item item = (Item) session.find(type, ids.get(0));
          item.code = "new";
          item.color = "blue";
          session.remove(session.find(type, ids.get(1)));
        });
    assertThat(items.fetch(ids.get(0)).code).isEqualTo("new");
    assertThat(items.fetchById(ids.get(1))).isEmpty();
    assertThat(items.fetchByCode("new")).map(idOf).hasValue(ids.get(0));
    assertThat(items.fetchByCode("code 0")).isEmpty();
    assertThat(items.fetchByCode("code 1")).isEmpty();
    assertThat(items.fetchByColor("red")).extracting(idOf::apply).containsExactly(ids.get(2));
    assertThat(items.fetchByColor("blue")).extracting(idOf::apply).containsExactly(ids.get(0));

    E again = items.fetch(ids.get(2));
    shop.database()
        .execute("update " + type.getSimpleName() + " set code = concat(code, ' behind')");
    items.invalidate(again);
    assertThat(items.fetch(ids.get(2)).code).endsWith(" behind");
    items.invalidateById(ids.get(0));
    assertThat(items.fetch(ids.get(0)).code).endsWith(" behind");
  }
}
