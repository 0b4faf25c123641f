package io.identitycache.hibernate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.validation.Problems;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Transient;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.ManyToAny;
import org.hibernate.annotations.SQLOrder;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.annotations.TenantId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MappingReaderTest {

  @Test
  @DisplayName(
      "CFG-01 CFG-17 every problem of every entity is in one report, with the nearest name")
  void everyProblemOfEveryEntity_isInOneReport() {
    assertThatThrownBy(() -> read(Product.class, Image.class, Slot.class, Hidden.class))
        .hasMessage(
            """
            Identity Cache cannot start: 18 problems
              Product
                - Unmapped is neither an entity nor a mapped superclass; what it declares for the cache has no effect. Add @MappedSuperclass, or move the declarations to the entity
                - Address is an embeddable; what it declares for the cache has no effect. Declare an index on the entity, with the path: @CacheIndex("address.…"); an association inside an embeddable is not cached
                - @CacheIndex on "vendor" indexes that attribute alone; remove its value, or move it to the class
                - Product.touch() is no getter; move its annotation to the attribute's field or getter
                - @CacheIndex("handel"): Product has no attribute "handel". Did you mean "handle"? Attributes: id, address.city, addressCity, handle, sku, title, vendor
                - @CacheIndex("handle"): is declared twice
                - @CacheIndex("images"): "images" is a collection; an index covers basic attributes, the id or its parts, paths into embeddables and to-one associations
                - @CacheIndex("photo"): "photo" is of type byte[]; an index covers basic attributes, the id or its parts, paths into embeddables and to-one associations
                - @CacheIndex("text"): "text" is a large object; an index covers basic attributes, the id or its parts, paths into embeddables and to-one associations
                - @CacheIndex("address"): "address" is an embeddable; name its parts: "address.city"; an index covers basic attributes, the id or its parts, paths into embeddables and to-one associations
                - @CacheIndex("slot"): "slot" is an association to an entity with a composite id; an index covers basic attributes, the id or its parts, paths into embeddables and to-one associations
                - @CacheIndex("size"): "size" is computed by a formula; an index covers basic attributes, the id or its parts, paths into embeddables and to-one associations
                - @CacheIndex({"sku", "sku"}): names an attribute twice
                - @CacheIndex("id"): ignoreCase needs an attribute of type String that is stored without a converter
                - @CacheIndex("addressCity"): its finder would be called fetchByAddressCity, like that of Product.address.city
                - @CacheAttribute(by = "hande") on "title": Product has no attribute "hande". Did you mean "handle"? Attributes: id, address.city, addressCity, handle, sku, title, vendor
              Hidden
                - the filter "live" is enabled in every session (autoEnabled = true); rows that it hides from some sessions cannot be cached. Enable it where it is needed, or remove the entity from the cache
              Image
                - @IdentityCached(timeToLive = "soon"): expected a duration such as 200ms, 10s, 5m, 1h, 1d or ISO 8601 (PT10S), of 36500d at most, longer than zero
            """
                .stripTrailing());
  }

  @Test
  @DisplayName(
      "CFG-01 CFG-04 POL-01 associations that cannot be cached, with what is allowed instead")
  void associationsThatCannotBeCached_areRefused() {
    assertThatThrownBy(() -> read(Store.class, Street.class, Leaflet.class, Shelf.class))
        .hasMessage(
            """
            Identity Cache cannot start: 17 problems
              Store
                - Address is an embeddable; what it declares for the cache has no effect. Declare an index on the entity, with the path: @CacheIndex("address.…"); an association inside an embeddable is not cached
                - @CacheEmbed on "name": is neither an association nor a collection. @CacheEmbed stands on one-to-many, many-to-many, one-to-one and element collections, @CacheReference on associations to cached entities. Associations: corner, guests, leaflets, printed, shelves, shelvesByHouse, shelvesByLength, street, tags
                - @CacheReference on "address": is neither an association nor a collection. @CacheEmbed stands on one-to-many, many-to-many, one-to-one and element collections, @CacheReference on associations to cached entities. Associations: corner, guests, leaflets, printed, shelves, shelvesByHouse, shelvesByLength, street, tags
                - @CacheEmbed on "leaflet": is not a persistent attribute. Did you mean "leaflets"? @CacheEmbed stands on one-to-many, many-to-many, one-to-one and element collections, @CacheReference on associations to cached entities. Associations: corner, guests, leaflets, printed, shelves, shelvesByHouse, shelvesByLength, street, tags
                - @CacheEmbed on "street": is a many-to-one, whose row would be kept with every Store. Write @CacheReference, and cache Street by itself (@IdentityCached)
                - @CacheReference on "corner": Street is not cached by itself. Annotate it with @IdentityCached or @CacheIndex
                - @CacheReference on "leaflets": Leaflet is not cached by itself. Annotate it with @IdentityCached or @CacheIndex, or write @CacheEmbed
                - @CacheReference on "tags": is a collection of values, which have no ids. Write @CacheEmbed
                - @CacheReference on "sponsor": may lead to different entities (@Any), which cannot be cached
                - @CacheEmbed on "guests": may lead to different entities (@ManyToAny), which cannot be cached
                - @CacheEmbed on "printed": its restriction asks another table, whose changes cannot be followed to here. Keep what it asks for in a column of the restricted row
                - @CacheReference on "shelvesByHouse": its order is not by plain attributes of Shelf, so that it cannot be kept by ids. Write @OrderBy with attributes, or @CacheEmbed
                - @CacheReference on "shelvesByLength": its order is not by plain attributes of Shelf, so that it cannot be kept by ids. Write @OrderBy with attributes, or @CacheEmbed
                - Store.guests may lead to different entities (@Any, @ManyToAny), which the cache does not store. Map one association for each, or leave the entity uncached.
                - Store.sponsor may lead to different entities (@Any, @ManyToAny), which the cache does not store. Map one association for each, or leave the entity uncached.
                - "shelves" is both @CacheEmbed and @CacheReference; decide for one of them
                - Store.shelve() is no getter; move its annotation to the attribute's field or getter
            """
                .stripTrailing());
  }

  @Test
  @DisplayName("CFG-04 rows that name their owner by something else than its id are refused")
  void rowsThatDoNotTellTheirOwner_areRefused() {
    assertThatThrownBy(() -> read(Archive.class, Folder.class))
        .hasMessage(
            """
            Identity Cache cannot start: 1 problem
              Archive
                - @CacheEmbed on "folders": its owner cannot be found from a Folder, whose "archive" does not refer to the id of Archive. Let it refer to the id, or leave the association uncached
            """
                .stripTrailing());
  }

  @Test
  @DisplayName("CFG-18 embedding that leads back to its own type is refused with its path")
  void embeddingWithoutEnd_isRefused() {
    assertThatThrownBy(() -> read(Category.class, Box.class, Lid.class, Handle.class))
        .hasMessage(
            """
            Identity Cache cannot start: 2 problems
              Box
                - @CacheEmbed leads back to Box without end: Box.lids -> Lid.handles -> Handle.box. Reference one of them (@CacheReference)
              Category
                - @CacheEmbed leads back to Category without end: Category.children. Reference one of them (@CacheReference)
            """
                .stripTrailing());
  }

  @Test
  @DisplayName(
      "CFG-18 references may be circular, and so may embedding that a reference interrupts")
  void circularReferences_areAllowed() {
    MappedEntities read = read(Friend.class, Letter.class);
    assertThat(read.all()).hasSize(2);
  }

  @Test
  @DisplayName("CFG-01 what stands where it has no effect is refused")
  void declarationsWithoutEffect_areRefused() {
    assertThatThrownBy(() -> read(Loner.class, Twofold.class))
        .hasMessage(
            """
            Identity Cache cannot start: 3 problems
              Loner
                - what "all" declares for the cache has no effect: Loner is neither cached nor embedded. Annotate it with @IdentityCached or @CacheIndex
                - what "others" declares for the cache has no effect: Loner is neither cached nor embedded. Annotate it with @IdentityCached or @CacheIndex
              Twofold
                - "others" is both @CacheEmbed and @CacheReference, on its field and its getter; decide for one of them
            """
                .stripTrailing());
  }

  @Test
  @DisplayName("CFG-04 rows of one tenant are not embedded in, or referenced by, rows of all")
  void rowsOfTenantsInACommonOwner_areRefused() {
    assertThatThrownBy(() -> read(Common.class, Own.class, Deeper.class))
        .hasMessage(
            """
            Identity Cache cannot start: 2 problems
              Common
                - its entries are the same for all tenants, but would hold rows of Own, which belong to one (@TenantId). Give Common a @TenantId too, or leave the association uncached
              Settings
                - The factory has several tenants, but no hibernate.tenant_identifier_resolver: a fetch opens no session, so it must be told whose entries to read
            """
                .stripTrailing());
  }

  @Test
  @DisplayName("KEY-11 adding or dropping an index leaves the entity's keys as they were")
  void fingerprintOfAnEntity_doesNotDependOnItsIndexes() {
    CachedEntity<?> plain = only(First.class);
    CachedEntity<?> indexed = only(Indexed.class);
    assertThat(key(indexed)).isEqualTo(key(plain));
  }

  @Test
  @DisplayName("KEY-05 fingerprints follow the attributes, not their order")
  void fingerprints_followTheAttributes() {
    assertThat(key(only(Reordered.class))).isEqualTo(key(only(Indexed.class)));
    assertThat(key(only(Retyped.class))).isNotEqualTo(key(only(Indexed.class)));

    String code = indexKey(only(Indexed.class), "Thing.code");
    assertThat(indexKey(only(Reordered.class), "Thing.code")).isEqualTo(code);
    assertThat(indexKey(only(Retyped.class), "Thing.code")).isNotEqualTo(code);
    assertThat(indexKey(only(Folded.class), "Thing.code")).isNotEqualTo(code);
  }

  @Test
  void declarations_areInheritedFromMappedSuperclassesAndGetters() {
    CachedEntity<?> entity = only(Inheriting.class);
    assertThat(entity.indexes())
        .extracting(CachedIndex::name)
        .containsExactly("Inheriting.name", "Inheriting.slug");
    assertThat(entity.timeToLive()).isEqualTo(Duration.ofMinutes(5));
    assertThat(entity.attributeNames()).containsExactlyInAnyOrder("id", "name", "slug");
    assertThat(entity.keys()).hasToString("shop:1:Inheriting:" + fingerprint(entity) + ":");
  }

  @Entity(name = "Thing")
  @IdentityCached
  static class First {
    @Id Long id;
    String code;
    String name;
  }

  @Entity(name = "Thing")
  @CacheIndex("code")
  static class Indexed {
    @Id Long id;
    String code;
    String name;
  }

  @Entity(name = "Thing")
  @CacheIndex("code")
  static class Reordered {
    String name;
    String code;
    @Id Long id;
  }

  @Entity(name = "Thing")
  @CacheIndex("code")
  static class Retyped {
    @Id Long id;
    Integer code;
    String name;
  }

  @Entity(name = "Thing")
  @CacheIndex(value = "code", ignoreCase = true)
  static class Folded {
    @Id Long id;
    String code;
    String name;
  }

  @MappedSuperclass
  @IdentityCached(timeToLive = "5m")
  static class Named {
    @CacheIndex String slug;
  }

  @Entity(name = "Inheriting")
  static class Inheriting extends Named {
    private Long id;
    private String name;

    @Id
    public Long getId() {
      return id;
    }

    public void setId(Long id) {
      this.id = id;
    }

    @CacheIndex
    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public String getSlug() {
      return slug;
    }

    public void setSlug(String slug) {
      this.slug = slug;
    }
  }

  static class Unmapped {
    @CacheIndex String note;
  }

  @Entity(name = "Product")
  @CacheIndex("handel")
  @CacheIndex("handle")
  @CacheIndex("handle")
  @CacheIndex("images")
  @CacheIndex("photo")
  @CacheIndex("text")
  @CacheIndex("address")
  @CacheIndex("slot")
  @CacheIndex("size")
  @CacheIndex({"sku", "sku"})
  @CacheIndex(value = "id", ignoreCase = true)
  @CacheIndex("address.city")
  @CacheIndex("addressCity")
  static class Product extends Unmapped {
    @Id Long id;
    String handle;
    String sku;
    byte[] photo;
    @Lob String text;
    @Embedded Address address;

    @ManyToOne(fetch = FetchType.LAZY)
    Slot slot;

    @OneToMany(mappedBy = "product")
    List<Image> images;

    @Formula("id + 1")
    Long size;

    String addressCity;

    @CacheIndex("handle")
    String vendor;

    @CacheAttribute(by = "hande")
    String title;

    @CacheIndex
    void touch() {}
  }

  @Embeddable
  static class Address {
    @CacheIndex String city;
  }

  @Entity(name = "Image")
  @IdentityCached(timeToLive = "soon")
  static class Image {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;
  }

  @Embeddable
  static class SlotId implements Serializable {
    int shelf;
    int place;
  }

  @Entity(name = "Slot")
  static class Slot {
    @EmbeddedId SlotId id;
  }

  @Entity(name = "Hidden")
  @FilterDef(name = "live", autoEnabled = true, defaultCondition = "live = true")
  @Filter(name = "live")
  @IdentityCached
  static class Hidden {
    @Id Long id;

    @Column(name = "live")
    boolean live;
  }

  @Entity(name = "Store")
  @IdentityCached
  static class Store {
    @Id Long id;
    @CacheEmbed String name;
    @CacheReference @Embedded Address address;
    @Transient @CacheEmbed List<Leaflet> leaflet;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheEmbed
    Street street;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Street corner;

    @OneToMany(mappedBy = "store")
    @CacheReference
    List<Leaflet> leaflets;

    @ElementCollection @CacheReference Set<String> tags;

    @Any
    @AnyKeyJavaClass(Long.class)
    @JoinColumn(name = "sponsor_id")
    @Column(name = "sponsor_type")
    @CacheReference
    Object sponsor;

    @ManyToAny
    @AnyKeyJavaClass(Long.class)
    @JoinTable(inverseJoinColumns = @JoinColumn(name = "guest_id"))
    @Column(name = "guest_type")
    @CacheEmbed
    List<Object> guests;

    @OneToMany(mappedBy = "store")
    @SQLRestriction("id in (select leaflet_id from Printed)")
    @CacheEmbed
    List<Leaflet> printed;

    @OneToMany(mappedBy = "store")
    @OrderBy("house.id")
    @CacheReference
    List<Shelf> shelvesByHouse;

    @OneToMany(mappedBy = "store")
    @SQLOrder("length(label)")
    @CacheReference
    List<Shelf> shelvesByLength;

    @OneToMany(mappedBy = "store")
    @CacheEmbed
    @CacheReference
    List<Shelf> shelves;

    @CacheReference
    void shelve() {}
  }

  @Entity(name = "Street")
  static class Street {
    @Id Long id;
  }

  @Entity(name = "Leaflet")
  static class Leaflet {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Store store;
  }

  @Entity(name = "Archive")
  @IdentityCached
  static class Archive implements Serializable {
    @Id Long id;

    @Column(unique = true)
    String code;

    @OneToMany(mappedBy = "archive")
    @CacheEmbed
    List<Folder> folders;
  }

  @Entity(name = "Folder")
  static class Folder implements Serializable {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(referencedColumnName = "code")
    Archive archive;
  }

  @Entity(name = "Shelf")
  @IdentityCached
  static class Shelf {
    @Id Long id;
    String label;

    @ManyToOne(fetch = FetchType.LAZY)
    Store store;

    @ManyToOne(fetch = FetchType.LAZY)
    Street house;
  }

  @Entity(name = "Category")
  @IdentityCached
  static class Category {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Category parent;

    @OneToMany(mappedBy = "parent")
    @CacheEmbed
    List<Category> children;
  }

  @Entity(name = "Box")
  @IdentityCached
  static class Box {
    @Id Long id;

    @OneToMany @CacheEmbed List<Lid> lids;
  }

  @Entity(name = "Lid")
  static class Lid {
    @Id Long id;

    @OneToMany @CacheEmbed Set<Handle> handles;
  }

  @Entity(name = "Handle")
  static class Handle {
    @Id Long id;

    @OneToOne(fetch = FetchType.LAZY)
    @CacheEmbed
    Box box;
  }

  @Entity(name = "Friend")
  @IdentityCached
  static class Friend {
    @Id Long id;
    @ManyToMany @CacheReference List<Friend> friends;
    @OneToMany @CacheEmbed List<Letter> letters;
  }

  @Entity(name = "Letter")
  @IdentityCached
  static class Letter {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Friend receiver;
  }

  @Entity(name = "Loner")
  static class Loner {
    @Id Long id;
    @OneToMany @CacheEmbed List<Twofold> all;
    @OneToMany @CacheReference List<Twofold> others;
  }

  @Entity(name = "Twofold")
  @IdentityCached
  static class Twofold {
    private Long id;

    @CacheEmbed private List<Twofold> others;

    @Id
    public Long getId() {
      return id;
    }

    public void setId(Long id) {
      this.id = id;
    }

    @OneToMany
    @CacheReference
    public List<Twofold> getOthers() {
      return others;
    }

    public void setOthers(List<Twofold> others) {
      this.others = others;
    }
  }

  @Entity(name = "Common")
  @IdentityCached
  static class Common {
    @Id Long id;
    @OneToMany @CacheEmbed List<Deeper> embedded;
    @OneToMany @CacheReference List<Own> referenced;
  }

  @Entity(name = "Own")
  @IdentityCached
  static class Own {
    @Id Long id;
    @TenantId String tenant;
  }

  @Entity(name = "Deeper")
  static class Deeper {
    @Id Long id;
    @OneToMany @CacheEmbed List<Own> own;
  }

  private static CachedEntity<?> only(Class<?> type) {
    return read(type).all().get(0).entity();
  }

  private static MappedEntities read(Class<?>... types) {
    try (TestDatabase database = TestDatabase.h2()) {
      Problems problems = new Problems();
      MappedEntities entities =
          MappingReader.read(database.boot(types), "shop", Duration.ofDays(1), problems);
      problems.throwIfAny();
      return entities;
    }
  }

  private static String key(CachedEntity<?> entity) {
    return entity.keys().keyOf(null, List.of(1L)).text();
  }

  private static String fingerprint(CachedEntity<?> entity) {
    return key(entity).split(":")[3];
  }

  private static String indexKey(CachedEntity<?> entity, String name) {
    return entity.indexes().stream()
        .filter(index -> index.name().equals(name))
        .findFirst()
        .orElseThrow()
        .keys()
        .toString();
  }
}
