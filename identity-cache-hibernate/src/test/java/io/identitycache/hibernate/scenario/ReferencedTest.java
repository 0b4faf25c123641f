package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKey;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Of what only the ids are kept in its owner's entry, and which is asked for afterwards. */
@ParameterizedClass
@EnumSource(Place.class)
@TestInstance(Lifecycle.PER_CLASS)
class ReferencedTest {

  @Entity(name = "Product")
  @IdentityCached
  static class Product {
    @Id @GeneratedValue Long id;
    String title;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Shop shop;

    @OneToMany(mappedBy = "product", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position desc")
    @CacheReference
    List<Variant> variants = new ArrayList<>();

    protected Product() {}

    Product(String title, String... variants) {
      this.title = title;
      for (String variant : variants) {
        add(variant);
      }
    }

    void add(String variant) {
      Variant added = new Variant();
      added.product = this;
      added.label = variant;
      added.position = variants.size();
      variants.add(added);
    }

    Shop getShop() {
      return shop;
    }
  }

  @Entity(name = "Variant")
  @IdentityCached
  static class Variant {
    @Id @GeneratedValue Long id;
    String label;
    int position;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;
  }

  /** One of every other kind of reference. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class Lamp {
    @Id @GeneratedValue Long id;

    @OneToOne(mappedBy = "lamp", fetch = FetchType.LAZY)
    @CacheReference
    Manual manual;

    @ManyToMany @OrderColumn @CacheReference List<Bulb> bulbs = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "spares")
    @CacheReference
    Set<Bulb> spares = new HashSet<>();

    @ManyToMany
    @JoinTable(name = "bulbs_by_watts")
    @MapKey(name = "watts")
    @CacheReference
    Map<Integer, Bulb> byWatts = new HashMap<>();
  }

  @Entity(name = "Manual")
  @IdentityCached
  static class Manual {
    @Id @GeneratedValue Long id;
    String text;

    @OneToOne(fetch = FetchType.LAZY)
    Lamp lamp;
  }

  @Entity(name = "Bulb")
  @IdentityCached
  static class Bulb {
    @Id @GeneratedValue Long id;
    int watts;

    protected Bulb() {}

    Bulb(int watts) {
      this.watts = watts;
    }
  }

  /** Whose associations are eager, as a to-one is if nothing is said. */
  @Entity(name = "Stall")
  @IdentityCached
  static class Stall {
    @Id @GeneratedValue Long id;
    @ManyToOne @CacheReference Shop shop;

    @ManyToMany(fetch = FetchType.EAGER)
    @OrderBy("watts")
    @CacheReference
    List<Bulb> bulbs = new ArrayList<>();
  }

  interface Products extends CacheRepository<Product, Long> {
    List<Variant> fetchVariants(Product product);

    Optional<Shop> fetchShop(Product product);
  }

  interface Lamps extends CacheRepository<Lamp, Long> {
    Optional<Manual> fetchManual(Lamp lamp);

    List<Bulb> fetchBulbs(Lamp lamp);
  }

  interface Stalls extends CacheRepository<Stall, Long> {}

  @Parameter Place place;

  private TestApplication shop;
  private Products products;
  private Lamps lamps;
  private Stalls stalls;

  @BeforeParameterizedClassInvocation
  void start() {
    shop =
        place
            .of(
                Product.class,
                Variant.class,
                Shop.class,
                Lamp.class,
                Manual.class,
                Bulb.class,
                Stall.class)
            .start();
    products = shop.repository(Products.class);
    lamps = shop.repository(Lamps.class);
    stalls = shop.repository(Stalls.class);
  }

  @AfterParameterizedClassInvocation
  void close() {
    shop.close();
  }

  private <T> T persisted(T entity) {
    shop.inTransaction(session -> session.persist(entity));
    shop.reset();
    return entity;
  }

  private static List<String> labels(List<Variant> variants) {
    return variants.stream().map(variant -> variant.label).toList();
  }

  private void assertCost(int queries, int ops) {
    assertThat(shop.database().foregroundStatements()).hasSize(queries);
    assertThat(shop.store().operations()).hasSize(ops);
    shop.reset();
  }

