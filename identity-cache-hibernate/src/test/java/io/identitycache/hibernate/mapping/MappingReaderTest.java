package io.identitycache.hibernate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.validation.Problems;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.Formula;
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
