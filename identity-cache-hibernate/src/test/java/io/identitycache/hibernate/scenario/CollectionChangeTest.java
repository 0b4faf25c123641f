package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.annotation.Include;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of which no row of an entity tells: only a collection of its has changed. */
@ParameterizedClass
@EnumSource(Place.class)
@TestInstance(Lifecycle.PER_CLASS)
class CollectionChangeTest {

  /** Without a version, so that no event but the collection's own tells of a change. */
  @Entity(name = "Basket")
  @IdentityCached
  static class Basket {
    @Id @GeneratedValue Long id;
    @ElementCollection @OrderColumn @CacheEmbed List<String> notes = new ArrayList<>();

    @ElementCollection
    @MapKeyColumn(name = "side")
    @CacheEmbed
    Map<String, Integer> sizes = new HashMap<>();

    @ManyToMany
    @JoinTable(name = "embedded_items")
    @CacheEmbed
    Set<Item> embedded = new HashSet<>();

    @ManyToMany
    @JoinTable(name = "referenced_items")
    @OrderColumn
    @CacheReference
    List<Item> referenced = new ArrayList<>();

    @OneToMany
    @JoinColumn(name = "embedded_in")
    @CacheEmbed
    Set<Item> embeddedByColumn = new HashSet<>();

    @OneToMany
    @JoinColumn(name = "referenced_by")
    @CacheReference
    Set<Item> referencedByColumn = new HashSet<>();

    /** All of it, as text; what has no order is sorted. */
    List<String> contents() {
      return List.of(
          "notes " + (notes == null ? List.of() : List.copyOf(notes)),
          "sizes " + new TreeMap<>(sizes == null ? Map.of() : sizes),
          "embedded " + new TreeSet<>(names(embedded)),
          "referenced " + names(referenced),
          "embedded by column " + new TreeSet<>(names(embeddedByColumn)),
          "referenced by column " + new TreeSet<>(names(referencedByColumn)));
    }

    private static List<String> names(java.util.Collection<Item> items) {
      return items == null ? List.of() : items.stream().map(item -> item.name).toList();
    }
  }

  @Entity(name = "Item")
  @IdentityCached
  static class Item {
    @Id @GeneratedValue Long id;
    String name;

    protected Item() {}

    Item(String name) {
      this.name = name;
    }
  }

  interface Baskets extends CacheRepository<Basket, Long> {
    @Override
    @Include({"referenced", "referencedByColumn"})
    Basket fetch(Long id);
  }

  @Parameter Place place;
  private TestApplication shop;
  private Baskets baskets;

  @BeforeParameterizedClassInvocation
  void start() {
    shop = place.of(Basket.class, Item.class).start();
    baskets = shop.repository(Baskets.class);
  }

  @AfterParameterizedClassInvocation
  void close() {
    shop.close();
  }

  private static Item item(Session session, String name) {
    Item item = new Item(name);
    session.persist(item);
    return item;
  }

  private Long persistBasket() {
    Basket basket = new Basket();
    shop.inTransaction(
        session -> {
          Collections.addAll(basket.notes, "a", "b");
          basket.sizes.putAll(Map.of("height", 1, "width", 2));
          Collections.addAll(basket.embedded, item(session, "e1"), item(session, "e2"));
          Collections.addAll(basket.referenced, item(session, "r1"), item(session, "r2"));
          Collections.addAll(basket.embeddedByColumn, item(session, "c1"), item(session, "c2"));
          Collections.addAll(basket.referencedByColumn, item(session, "d1"), item(session, "d2"));
          session.persist(basket);
        });
    return basket.id;
  }