  @Test
  @DisplayName("IDA-01 cold: two owners in 2 queries; the ids in order, and no row of the variants")
  void cold_onlyTheIdsAreLoaded() {
    Product tea = persisted(new Product("tea", "bags", "tin", "loose"));
    Product mug = persisted(new Product("mug", "small", "large"));

    List<Product> cold = products.fetchMulti(List.of(mug.id, tea.id));
    assertThat(shop.database().foregroundStatements())
        .hasSize(2)
        .noneMatch(sql -> sql.contains("label"), "reads rows of variants");
    assertCost(2, 3);
    assertThat(cold).allMatch(product -> !Hibernate.isInitialized(product.variants));

    shop.database().execute("update Variant set position = -position");
    Product warm = products.fetch(tea.id);
    assertCost(0, 1);
    assertThat(labels(products.fetchVariants(warm))).containsExactly("loose", "tin", "bags");
    // of the variants, one query
    assertCost(1, 3);
  }

  @Test
  @DisplayName("IDA-05 warm: 0 queries and 2 store reads for any number of variants")
  void warm_isTwoReads() {
    Product tea = new Product("tea");
    for (int i = 0; i < 40; i++) {
      tea.add("variant " + i);
    }
    persisted(tea);
    for (int time = 0; time < 2; time++) {
      shop.reset();
      Product fetched = products.fetch(tea.id);
      List<Variant> variants = products.fetchVariants(fetched);
      assertThat(variants).hasSize(40);
      assertThat(variants.get(0).label).isEqualTo("variant 39");
      assertThat(variants).allMatch(variant -> variant.product != null);
    }
    assertThat(shop.store().count(MeteredStore.Kind.READ)).isEqualTo(2);
    assertCost(0, 2);
  }

  @Test
  @DisplayName("IDA-06 in a read-write transaction: 0 ops, a query, and the transaction's own view")
  void inATransaction_theSessionAnswers() {
    Product tea = persisted(new Product("tea", "bags", "tin"));
    Shop owner = persisted(new Shop("Berta's"));
    products.fetchVariants(products.fetch(tea.id));

    shop.inTransaction(
        session -> {
          Product found = session.find(Product.class, tea.id);
          shop.reset();
          List<Variant> variants = products.fetchVariants(found);
          assertCost(1, 0);
          assertThat(labels(variants)).containsExactly("tin", "bags");
          assertThat(variants).allMatch(session::contains);
          assertThat(products.fetchShop(found)).isEmpty();
          assertCost(0, 0);

          found.add("loose");
          found.shop = session.getReference(Shop.class, owner.getId());
          assertThat(labels(products.fetchVariants(found))).contains("loose", "tin", "bags");
          assertCost(0, 0);
          assertThat(products.fetchShop(found)).get().extracting(s -> s.name).isEqualTo("Berta's");
          assertCost(1, 0);
        });
    Product after = products.fetch(tea.id);
    assertThat(labels(products.fetchVariants(after))).containsExactly("loose", "tin", "bags");
  }

  @Test
  @DisplayName("IDA-09 none is an empty list or empty; an id whose row is gone is left out")
  void none_isEmpty() {
    Product bare = persisted(new Product("bare"));
    Lamp dark = persisted(new Lamp());
    for (int time = 0; time < 2; time++) {
      products.fetch(bare.id);
      lamps.fetch(dark.id);
    }
    shop.reset();
    assertThat(products.fetchVariants(products.fetch(bare.id))).isEmpty();
    assertThat(lamps.fetchManual(lamps.fetch(dark.id))).isEmpty();
    assertThat(lamps.fetchBulbs(lamps.fetch(dark.id))).isEmpty();
    assertCost(0, 3);

    Product tea = persisted(new Product("tea", "bags", "tin", "loose"));
    Product fetched = products.fetch(tea.id);
    shop.database().execute("delete from Variant where label = 'tin'");
    assertThat(labels(products.fetchVariants(fetched))).containsExactly("loose", "bags");
    assertThat(labels(products.fetchVariants(products.fetch(tea.id))))
        .containsExactly("loose", "bags");
  }

