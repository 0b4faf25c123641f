package io.identitycache.hibernate.tree;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.annotation.Include;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.annotations.SortNatural;

/**
 * Entities that are associated in every way: embedded, referenced and plain; by foreign keys on
 * either side, in the child, and in join tables; ordered by attributes, by a column, by nature, and
 * not at all; three levels deep, with and without entries of their own in the middle.
 */
final class Domain {

  static final Class<?>[] ENTITIES = {
    Shop.class,
    Product.class,
    Bundle.class,
    Theme.class,
    Image.class,
    Variant.class,
    Price.class,
    Details.class,
    Manual.class,
    Step.class,
    Part.class,
    Label.class,
    Review.class,
    Visit.class
  };

  private Domain() {}

  /** The class of the rows of a root. */
  static Class<?> entity(Root.Kind kind) {
    return switch (kind) {
      case SHOP -> Shop.class;
      case PRODUCT -> Product.class;
      case BUNDLE -> Bundle.class;
      case THEME -> Theme.class;
    };
  }

  /** References products, and embeds bundles, which have entries of their own, with their parts. */
  @Entity(name = "Shop")
  @IdentityCached
  static class Shop {

    @Id Long id;
    @Version int version;
    String name;

    @OneToMany(mappedBy = "shop")
    @OrderBy("title, id")
    @CacheReference
    List<Product> products = new ArrayList<>();

    @OneToMany(mappedBy = "shop")
    @OrderBy("priority, id")
    @CacheEmbed
    Set<Bundle> bundles = new LinkedHashSet<>();

    @OneToMany(mappedBy = "shop")
    @CacheEmbed
    List<Review> reviews = new ArrayList<>();

    @ManyToMany
    @JoinTable(
        name = "shop_labels",
        joinColumns = @JoinColumn(name = "shop_id"),
        inverseJoinColumns = @JoinColumn(name = "label_id"))
    @OrderBy("name, id")
    @CacheEmbed
    Set<Label> labels = new LinkedHashSet<>();

    public Long getId() {
      return id;
    }
  }

  /** Has no version: a change of one of its collections is no change of its row. */
  @Entity(name = "Product")
  @IdentityCached
  static class Product {

    @Id Long id;
    String title;
    String note;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Shop shop;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Product related;

    @OneToMany(mappedBy = "product", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position, id")
    @CacheEmbed
    List<Image> images = new ArrayList<>();

    @OneToMany(
        mappedBy = "product",
        cascade = {CascadeType.PERSIST, CascadeType.REMOVE})
    @CacheEmbed
    Set<Variant> variants = new HashSet<>();

    @OneToMany(mappedBy = "product")
    @OrderBy("priority desc, id")
    @CacheReference
    List<Bundle> bundles = new ArrayList<>();

    @OneToMany(mappedBy = "product")
    @CacheEmbed
    List<Review> reviews = new ArrayList<>();

    @OneToMany(mappedBy = "product")
    List<Visit> visits = new ArrayList<>();

    @ElementCollection
    @Column(name = "tag")
    @CollectionTable(name = "product_tags", joinColumns = @JoinColumn(name = "product_id"))
    @SortNatural
    @CacheEmbed
    SortedSet<String> tags = new TreeSet<>();

    @ElementCollection
    @MapKeyColumn(name = "fact")
    @Column(name = "content")
    @CollectionTable(name = "product_facts", joinColumns = @JoinColumn(name = "product_id"))
    @CacheEmbed
    Map<String, String> facts = new HashMap<>();

    @ManyToMany
    @JoinTable(
        name = "product_labels",
        joinColumns = @JoinColumn(name = "product_id"),
        inverseJoinColumns = @JoinColumn(name = "label_id"))
    @OrderBy("name, id")
    @CacheEmbed
    Set<Label> labels = new LinkedHashSet<>();

    @ManyToMany
    @JoinTable(
        name = "product_recommended",
        joinColumns = @JoinColumn(name = "product_id"),
        inverseJoinColumns = @JoinColumn(name = "recommended_id"))
    @OrderColumn(name = "place")
    @CacheReference
    List<Product> recommended = new ArrayList<>();

    @ManyToMany
    @JoinTable(
        name = "product_themes",
        joinColumns = @JoinColumn(name = "product_id"),
        inverseJoinColumns = @JoinColumn(name = "theme_id"))
    Set<Theme> themes = new HashSet<>();

    @OneToOne(fetch = FetchType.LAZY, cascade = CascadeType.ALL)
    @CacheEmbed
    Details details;

    @OneToOne(mappedBy = "product", cascade = CascadeType.ALL)
    @CacheEmbed
    Manual manual;

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "product_id")
    @OrderColumn(name = "place")
    @CacheEmbed
    List<Step> steps = new ArrayList<>();

