package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.annotation.Include;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.ConstraintMode;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes of children, and the owners up the tree whose entries they reach. The keys that a commit
 * deletes are compared as a whole, so that one too many is seen as well as one too few.
 */
@ParameterizedClass
@EnumSource(Place.class)
@TestInstance(Lifecycle.PER_CLASS)
class OwnersUpTheTreeTest {

  /** A root: embeds images, variants with prices, and prices; references accessories. */
  @Entity(name = "Product")
  @IdentityCached
  static class Product {

    @Id @GeneratedValue Long id;
    String title;

    @OneToMany(mappedBy = "product")
    @OrderBy("position, id")
    @CacheEmbed
    List<Image> images = new ArrayList<>();

    @OneToMany(mappedBy = "product")
    @OrderBy("id")
    @CacheEmbed
    List<Variant> variants = new ArrayList<>();

    @OneToMany(mappedBy = "product")
    @OrderBy("id")
    @CacheEmbed
    List<Price> prices = new ArrayList<>();

    @OneToMany(mappedBy = "product")
    @OrderBy("position, id")
    @CacheReference
    List<Accessory> accessories = new ArrayList<>();
  }

  /** Another root, of the same images; embeds ranges, which are roots themselves. */
  @Entity(name = "Vendor")
  @IdentityCached
  static class Vendor {

    @Id @GeneratedValue Long id;

    @OneToMany(mappedBy = "vendor")
    @OrderBy("id")
    @CacheEmbed
    List<Image> images = new ArrayList<>();

    @OneToMany(mappedBy = "vendor")
    @OrderBy("id")
    @CacheEmbed
    List<Range> ranges = new ArrayList<>();
  }

  /** Has no entry of its own. No constraint keeps its owner's row. */
  @Entity(name = "Image")
  static class Image {

    @Id @GeneratedValue Long id;
    String url;
    int position;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(foreignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT))
    Product product;