  @Test
  @DisplayName("IDA-05 lists with an order column, sets, maps and inverse one-to-ones")
  void otherKinds_areReferencedToo() {
    Lamp lamp = new Lamp();
    Manual manual = new Manual();
    manual.text = "Screw it in";
    manual.lamp = lamp;
    List<Bulb> bulbs = List.of(new Bulb(100), new Bulb(40), new Bulb(60));
    shop.inTransaction(
        session -> {
          bulbs.forEach(session::persist);
          lamp.bulbs.addAll(bulbs);
          lamp.spares.addAll(bulbs.subList(0, 2));
          bulbs.forEach(bulb -> lamp.byWatts.put(bulb.watts, bulb));
          session.persist(lamp);
          session.persist(manual);
        });

    for (int time = 0; time < 2; time++) {
      shop.reset();
      Lamp fetched = lamps.fetch(lamp.id);
      assertThat(lamps.fetchManual(fetched)).get().extracting(m -> m.text).isEqualTo(manual.text);
      assertThat(lamps.fetchBulbs(fetched)).extracting(b -> b.watts).containsExactly(100, 40, 60);
    }
    assertCost(0, 3);
  }

  @Test
  @DisplayName("IDA-05 eager references are resolved with every fetch, all in one further read")
  void eagerReferences_areResolved() {
    Stall first = new Stall();
    Stall second = new Stall();
    Stall empty = new Stall();
    shop.inTransaction(
        session -> {
          Shop owner = new Shop("Berta's");
          List<Bulb> bulbs = List.of(new Bulb(100), new Bulb(40));
          session.persist(owner);
          bulbs.forEach(session::persist);
          first.shop = owner;
          second.shop = owner;
          first.bulbs.addAll(bulbs);
          second.bulbs.add(bulbs.get(0));
          List.of(first, second, empty).forEach(session::persist);
        });
    for (int time = 0; time < 2; time++) {
      shop.reset();
      List<Stall> fetched = stalls.fetchMulti(List.of(first.id, second.id, empty.id));
      assertThat(fetched.get(0).shop.getName()).isEqualTo("Berta's");
      assertThat(fetched.get(1).shop).isSameAs(fetched.get(0).shop);
      assertThat(fetched.get(0).bulbs).extracting(b -> b.watts).containsExactly(40, 100);
      assertThat(fetched.get(1).bulbs.get(0)).isSameAs(fetched.get(0).bulbs.get(1));
      assertThat(fetched.get(2).shop).isNull();
      assertThat(fetched.get(2).bulbs).isEmpty();
    }
    assertCost(0, 2);
    stalls.fetch(empty.id);
    assertCost(0, 1);
  }

  @Test
  @DisplayName("BEL-01 a shop has its own entry: warm 1 op; its id is there for nothing")
  void toOne_usesItsOwnEntry() {
    Shop owner = persisted(new Shop("Berta's"));
    Product tea = new Product("tea");
    tea.shop = owner;
    persisted(tea);
    for (int time = 0; time < 2; time++) {
      Product fetched = products.fetch(tea.id);
      shop.reset();
      assertThat(fetched.getShop().getId()).isEqualTo(owner.getId());
      assertThatThrownBy(() -> fetched.getShop().getName())
          .isInstanceOf(LazyInitializationException.class);
      assertCost(0, 0);
      assertThat(products.fetchShop(fetched)).get().extracting(Shop::getName).isEqualTo("Berta's");
      if (time == 0) {
        assertCost(1, 3);
      } else {
        assertCost(0, 1);
      }
    }
    assertThat(shop.cache().fetchById(Shop.class, owner.getId())).isPresent();
    assertCost(0, 1);
  }

  @Test
  @DisplayName("BEL-04 a null foreign key is null, and costs nothing")
  void nullForeignKey_costsNothing() {
    Product tea = persisted(new Product("tea"));
    for (int time = 0; time < 2; time++) {
      Product fetched = products.fetch(tea.id);
      shop.reset();
      assertThat(fetched.getShop()).isNull();
      assertThat(products.fetchShop(fetched)).isEmpty();
      assertCost(0, 0);
    }
  }
}