  private static Map<String, BiConsumer<Session, Basket>> changes() {
    Map<String, BiConsumer<Session, Basket>> changes = new LinkedHashMap<>();
    changes.put("a value added", (session, basket) -> basket.notes.add("c"));
    changes.put("values reordered", (session, basket) -> Collections.swap(basket.notes, 0, 1));
    changes.put("a value removed", (session, basket) -> basket.notes.remove("a"));
    changes.put("values replaced", (session, basket) -> basket.notes = new ArrayList<>(List.of()));
    changes.put("a key put", (session, basket) -> basket.sizes.put("height", 7));
    changes.put("a map set to null", (session, basket) -> basket.sizes = null);
    changes.put("embedded: added", (session, b) -> b.embedded.add(item(session, "new")));
    changes.put("embedded: removed", (session, b) -> b.embedded.removeIf(i -> true));
    changes.put(
        "embedded: replaced",
        (session, basket) -> basket.embedded = new HashSet<>(Set.of(item(session, "other"))));
    changes.put("embedded: null", (session, basket) -> basket.embedded = null);
    changes.put("referenced: added", (session, b) -> b.referenced.add(item(session, "new")));
    changes.put("referenced: reordered", (session, b) -> Collections.swap(b.referenced, 0, 1));
    changes.put("referenced: removed", (session, basket) -> basket.referenced.remove(0));
    changes.put(
        "referenced: replaced",
        (session, basket) -> basket.referenced = new ArrayList<>(List.of(item(session, "other"))));
    changes.put("referenced: null", (session, basket) -> basket.referenced = null);
    changes.put("column: added", (session, b) -> b.embeddedByColumn.add(item(session, "new")));
    changes.put("column: removed", (session, basket) -> basket.embeddedByColumn.clear());
    changes.put(
        "column: replaced",
        (session, b) -> b.embeddedByColumn = new HashSet<>(Set.of(item(session, "other"))));
    changes.put("column: null", (session, basket) -> basket.embeddedByColumn = null);
    changes.put(
        "referencing column: added",
        (session, basket) -> basket.referencedByColumn.add(item(session, "new")));
    changes.put(
        "referencing column: removed", (session, basket) -> basket.referencedByColumn.clear());
    changes.put("referencing column: null", (session, basket) -> basket.referencedByColumn = null);
    return changes;
  }

  @Test
  @DisplayName("EXP-18 only a collection changes: its owner is invalidated, once, and nothing else")
  void onlyACollectionChanges_ownerIsInvalidated() {
    Long untouched = persistBasket();
    baskets.fetch(untouched);
    changes()
        .forEach(
            (name, change) -> {
              Long id = persistBasket();
              baskets.fetch(id);
              shop.reset();
              shop.inTransaction(session -> change.accept(session, session.find(Basket.class, id)));
              assertThat(shop.store().count(MeteredStore.Kind.DELETE)).as(name).isEqualTo(1);
              assertThat(shop.count(Kind.INVALIDATION_SENT, "Basket")).as(name).isEqualTo(1);

              List<String> now =
                  shop.fromTransaction(session -> session.find(Basket.class, id).contents());
              assertThat(baskets.fetch(id).contents()).as(name).isEqualTo(now);
              assertThat(baskets.fetch(id).contents()).as(name).isEqualTo(now);
            });
    shop.reset();
    baskets.fetch(untouched);
    assertThat(shop.foregroundQueries()).isZero();
  }

  @Test
  @DisplayName("EXP-18 a collection that is rolled back leaves the owner's entry a hit")
  void collectionRolledBack_leavesTheEntry() {
    Long id = persistBasket();
    List<String> before = baskets.fetch(id).contents();
    changes()
        .forEach(
            (name, change) -> {
              shop.reset();
              shop.inTransaction(
                  session -> {
                    change.accept(session, session.find(Basket.class, id));
                    session.flush();
                    session.getTransaction().markRollbackOnly();
                  });
              assertThat(shop.ops()).as(name).isZero();
            });
    shop.reset();
    assertThat(baskets.fetch(id).contents()).isEqualTo(before);
    assertThat(shop.foregroundQueries()).isZero();
    assertThat(Hibernate.isInitialized(baskets.fetchById(id).orElseThrow().referenced)).isFalse();
  }
}