    public Long getId() {
      return id;
    }
  }

  /** In the middle, with entries of its own: referenced by products, embedded in shops. */
  @Entity(name = "Bundle")
  @IdentityCached
  static class Bundle {

    @Id Long id;
    @Version int version;
    String name;
    int priority;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;

    @ManyToOne(fetch = FetchType.LAZY)
    Shop shop;

    @OneToMany(cascade = CascadeType.PERSIST)
    @JoinColumn(name = "bundle_id")
    @CacheEmbed
    Set<Part> parts = new HashSet<>();

    public Long getId() {
      return id;
    }
  }

  /** References products by a join table that the other side writes, whose own side is unmarked. */
  @Entity(name = "Theme")
  @IdentityCached
  static class Theme {

    @Id Long id;
    String name;

    @ManyToMany(mappedBy = "themes")
    @OrderBy("title desc, id")
    @CacheReference
    List<Product> products = new ArrayList<>();

    public Long getId() {
      return id;
    }
  }

  @Entity(name = "Image")
  static class Image {

    @Id Long id;
    String url;
    int position;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;
  }

  /** In the middle, without entries of its own. */
  @Entity(name = "Variant")
  static class Variant {

    @Id Long id;
    @Version int version;
    String sku;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;

    @OneToMany(mappedBy = "variant", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("amount desc, id")
    @CacheEmbed
    List<Price> prices = new ArrayList<>();
  }

  @Entity(name = "Price")
  static class Price {

    @Id Long id;
    int amount;
    String currency;

    @ManyToOne(fetch = FetchType.LAZY)
    Variant variant;
  }

  @Entity(name = "Details")
  static class Details {

    @Id Long id;
    String material;
  }

  @Entity(name = "Manual")
  static class Manual {

    @Id Long id;
    String wording;

    @OneToOne(fetch = FetchType.LAZY)
    Product product;
  }

  @Entity(name = "Step")
  static class Step {

    @Id Long id;
    String wording;
  }

  @Entity(name = "Part")
  static class Part {

    @Id Long id;
    String name;
  }

  @Entity(name = "Label")
  static class Label {

    @Id Long id;
    String name;
  }

  /** Embedded in two types of owners, and deleted by the database with one of them. */
  @Entity(name = "Review")
  static class Review {

    @Id Long id;
    int stars;

    @ManyToOne(fetch = FetchType.LAZY)
    @OnDelete(action = OnDeleteAction.CASCADE)
    Product product;

    @ManyToOne(fetch = FetchType.LAZY)
    Shop shop;
  }

  /** Nothing of it is cached. */
  @Entity(name = "Visit")
  static class Visit {

    @Id Long id;
    int seconds;

    @ManyToOne(fetch = FetchType.LAZY)
    @OnDelete(action = OnDeleteAction.CASCADE)
    Product product;
  }

  interface Shops extends CacheRepository<Shop, Long> {

    @Override
    @Include("products")
    List<Shop> fetchMulti(Collection<? extends Long> ids);
  }

  interface Products extends CacheRepository<Product, Long> {

    @Override
    @Include({"bundles", "recommended"})
    List<Product> fetchMulti(Collection<? extends Long> ids);
  }

  interface Bundles extends CacheRepository<Bundle, Long> {}

  interface Themes extends CacheRepository<Theme, Long> {

    @Override
    @Include("products")
    List<Theme> fetchMulti(Collection<? extends Long> ids);
  }
}