    @ManyToOne(fetch = FetchType.LAZY)
    Vendor vendor;
  }

  /** In the middle, without an entry of its own. */
  @Entity(name = "Variant")
  static class Variant {

    @Id @GeneratedValue Long id;
    String sku;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;

    @OneToMany(mappedBy = "variant")
    @OrderBy("id")
    @CacheEmbed
    List<Price> prices = new ArrayList<>();
  }

  /** A grandchild; may be the product's own child at once. */
  @Entity(name = "Price")
  static class Price {

    @Id @GeneratedValue Long id;
    int amount;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(foreignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT))
    Variant variant;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;
  }

  /** In the middle, referenced: embeds screws. */
  @Entity(name = "Accessory")
  @IdentityCached
  static class Accessory {

    @Id @GeneratedValue Long id;
    String name;
    int position;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Product product;

    @OneToMany(mappedBy = "accessory")
    @OrderBy("id")
    @CacheEmbed
    List<Screw> screws = new ArrayList<>();
  }

  @Entity(name = "Screw")
  static class Screw {

    @Id @GeneratedValue Long id;
    int length;

    @ManyToOne(fetch = FetchType.LAZY)
    Accessory accessory;
  }

  /** In the middle, embedded: references mugs. */
  @Entity(name = "Range")
  @IdentityCached
  static class Range {

    @Id @GeneratedValue Long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Vendor vendor;

    @OneToMany(mappedBy = "range")
    @OrderBy("id")
    @CacheReference
    List<Mug> mugs = new ArrayList<>();
  }

  @Entity(name = "Mug")
  @IdentityCached
  static class Mug {

    @Id @GeneratedValue Long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Range range;
  }

  /** Its boxes, and what is in them, are deleted by the database. */
  @Entity(name = "Kit")
  @IdentityCached
  static class Kit {

    @Id @GeneratedValue Long id;

    @OneToMany(mappedBy = "kit")
    @OrderBy("id")
    @CacheEmbed
    List<Box> boxes = new ArrayList<>();
  }

  /** Another owner of boxes. */
  @Entity(name = "Depot")
  @IdentityCached
  static class Depot {

    @Id @GeneratedValue Long id;

    @OneToMany(mappedBy = "depot")
    @OrderBy("id")
    @CacheEmbed
    List<Box> boxes = new ArrayList<>();
  }

  @Entity(name = "Box")
  @CacheIndex(value = "code", unique = true)
  static class Box {

    @Id @GeneratedValue Long id;
    String code;

    @ManyToOne(fetch = FetchType.LAZY)
    @OnDelete(action = OnDeleteAction.CASCADE)
    Kit kit;

    @ManyToOne(fetch = FetchType.LAZY)
    Depot depot;

    @OneToMany(mappedBy = "box")
    @OrderBy("id")
    @CacheEmbed
    List<Slip> slips = new ArrayList<>();
  }

  @Entity(name = "Slip")
  @CacheIndex(value = "code", unique = true)
  static class Slip {

    @Id @GeneratedValue Long id;
    String code;

    @ManyToOne(fetch = FetchType.LAZY)
    @OnDelete(action = OnDeleteAction.CASCADE)
    Box box;
  }

  interface Products extends CacheRepository<Product, Long> {

    List<Accessory> fetchAccessories(Product product);

    @Override
    @Include("accessories.product.accessories")
    Optional<Product> fetchById(Long id);
  }

  interface Vendors extends CacheRepository<Vendor, Long> {}

  interface Accessories extends CacheRepository<Accessory, Long> {}

  interface Ranges extends CacheRepository<Range, Long> {

    List<Mug> fetchMugs(Range range);
  }

  interface Mugs extends CacheRepository<Mug, Long> {}

  interface Kits extends CacheRepository<Kit, Long> {}

  interface Depots extends CacheRepository<Depot, Long> {}

  interface Boxes extends CacheRepository<Box, Long> {

    Optional<Box> fetchByCode(String code);
  }

  interface Slips extends CacheRepository<Slip, Long> {

    Optional<Slip> fetchByCode(String code);
  }

  @Parameter Place place;

  private TestApplication shop;
  private Products products;
  private Vendors vendors;
  private Accessories accessories;
  private Ranges ranges;
  private Mugs mugs;
  private Long one;
  private Long two;

  @BeforeParameterizedClassInvocation
  void start() {
    shop =
        place
            .of(
                Product.class,
                Vendor.class,
                Image.class,
                Variant.class,
                Price.class,
                Accessory.class,
                Screw.class,
                Range.class,
                Mug.class,
                Kit.class,
                Depot.class,
                Box.class,
                Slip.class)
            .start();
    products = shop.repository(Products.class);
    vendors = shop.repository(Vendors.class);
    accessories = shop.repository(Accessories.class);
    ranges = shop.repository(Ranges.class);
    mugs = shop.repository(Mugs.class);
  }

  @AfterParameterizedClassInvocation
  void close() {
    shop.close();
  }

  @BeforeEach
  void twoProducts() {
    one = persist(new Product()).id;
    two = persist(new Product()).id;
  }

  private <E> E persist(E entity) {
    shop.inTransaction(session -> session.persist(entity));
    return entity;
  }

  private Image image(Long product, Long vendor) {
    return shop.fromTransaction(
        session -> {
          Image image = new Image();
          image.url = "before";
          image.product = reference(session, Product.class, product);
          image.vendor = reference(session, Vendor.class, vendor);
          session.persist(image);
          return image;
        });
  }

  private Variant variant(Long product) {
    return shop.fromTransaction(
        session -> {
          Variant variant = new Variant();
          variant.product = reference(session, Product.class, product);
          session.persist(variant);
          return variant;
        });
  }

  private Price price(Long variant, Long product) {
    return shop.fromTransaction(
        session -> {
          Price price = new Price();
          price.amount = 10;
          price.variant = reference(session, Variant.class, variant);
          price.product = reference(session, Product.class, product);
          session.persist(price);
          return price;
        });
  }

  private Accessory accessory(Long product, int position) {
    return shop.fromTransaction(
        session -> {
          Accessory accessory = new Accessory();
          accessory.name = "before";
          accessory.position = position;
          accessory.product = reference(session, Product.class, product);
          session.persist(accessory);
          return accessory;
        });
  }

  private Range range(Long vendor) {
    return shop.fromTransaction(
        session -> {
          Range range = new Range();
          range.name = "before";
          range.vendor = reference(session, Vendor.class, vendor);
          session.persist(range);
          return range;
        });
  }

  private static <E> E reference(Session session, Class<E> type, Long id) {
    return id == null ? null : session.getReference(type, id);
  }

  /** Commits a change. What it has cost is counted when the library has nothing left to do. */
  private void change(Consumer<Session> change) {
    shop.awaitOwnersAsked();
    shop.reset();
    shop.inTransaction(change);
    shop.awaitOwnersAsked();
  }

  /** The entries deleted since the last reset, each as often as it was: {@code Product 1}. */
  private List<String> deleted() {
    return shop.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.DELETE)
        .flatMap(operation -> operation.keys().stream())
        .map(
            key -> {
              String[] parts = key.text().split(":");
              return parts[2] + " " + parts[parts.length - 1];
            })
        .toList();
  }

  private void assertDeleted(String... entries) {
    assertThat(deleted()).containsExactlyInAnyOrder(entries);
    assertThat(shop.store().count(MeteredStore.Kind.DELETE))
        .as("one batch")
        .isEqualTo(entries.length == 0 ? 0 : 1);
  }

  /** Each of the products has an entry; the next fetch is a hit. */
  private void assertHits(Long... ids) {
    shop.reset();
    for (Long id : ids) {
      products.fetch(id);
    }
    assertThat(shop.queries()).isZero();
  }

  private List<String> urls(Long product) {
    return products.fetch(product).images.stream().map(image -> image.url).toList();
  }

  private List<List<Integer>> amounts(Long product) {
    return products.fetch(product).variants.stream()
        .map(variant -> variant.prices.stream().map(price -> price.amount).toList())
        .toList();
  }

  private List<Long> accessoriesOf(Long product) {
    return products.fetchAccessories(products.fetch(product)).stream().map(a -> a.id).toList();
  }

  @Test
  @DisplayName(
      "PAR-01 a changed, inserted or deleted child: its own entry and its owner's are gone")
  void changedChild_invalidatesChildAndOwner() {
    Long vendor = persist(new Vendor()).id;
    Long bystander = persist(new Vendor()).id;
    Long range = range(vendor).id;
    vendors.fetch(vendor);
    vendors.fetch(bystander);
    ranges.fetch(range);

    change(session -> session.find(Range.class, range).name = "after");

    assertDeleted("Range " + range, "Vendor " + vendor);
    assertThat(vendors.fetch(vendor).ranges).extracting(r -> r.name).containsExactly("after");
    assertThat(ranges.fetch(range).name).isEqualTo("after");

    change(session -> session.remove(session.find(Range.class, range)));

    assertDeleted("Range " + range, "Vendor " + vendor);
    assertThat(vendors.fetch(vendor).ranges).isEmpty();
    assertThat(ranges.exists(range)).isFalse();

    change(
        session -> {
          Range next = new Range();
          next.vendor = session.getReference(Vendor.class, vendor);
          session.persist(next);
        });

    Range inserted = vendors.fetch(vendor).ranges.get(0);
    assertThat(deleted()).containsExactlyInAnyOrder("Range " + inserted.id, "Vendor " + vendor);
    shop.reset();
    vendors.fetch(bystander);
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("PAR-01 a child without owner is saved without error, and reaches nobody")
  void childWithoutOwner_invalidatesNobody() {
    Long vendor = persist(new Vendor()).id;
    vendors.fetch(vendor);
    products.fetch(one);
    Long range = range(null).id;
    Long image = image(null, null).id;

    change(
        session -> {
          session.find(Range.class, range).name = "after";
          session.find(Image.class, image).url = "after";
        });

    assertDeleted("Range " + range);
    assertHits(one);
  }

  @Test
  @DisplayName("PAR-02 a child moved from one owner to another: child, old and new owner")
  void movedChild_invalidatesBothOwners() {
    Long from = persist(new Vendor()).id;
    Long to = persist(new Vendor()).id;
    Long staying = range(from).id;
    Long moved = range(from).id;
    vendors.fetch(from);
    vendors.fetch(to);
    ranges.fetch(moved);
    ranges.fetch(staying);

    change(
        session ->
            session.find(Range.class, moved).vendor = session.getReference(Vendor.class, to));

    assertDeleted("Range " + moved, "Vendor " + from, "Vendor " + to);
    assertThat(vendors.fetch(from).ranges).extracting(r -> r.id).containsExactly(staying);
    assertThat(vendors.fetch(to).ranges).extracting(r -> r.id).containsExactly(moved);
    shop.reset();
    ranges.fetch(staying);
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("PAR-02 a grandchild moved between two trees: both roots, and no other")
  void movedGrandchild_invalidatesBothRoots() {
    Long bystander = persist(new Product()).id;
    Variant from = variant(one);
    Variant to = variant(two);
    Long moved = price(from.id, null).id;
    List.of(one, two, bystander).forEach(products::fetch);

    change(
        session ->
            session.find(Price.class, moved).variant = session.getReference(Variant.class, to.id));

    assertDeleted("Product " + one, "Product " + two);
    assertThat(amounts(one)).containsExactly(List.of());
    assertThat(amounts(two)).containsExactly(List.of(10));
    assertHits(bystander);
  }

  @Test
  @DisplayName("PAR-03 a change of the middle or of a grandchild is seen by the root's next fetch")
  void changedMiddleAndGrandchild_invalidateTheRoot() {
    Long variant = variant(one).id;
    Long price = price(variant, null).id;
    products.fetch(one);
    products.fetch(two);

    change(session -> session.find(Variant.class, variant).sku = "after");

    assertDeleted("Product " + one);
    assertThat(products.fetch(one).variants).extracting(v -> v.sku).containsExactly("after");

    change(session -> session.find(Price.class, price).amount = 12);

    assertDeleted("Product " + one);
    assertThat(amounts(one)).containsExactly(List.of(12));
    assertHits(two);
  }

  @Test
  @DisplayName("PAR-03 it is seen also if it is the first thing that a process does")
  void firstChangeOfAProcess_invalidatesTheRoot() {
    Long price = price(variant(one).id, null).id;
    products.fetch(one);
    products.fetch(two);
    try (TestApplication other = shop.anotherProcess()) {
      other.inTransaction(session -> session.find(Price.class, price).amount = 12);
      other.awaitOwnersAsked();
    }

    assertThat(amounts(one)).containsExactly(List.of(12));
    assertHits(two);
  }

  @Test
  @DisplayName("PAR-05 a child that is embedded in two types of owners invalidates both")
  void childOfTwoOwnerTypes_invalidatesBoth() {
    Long vendor = persist(new Vendor()).id;
    Long image = image(one, vendor).id;
    products.fetch(one);
    products.fetch(two);
    vendors.fetch(vendor);

    change(session -> session.find(Image.class, image).url = "after");

    assertDeleted("Product " + one, "Vendor " + vendor);
    assertThat(urls(one)).containsExactly("after");
    assertThat(vendors.fetch(vendor).images).extracting(i -> i.url).containsExactly("after");
    assertHits(two);
  }

  @Test
  @DisplayName("PAR-05 a price that is embedded along two paths: one delete, both show it")
  void twoPathsToOneRoot_deleteItOnce() {
    Long price = price(variant(one).id, one).id;
    products.fetch(one);
    products.fetch(two);

    change(session -> session.find(Price.class, price).amount = 12);

    assertDeleted("Product " + one);
    Product fetched = products.fetch(one);
    assertThat(fetched.prices).extracting(p -> p.amount).containsExactly(12);
    assertThat(fetched.variants.get(0).prices).containsExactlyElementsOf(fetched.prices);
    assertHits(two);
  }

  @Test
  @DisplayName(
      "PAR-08 a referenced child's column of no consequence to ids: the owner's entry stays a hit,"
          + " and the child's new data is shown")
  void changedReferencedChild_leavesTheOwnerAlone() {
    Long accessory = accessory(one, 0).id;
    assertThat(accessoriesOf(one)).containsExactly(accessory);

    change(session -> session.find(Accessory.class, accessory).name = "after");

    assertDeleted("Accessory " + accessory);
    assertHits(one);
    shop.reset();
    assertThat(products.fetchAccessories(products.fetch(one)))
        .extracting(a -> a.name)
        .containsExactly("after");
    // the accessory, and its screws
    assertThat(shop.queries()).isEqualTo(2);
  }

  @Test
  @DisplayName("PAR-08 a column that the order of the ids goes by: the owner is invalidated")
  void reorderedReferencedChild_invalidatesTheOwner() {
    Long first = accessory(one, 1).id;
    Long second = accessory(one, 2).id;
    assertThat(accessoriesOf(one)).containsExactly(first, second);
    products.fetch(two);

    change(session -> session.find(Accessory.class, first).position = 3);

    assertDeleted("Accessory " + first, "Product " + one);
    assertThat(accessoriesOf(one)).containsExactly(second, first);
    assertHits(two);
  }

  @Test
  @DisplayName("PAR-09 a referenced child is inserted or deleted: its owner, in order")
  void insertedOrDeletedReferencedChild_invalidatesItsOwner() {
    Long last = accessory(one, 5).id;
    assertThat(accessoriesOf(one)).containsExactly(last);
    products.fetch(two);

    change(
        session -> {
          Accessory first = new Accessory();
          first.product = session.getReference(Product.class, one);
          session.persist(first);
        });

    List<Long> both = accessoriesOf(one);
    assertThat(both).hasSize(2).endsWith(last);
    change(session -> session.remove(session.getReference(Accessory.class, last)));

    assertDeleted("Accessory " + last, "Product " + one);
    assertThat(accessoriesOf(one)).containsExactly(both.get(0));
    assertHits(two);
  }

  @Test
  @DisplayName(
      "PAR-09 a referenced child is moved twice in one transaction, with a refresh in between:"
          + " every owner it has had")
  void referencedChildMovedTwice_invalidatesAllOwners() {
    Long three = persist(new Product()).id;
    Long bystander = persist(new Product()).id;
    Long staying = accessory(three, 1).id;
    Long moved = accessory(one, 0).id;
    List.of(one, two, three, bystander).forEach(products::fetch);

    change(
        session -> {
          Accessory accessory = session.find(Accessory.class, moved);
          accessory.product = session.getReference(Product.class, two);
          session.flush();
          session.refresh(accessory);
          accessory.product = session.getReference(Product.class, three);
        });

    assertDeleted("Accessory " + moved, "Product " + one, "Product " + two, "Product " + three);
    assertThat(accessoriesOf(one)).isEmpty();
    assertThat(accessoriesOf(two)).isEmpty();
    assertThat(accessoriesOf(three)).containsExactly(moved, staying);
    assertHits(bystander);
  }

  @Test
  @DisplayName("PAR-16 a foreign key set to null: the old owner, embedded and referenced")
  void foreignKeySetToNull_invalidatesTheOldOwner() {
    Long image = image(one, null).id;
    Long accessory = accessory(two, 0).id;
    Long bystander = persist(new Product()).id;
    assertThat(urls(one)).containsExactly("before");
    assertThat(accessoriesOf(two)).containsExactly(accessory);
    products.fetch(bystander);

    change(session -> session.find(Image.class, image).product = null);

    assertDeleted("Product " + one);
    assertThat(urls(one)).isEmpty();

    change(session -> session.find(Accessory.class, accessory).product = null);

    assertDeleted("Accessory " + accessory, "Product " + two);
    assertThat(accessoriesOf(two)).isEmpty();
    assertHits(bystander, one);
  }

  @Test
  @DisplayName(
      "PAR-19 the root references the middle, which embeds: a changed grandchild reaches the middle"
          + " and leaves the root a hit")
  void embeddedInReferencedMiddle_leavesTheRootAlone() {
    Long accessory = accessory(one, 0).id;
    Long screw =
        shop.fromTransaction(
            session -> {
              Screw made = new Screw();
              made.accessory = session.getReference(Accessory.class, accessory);
              session.persist(made);
              return made.id;
            });
    assertThat(accessoriesOf(one)).containsExactly(accessory);

    change(session -> session.find(Screw.class, screw).length = 7);

    assertDeleted("Accessory " + accessory);
    assertHits(one);
    assertThat(accessories.fetch(accessory).screws).extracting(s -> s.length).containsExactly(7);
  }

  @Test
  @DisplayName(
      "PAR-19 the root embeds the middle, which references: an inserted grandchild reaches both, a"
          + " changed name neither")
  void referencedInEmbeddedMiddle_reachesTheRoot() {
    Long vendor = persist(new Vendor()).id;
    Long range = range(vendor).id;
    vendors.fetch(vendor);
    ranges.fetch(range);

    change(
        session -> {
          Mug mug = new Mug();
          mug.range = session.getReference(Range.class, range);
          session.persist(mug);
        });

    Long mug = ranges.fetchMugs(ranges.fetch(range)).get(0).id;
    assertThat(deleted())
        .containsExactlyInAnyOrder("Mug " + mug, "Range " + range, "Vendor " + vendor);
    assertThat(ranges.fetchMugs(vendors.fetch(vendor).ranges.get(0)))
        .extracting(m -> m.id)
        .containsExactly(mug);

    change(session -> session.find(Mug.class, mug).name = "after");

    assertDeleted("Mug " + mug);
    shop.reset();
    vendors.fetch(vendor);
    ranges.fetch(range);
    assertThat(shop.queries()).isZero();
    assertThat(mugs.fetch(mug).name).isEqualTo("after");
  }

  @Test
  @DisplayName("PAR-21 the old owner's row is gone already: its key is deleted, nothing fails")
  void ownerWithoutRow_doesNotMatter() {
    Long image = image(one, null).id;
    Variant lost = variant(one);
    Long price = price(lost.id, null).id;
    products.fetch(two);
    shop.database().execute("delete from Variant where id = " + lost.id);
    shop.database().execute("delete from Product where id = " + one);

    change(
        session -> {
          session.find(Image.class, image).product = session.getReference(Product.class, two);
          session.find(Price.class, price).amount = 12;
        });

    assertDeleted("Product " + one, "Product " + two);
    assertThat(urls(two)).containsExactly("before");
    assertThat(products.exists(one)).isFalse();
  }

  @Test
  @DisplayName("PAR-21 a circle of references ends, in fetches and in invalidations")
  void circleOfReferences_ends() {
    Long accessory = accessory(one, 0).id;

    Product fetched = products.fetchById(one).orElseThrow();

    assertThat(fetched.accessories.get(0).product).isSameAs(fetched);
    products.fetch(two);
    change(
        session ->
            session.find(Accessory.class, accessory).product =
                session.getReference(Product.class, two));
    assertDeleted("Accessory " + accessory, "Product " + one, "Product " + two);
    assertThat(accessoriesOf(two)).containsExactly(accessory);
  }

  @Test
  @DisplayName("PAR-21 an updated owner leaves its children's own entries hits")
  void updatedOwner_leavesItsChildrenAlone() {
    Long accessory = accessory(one, 0).id;
    assertThat(accessoriesOf(one)).containsExactly(accessory);

    change(session -> session.find(Product.class, one).title = "after");

    assertDeleted("Product " + one);
    shop.reset();
    assertThat(accessories.fetch(accessory).name).isEqualTo("before");
    assertThat(shop.queries()).isZero();
    assertThat(products.fetch(one).title).isEqualTo("after");
  }

  @Test
  @DisplayName("PAR-24 the direct owners of changed children are found without a query")
  void directOwners_takeNoQuery() {
    List<Long> images = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      images.add(image(one, null).id);
      images.add(image(two, null).id);
    }
    products.fetch(one);
    products.fetch(two);

    change(
        session ->
            session
                .byMultipleIds(Image.class)
                .multiLoad(images)
                .forEach(image -> image.url = "after"));

    // one that loads them, and their updates
    assertThat(shop.queries()).isEqualTo(1 + images.size());
    assertDeleted("Product " + one, "Product " + two);
    assertThat(urls(one)).containsOnly("after");
  }

  @Test
  @DisplayName(
      "PAR-24 a further level takes one query before the commit, for any number of children, and"
          + " one after it")
  void furtherLevel_takesOneQuery() {
    List<Long> prices = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      prices.add(price(variant(one).id, null).id);
      prices.add(price(variant(two).id, null).id);
    }
    products.fetch(one);
    products.fetch(two);

    change(session -> prices.forEach(id -> session.find(Price.class, id).amount = 12));

    List<String> journal = List.copyOf(shop.database().journal());
    List<String> statements = journal.stream().filter(line -> !line.contains("[")).toList();
    int commit = statements.indexOf("COMMIT");
    assertThat(statements.subList(0, commit).stream().filter(s -> s.equalsIgnoreCase("select")))
        .as("loading them, and one search")
        .hasSize(prices.size() + 1);
    // they are updated, and searched for once more
    assertThat(shop.queries()).isEqualTo(2 * prices.size() + 2);
    assertDeleted("Product " + one, "Product " + two);
    assertThat(amounts(one)).containsExactly(List.of(12), List.of(12), List.of(12));
  }

  @Test
  @DisplayName(
      "PAR-26 what the database deletes with a row is gone by id and by index, and so are its other"
          + " owners' entries")
  void databaseCascade_invalidatesWhatItDeletes() {
    Long depot = persist(new Depot()).id;
    Long kit = persist(new Kit()).id;
    String code = "code of " + kit;
    Box box = new Box();
    Slip slip = new Slip();
    shop.inTransaction(
        session -> {
          box.code = code;
          box.kit = session.getReference(Kit.class, kit);
          box.depot = session.getReference(Depot.class, depot);
          session.persist(box);
          slip.code = code;
          slip.box = box;
          session.persist(slip);
        });
    Kits kits = shop.repository(Kits.class);
    Depots depots = shop.repository(Depots.class);
    Boxes boxes = shop.repository(Boxes.class);
    Slips slips = shop.repository(Slips.class);
    kits.fetch(kit);
    Long otherDepot = persist(new Depot()).id;
    depots.fetch(otherDepot);
    assertThat(depots.fetch(depot).boxes.get(0).slips).hasSize(1);
    assertThat(boxes.fetchByCode(code)).isPresent();
    assertThat(slips.fetchByCode(code)).isPresent();

    change(session -> session.remove(session.find(Kit.class, kit)));

    assertThat(boxes.fetchById(box.id)).isEmpty();
    assertThat(boxes.fetchByCode(code)).isEmpty();
    assertThat(slips.fetchById(slip.id)).isEmpty();
    assertThat(slips.fetchByCode(code)).isEmpty();
    assertThat(kits.exists(kit)).isFalse();
    assertThat(depots.fetch(depot).boxes).isEmpty();
    shop.reset();
    depots.fetch(otherDepot);
    assertThat(shop.queries()).isZero();
  }
}
