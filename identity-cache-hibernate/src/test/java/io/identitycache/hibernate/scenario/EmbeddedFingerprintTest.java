package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.SQLRestriction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Versions of what an entity embeds, and whether they read each other's entries. */
class EmbeddedFingerprintTest {

  /** The tree as it was. */
  static class Was {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @CacheEmbed
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;
    }
  }

  /** In other classes, with more that is not stored. */
  static class Same {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @OneToMany(mappedBy = "lamp")
      @CacheEmbed
      List<Bulb> bulbs;

      @Id Long id;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      Integer watts;
      @Id Long id;

      @Transient String remark;
    }
  }

  /** With a column more in the embedded row. */
  static class WithColumn {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @CacheEmbed
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;
      Integer volts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;
    }
  }

  /** In another order. */
  static class OtherOrder {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @OrderBy("watts desc")
      @CacheEmbed
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;
    }
  }

  /** In another kind of collection. */
  static class OtherKind {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @CacheEmbed
      Set<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;
    }
  }

  /** Restricted. */
  static class Restricted {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @SQLRestriction("watts > 10")
      @CacheEmbed
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;
    }
  }

  /** Two levels down, other elements. */
  static class OtherInside {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @CacheEmbed
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<Integer> uses;
    }
  }

  /** Two levels down, no longer embedded. */
  static class LessInside {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @CacheEmbed
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      Set<String> uses;
    }
  }

  /** Referenced instead of embedded. */
  static class Referenced {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      @CacheReference
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;
    }
  }

  /** Neither. */
  static class Unmarked {
    @Entity(name = "Lamp")
    @IdentityCached
    static class Lamp {
      @Id Long id;

      @OneToMany(mappedBy = "lamp")
      List<Bulb> bulbs;
    }

    @Entity(name = "Bulb")
    @IdentityCached
    static class Bulb {
      @Id Long id;
      Integer watts;

      @ManyToOne(fetch = FetchType.LAZY)
      Lamp lamp;

      @ElementCollection
      @CollectionTable(name = "uses", joinColumns = @JoinColumn(name = "bulb_id"))
      @CacheEmbed
      Set<String> uses;
    }
  }

  @Test
  @DisplayName(
      "KEY-05 the owner's fingerprint changes with whatever is stored below it, and only so")
  void ownersFingerprint_changesWithTheTree() {
    String was = ownersFingerprint(Was.class);
    assertThat(ownersFingerprint(Same.class)).isEqualTo(was);
    Map<String, String> versions = new HashMap<>(Map.of(was, "Was"));
    for (Class<?> version :
        List.of(
            WithColumn.class,
            OtherOrder.class,
            OtherKind.class,
            Restricted.class,
            OtherInside.class,
            LessInside.class,
            Referenced.class,
            Unmarked.class)) {
      assertThat(versions.put(ownersFingerprint(version), version.getSimpleName()))
          .as("has the fingerprint of " + version.getSimpleName())
          .isNull();
    }
  }

  private static String ownersFingerprint(Class<?> version) {
    Class<?>[] entities = version.getDeclaredClasses();
    Class<?> lamp =
        Arrays.stream(entities)
            .filter(e -> e.getSimpleName().equals("Lamp"))
            .findFirst()
            .orElseThrow();
    try (TestApplication shop = TestApplication.of(StoreKind.IN_PROCESS, entities).start()) {
      shop.cache().exists(lamp, 1);
      return shop.store().operations().get(0).keys().get(0).text().split(":")[3];
    }
  }

  /** What a deploy finds. */
  @Entity(name = "Shelf")
  @Table(name = "Shelf")
  @IdentityCached
  static class Shelf {
    @Id Long id;

    @OneToMany(mappedBy = "shelf")
    @OrderBy("id")
    @CacheEmbed
    List<Book> books;
  }

  @Entity(name = "Book")
  @Table(name = "Book")
  static class Book {
    @Id Long id;
    String title;

    @ManyToOne(fetch = FetchType.LAZY)
    Shelf shelf;
  }

  /** The next version's, where books are in another order and have pages. */
  @Entity(name = "Shelf")
  @Table(name = "Shelf")
  @IdentityCached
  static class NextShelf {
    @Id Long id;

    @OneToMany(mappedBy = "shelf")
    @OrderBy("pages")
    @CacheEmbed
    List<NextBook> books;
  }

  @Entity(name = "Book")
  @Table(name = "Book")
  static class NextBook {
    @Id Long id;
    String title;
    Integer pages;

    @ManyToOne(fetch = FetchType.LAZY)
    NextShelf shelf;
  }

  @Test
  @DisplayName("KEY-05 entries of the version before are not met: a counted miss, and the new tree")
  void entriesOfTheVersionBefore_areNotMet() {
    try (TestApplication before =
        TestApplication.of(StoreKind.MEMCACHED, Shelf.class, Book.class).start()) {
      before.database().execute("insert into Shelf (id) values (1)");
      before.database().execute("insert into Book (id, title, shelf_id) values (1, 'a', 1)");
      before.database().execute("insert into Book (id, title, shelf_id) values (2, 'b', 1)");
      assertThat(before.cache().fetch(Shelf.class, 1).books).hasSize(2);
      before.database().execute("alter table Book add column pages integer");
      before.database().execute("update Book set pages = 30 - 10 * id");

      try (TestApplication after = before.anotherVersion(NextShelf.class, NextBook.class)) {
        assertThat(after.cache().fetch(NextShelf.class, 1).books)
            .extracting(book -> book.title, book -> book.pages)
            .containsExactly(tuple("b", 10), tuple("a", 20));
        assertThat(after.count(Kind.MISS, "Shelf")).isEqualTo(1);
        assertThat(after.count(Kind.UNDECODABLE)).isZero();
      }
      before.reset();
      assertThat(before.cache().fetch(Shelf.class, 1).books)
          .extracting(book -> book.title)
          .containsExactly("a", "b");
      assertThat(before.count(Kind.HIT, "Shelf")).isEqualTo(1);
    }
  }
}
