package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.Hibernate;
import org.hibernate.annotations.SortNatural;
import org.hibernate.collection.spi.PersistentCollection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What lives inside its owner's entry. */
@ParameterizedClass
@EnumSource(Place.class)
@TestInstance(Lifecycle.PER_CLASS)
class EmbeddedTest {

  /** What is sold, with pictures of it. */
  @Entity(name = "Product")
  @CacheIndex(value = "handle", unique = true)
  static class Product {
    @Id @GeneratedValue Long id;
    String handle;

    @OneToMany(mappedBy = "product", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    @CacheEmbed
    List<Image> images = new ArrayList<>();

    @OneToMany(mappedBy = "product", cascade = CascadeType.ALL, fetch = FetchType.EAGER)
    Set<Review> reviews = new HashSet<>();

    @ManyToOne(fetch = FetchType.EAGER)
    Product successor;

    protected Product() {}

    Product(String handle, Image... images) {
      this.handle = handle;
      for (Image image : images) {
        image.product = this;
        this.images.add(image);
      }
    }

    public Long getId() {
      return id;
    }
  }

  /** Has nothing of the cache's; its owner has. */
  @Entity(name = "Image")
  static class Image {
    @Id @GeneratedValue Long id;
    String url;
    int position;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;

    protected Image() {}

    Image(String url, int position) {
      this.url = url;
      this.position = position;
    }

    Product getProduct() {
      return product;
    }
  }

  @Entity(name = "Review")
  static class Review {
    @Id @GeneratedValue Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;
  }

  /** What is sold in variants, each at several prices. */
  @Entity(name = "Tea")
  @IdentityCached
  static class Tea {
    @Id @GeneratedValue Long id;
    String name;

    @OneToMany(mappedBy = "tea", cascade = CascadeType.ALL)
    @OrderBy("id desc")
    @CacheEmbed
    List<Variant> variants = new ArrayList<>();

    protected Tea() {}

    Tea(String name) {
      this.name = name;
    }

    public Long getId() {
      return id;
    }

    Variant add(String variant, int... amounts) {
      Variant added = new Variant();
      added.name = variant;
      added.tea = this;
      for (int amount : amounts) {
        Price price = new Price();
        price.amount = amount;
        price.variant = added;
        added.prices.add(price);
      }
      variants.add(added);
      return added;
    }
  }

  @Entity(name = "Variant")
  static class Variant {
    @Id @GeneratedValue Long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Tea tea;

    @OneToMany(mappedBy = "variant", cascade = CascadeType.ALL)
    @OrderBy("amount")
    @CacheEmbed
    List<Price> prices = new ArrayList<>();

    public Long getId() {
      return id;
    }

    Tea getTea() {
      return tea;
    }

    List<Integer> amounts() {
      return prices.stream().map(price -> price.amount).toList();
    }
  }

  @Entity(name = "Price")
  static class Price {
    @Id @GeneratedValue Long id;
    int amount;

    @ManyToOne(fetch = FetchType.LAZY)
    Variant variant;

    Variant getVariant() {
      return variant;
    }
  }

  /** One of every kind of collection, and of both sides of a one-to-one. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class Lamp {
    @Id @GeneratedValue Long id;

    @OneToOne(mappedBy = "lamp", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @CacheEmbed
    Manual manual;

    @OneToOne(cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @CacheEmbed
    Bulb bulb;

    @ManyToMany(cascade = CascadeType.PERSIST)
    @CacheEmbed
    Set<Bulb> spares = new HashSet<>();

    @ManyToMany
    @JoinTable(name = "fitting")
    @OrderBy("watts desc")
    @CacheEmbed
    Set<Bulb> fitting = new LinkedHashSet<>();

    @ElementCollection @CacheEmbed List<String> notes = new ArrayList<>();
    @ElementCollection @SortNatural @CacheEmbed SortedSet<String> colors = new TreeSet<>();
    @ElementCollection @CacheEmbed Map<String, Integer> sizes = new HashMap<>();
    @ElementCollection @SortNatural @CacheEmbed SortedMap<String, String> labels = new TreeMap<>();

    static Lamp withEverything() {
      Lamp lamp = new Lamp();
      lamp.manual = new Manual();
      lamp.manual.text = "Screw it in";
      lamp.manual.lamp = lamp;
      lamp.bulb = new Bulb(60);
      lamp.spares.addAll(List.of(new Bulb(40), new Bulb(100)));
      lamp.fitting.addAll(lamp.spares);
      lamp.notes.add("dims");
      lamp.colors.addAll(List.of("red", "black", "white"));
      lamp.sizes.putAll(Map.of("height", 30, "width", 20));
      lamp.labels.putAll(Map.of("en", "lamp", "de", "Lampe"));
      return lamp;
    }

    List<Object> collections() {
      return Arrays.asList(spares, fitting, notes, colors, sizes, labels);
    }
  }

  @Entity(name = "Manual")
  static class Manual {
    @Id @GeneratedValue Long id;
    String text;

    @OneToOne(fetch = FetchType.LAZY)
    Lamp lamp;
  }

  @Entity(name = "Bulb")
  static class Bulb {
    @Id @GeneratedValue Long id;
    int watts;

    protected Bulb() {}

    Bulb(int watts) {
      this.watts = watts;
    }
  }

  interface Products extends CacheRepository<Product, Long> {
    Optional<Product> fetchByHandle(String handle);

    List<Image> fetchImages(Product product);
  }

  interface Teas extends CacheRepository<Tea, Long> {}

  interface Lamps extends CacheRepository<Lamp, Long> {
    Optional<Manual> fetchManual(Lamp lamp);
  }

  @Parameter Place place;

  private TestApplication shop;
  private Products products;
  private Teas teas;
  private Lamps lamps;

  @BeforeParameterizedClassInvocation
  void start() {
    shop =
        place
            .of(
                Product.class,
                Image.class,
                Review.class,
                Tea.class,
                Variant.class,
                Price.class,
                Lamp.class,
                Manual.class,
                Bulb.class)
            .start();
    products = shop.repository(Products.class);
    teas = shop.repository(Teas.class);
    lamps = shop.repository(Lamps.class);
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

  private static List<String> urls(List<Image> images) {
    return images.stream().map(image -> image.url).toList();
  }

  private void assertCost(int queries, int ops) {
    assertThat(shop.database().foregroundStatements()).hasSize(queries);
    assertThat(shop.store().operations()).hasSize(ops);
    shop.reset();
  }

  private void assertNothingAsked() {
    assertCost(0, 0);
  }

  @Test
  @DisplayName("EMB-01 children come with their owner, in order: cold 2 queries, warm 1 op")
  void children_comeWithTheirOwner() {
    for (int count : List.of(1, 12)) {
      Product stored = new Product("teapot " + count);
      for (int i = 0; i < count; i++) {
        Image image = new Image("image " + (count - i), count - i);
        image.product = stored;
        stored.images.add(image);
      }
      persisted(stored);
      List<String> inOrder = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        inOrder.add("image " + i);
      }

      Product cold = products.fetch(stored.id);
      assertCost(2, 3);
      assertThat(urls(cold.images)).isEqualTo(inOrder);
      assertNothingAsked();

      Product warm = products.fetch(stored.id);
      assertCost(0, 1);
      assertThat(urls(warm.images)).isEqualTo(inOrder);
      assertThat(urls(products.fetchImages(warm))).isEqualTo(inOrder);
      assertNothingAsked();

      products.fetchByHandle(stored.handle);
      shop.reset();
      assertThat(urls(products.fetchByHandle(stored.handle).orElseThrow().images))
          .isEqualTo(inOrder);
      assertCost(0, 2);
    }
  }

  @Test
  @DisplayName(
      "EMB-03 the children of a found owner are fetched; those it has already cost nothing")
  void childrenOfAFoundOwner_areFetched() {
    Long id = persisted(new Product("found", new Image("b", 2), new Image("a", 1))).id;
    Product found = shop.fromTransaction(session -> session.find(Product.class, id));
    assertThat(Hibernate.isInitialized(found.images)).isFalse();
    shop.reset();

    assertThat(urls(products.fetchImages(found))).containsExactly("a", "b");
    assertCost(2, 3);
    assertThat(urls(products.fetchImages(found))).containsExactly("a", "b");
    assertCost(0, 1);

    Product initialised =
        shop.fromTransaction(
            session -> {
              Product product = session.find(Product.class, id);
              Hibernate.initialize(product.images);
              return product;
            });
    shop.reset();
    List<Image> its = products.fetchImages(initialised);
    assertNothingAsked();
    assertThat(its).containsExactlyElementsOf(initialised.images);
    assertThat(its.get(0)).isSameAs(initialised.images.get(0));

    Lamp lamp = persisted(Lamp.withEverything());
    assertThat(lamps.fetchManual(lamp)).containsSame(lamp.manual);
    assertNothingAsked();
  }

  @Test
  @DisplayName("EMB-04 plain collections of the declared kind, the caller's own, cold and warm")
  void collections_arePlain() {
    Lamp stored = persisted(Lamp.withEverything());
    for (int time = 0; time < 3; time++) {
      Lamp lamp = lamps.fetch(stored.id);
      assertThat(lamp.collections())
          .allSatisfy(each -> assertThat(each).isNotInstanceOf(PersistentCollection.class));
      assertThat(lamp.spares).isExactlyInstanceOf(HashSet.class);
      assertThat(lamp.spares).extracting(bulb -> bulb.watts).containsExactlyInAnyOrder(40, 100);
      assertThat(lamp.fitting).isExactlyInstanceOf(LinkedHashSet.class);
      assertThat(lamp.fitting).extracting(bulb -> bulb.watts).containsExactly(100, 40);
      assertThat(lamp.notes).isExactlyInstanceOf(ArrayList.class).containsExactly("dims");
      assertThat(lamp.colors).isExactlyInstanceOf(TreeSet.class);
      assertThat(lamp.colors).containsExactly("black", "red", "white");
      assertThat(lamp.sizes).isExactlyInstanceOf(HashMap.class);
      assertThat(lamp.sizes).isEqualTo(Map.of("height", 30, "width", 20));
      assertThat(lamp.labels).isExactlyInstanceOf(TreeMap.class);
      assertThat(lamp.labels).isEqualTo(Map.of("en", "lamp", "de", "Lampe"));
      assertThat(lamp.bulb.watts).isEqualTo(60);
      assertThat(lamp.manual.text).isEqualTo("Screw it in");
      assertThat(lamp.manual.lamp).isSameAs(lamp);
      // a row that is in two of them is one instance
      assertThat(lamp.spares.containsAll(lamp.fitting)).isTrue();

      lamp.spares.clear();
      lamp.fitting.iterator().next().watts = 1;
      lamp.notes.add("scribbled over");
      lamp.colors.remove("red");
      lamp.sizes.put("height", 1);
      lamp.labels.clear();
      lamp.manual.text = "scribbled over";
      lamp.bulb.watts = 1;
    }
  }

  @Test
  @DisplayName("EMB-08 two levels, two owners: cold 3 queries, warm 1 op")
  void twoLevels_areOneEntry() {
    Tea green = new Tea("green");
    green.add("loose", 300, 100, 200);
    green.add("bags", 50);
    green.add("sold out");
    Tea black = new Tea("black");
    black.add("tin", 900, 700);
    persisted(green);
    persisted(black);

    for (int time = 0; time < 2; time++) {
      List<Tea> fetched = teas.fetchMulti(List.of(black.id, green.id));
      if (time == 0) {
        assertCost(3, 3);
      } else {
        assertCost(0, 1);
      }
      assertThat(fetched).extracting(tea -> tea.name).containsExactly("black", "green");
      assertThat(fetched.get(0).variants).extracting(v -> v.name).containsExactly("tin");
      assertThat(fetched.get(0).variants.get(0).amounts()).containsExactly(700, 900);
      assertThat(fetched.get(1).variants)
          .extracting(v -> v.name)
          .containsExactly("sold out", "bags", "loose");
      assertThat(fetched.get(1).variants.get(0).amounts()).isEmpty();
      assertThat(fetched.get(1).variants.get(1).amounts()).containsExactly(50);
      assertThat(fetched.get(1).variants.get(2).amounts()).containsExactly(100, 200, 300);
      assertNothingAsked();
    }
  }

  @Test
  @DisplayName("EMB-10 children lead back to their owners, at every level, for nothing")
  void children_leadBackToTheirOwners() {
    Tea stored = new Tea("oolong");
    stored.add("tin", 700, 900);
    persisted(stored);
    for (int time = 0; time < 2; time++) {
      Tea tea = teas.fetch(stored.id);
      shop.reset();
      Variant variant = tea.variants.get(0);
      assertThat(variant.getTea().getId()).isEqualTo(stored.id);
      assertThat(variant.getTea()).isSameAs(tea);
      assertThat(variant.prices)
          .allSatisfy(price -> assertThat(price.getVariant()).isSameAs(variant))
          .allSatisfy(
              price -> assertThat(price.getVariant().getTea().getId()).isEqualTo(stored.id));
      assertNothingAsked();
    }
  }

  @Test
  @DisplayName("EMB-13 nothing else is read, nor stored though it happened to be loaded")
  void unmarkedAssociations_areNeitherReadNorStored() {
    Product successor = persisted(new Product("new", new Image("new", 1)));
    Product stored = new Product("old", new Image("old", 1));
    stored.successor = successor;
    Review review = new Review();
    review.product = stored;
    stored.reviews.add(review);
    persisted(stored);

    products.fetchMulti(List.of(successor.id, stored.id));
    assertThat(shop.database().foregroundStatements()).hasSize(2);
    assertThat(shop.database().foregroundStatements())
        .noneMatch(sql -> sql.contains(" Review ") || sql.contains("review"));
    Product warm = products.fetch(stored.id);
    assertThat(Hibernate.isInitialized(warm.reviews)).isFalse();
    assertThat(Hibernate.isInitialized(warm.successor)).isFalse();
    assertThat(warm.successor.getId()).isEqualTo(successor.id);
    assertThat(urls(warm.images)).containsExactly("old");
  }

  @Test
  @DisplayName(
      "EMB-14 a child without annotations has no entry; a write to it invalidates its owner")
  void child_needsNoAnnotations() {
    Product stored = persisted(new Product("pot", new Image("before", 1)));
    Long other = persisted(new Product("other", new Image("other", 1))).id;
    products.fetchMulti(List.of(stored.id, other));
    shop.store()
        .operations()
        .forEach(op -> assertThat(op.keys()).noneMatch(key -> key.text().contains(":Image:")));
    assertThatThrownBy(() -> shop.cache().fetchById(Image.class, stored.images.get(0).id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Image");

    shop.inTransaction(session -> session.find(Image.class, stored.images.get(0).id).url = "after");
    shop.reset();

    assertThat(urls(products.fetch(stored.id).images)).containsExactly("after");
    assertCost(2, 3);
    assertThat(urls(products.fetch(other).images)).containsExactly("other");
    assertCost(0, 1);
  }

  @Test
  @DisplayName("EMB-15 empty is stored as empty, no row as null: warm 1 op")
  void nothing_isStored() {
    Long empty = persisted(new Product("bare")).id;
    Long dark = persisted(new Lamp()).id;
    for (int time = 0; time < 2; time++) {
      shop.reset();
      Product product = products.fetch(empty);
      Lamp lamp = lamps.fetch(dark);
      if (time == 1) {
        assertCost(0, 2);
      }
      assertThat(product.images).isNotNull().isEmpty();
      assertThat(lamp.manual).isNull();
      assertThat(lamp.bulb).isNull();
      assertThat(lamp.collections())
          .allSatisfy(each -> assertThat(each).isNotNull())
          .allSatisfy(each -> assertThat(Hibernate.isInitialized(each)).isTrue());
      assertThat(lamp.spares).isEmpty();
      assertThat(lamp.labels).isEmpty();
      shop.reset();
      assertThat(products.fetchImages(product)).isEmpty();
      assertThat(lamps.fetchManual(lamp)).isEmpty();
      assertNothingAsked();
    }
  }

  @Test
  @DisplayName(
      "EMB-01 cold, every kind of association at once: a query each, for any number of owners")
  void everyKind_isLoadedWithAQueryEach() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(persisted(Lamp.withEverything()).id);
    }
    assertThat(lamps.fetchMulti(ids)).hasSize(5);
    // the lamps and eight associations; a to-one may come with its owner
    assertThat(shop.foregroundQueries()).isBetween(7, 9);
    assertThat(shop.ops()).isEqualTo(3);
    shop.reset();
    assertThat(lamps.fetchMulti(ids)).hasSize(5);
    assertCost(0, 1);
  }
}
