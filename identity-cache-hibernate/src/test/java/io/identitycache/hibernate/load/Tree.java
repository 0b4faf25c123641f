package io.identitycache.hibernate.load;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKey;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.ListIndexBase;
import org.hibernate.annotations.SQLRestriction;

/** A product with everything that an entry can hold. */
final class Tree {

  static final Class<?>[] ENTITIES = {
    Product.class,
    Bundle.class,
    Vendor.class,
    Note.class,
    Image.class,
    Variant.class,
    Price.class,
    Supplier.class,
    Seo.class,
    Spec.class,
    Manual.class,
    Review.class,
    Tag.class,
    Warranty.class,
    Line.class
  };

  private Tree() {}

  @Entity(name = "Product")
  @IdentityCached
  static class Product {
    @Id Long id;
    String title;

    @ManyToOne Vendor vendor; // EAGER, JPA's default, and not cached

    @OneToMany(mappedBy = "product", fetch = FetchType.EAGER)
    List<Note> notes = new ArrayList<>();

    @OneToMany(mappedBy = "product", cascade = CascadeType.PERSIST)
    @OrderBy("position desc")
    @CacheEmbed
    List<Image> images = new ArrayList<>();

    @OneToMany(mappedBy = "product", cascade = CascadeType.PERSIST, fetch = FetchType.EAGER)
    @CacheEmbed
    Set<Variant> variants = new HashSet<>();

    @ElementCollection @OrderColumn @CacheEmbed List<String> words = new ArrayList<>();

    @ElementCollection
    @MapKeyColumn(name = "lang")
    @CacheEmbed
    Map<String, Label> labels = new HashMap<>();

    @OneToOne(mappedBy = "product", cascade = CascadeType.PERSIST)
    @CacheEmbed
    Seo seo;

    @OneToOne(cascade = CascadeType.PERSIST)
    @CacheEmbed
    Spec spec;

    @OneToMany(mappedBy = "product")
    @OrderBy("stars desc")
    @SQLRestriction("stars > 0")
    @CacheReference
    List<Review> reviews = new ArrayList<>();

    @ManyToMany
    @OrderColumn(name = "place")
    @ListIndexBase(1)
    @CacheReference
    List<Tag> tags = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "Product_byName")
    @MapKey(name = "name")
    @CacheReference
    Map<String, Tag> byName = new HashMap<>();

    @OneToOne(mappedBy = "product")
    @CacheReference
    Warranty warranty;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Product successor;

    Product() {}

    Product(long id) {
      this.id = id;
      this.title = "Product " + id;
    }

    Image add(long id, int position) {
      Image image = new Image();
      image.id = id;
      image.position = position;
      image.product = this;
      images.add(image);
      return image;
    }

    Variant add(long id, Supplier supplier) {
      Variant variant = new Variant();
      variant.id = id;
      variant.product = this;
      variant.supplier = supplier;
      variants.add(variant);
      return variant;
    }
  }

  @Entity(name = "Bundle")
  static class Bundle extends Product {

    @OneToOne(cascade = CascadeType.PERSIST)
    @CacheEmbed
    Manual manual;

    @OneToMany(mappedBy = "bundle", cascade = CascadeType.PERSIST)
    @CacheEmbed
    List<Line> lines = new ArrayList<>();

    Bundle() {}

    Bundle(long id) {
      super(id);
    }
  }

  @Embeddable
  static class Label {
    String text;

    Label() {}

    Label(String text) {
      this.text = text;
    }
  }

  @Entity(name = "Vendor")
  static class Vendor {
    @Id Long id;
    String name;

    Vendor() {}

    Vendor(long id) {
      this.id = id;
    }
  }

  @Entity(name = "Note")
  static class Note {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;
  }

  @Entity(name = "Image")
  static class Image {
    @Id Long id;
    int position;

    @ManyToOne Product product;
  }

  @Entity(name = "Variant")
  static class Variant {
    @Id Long id;

    @ManyToOne Product product;
    @ManyToOne Supplier supplier; // EAGER

    @OneToMany(mappedBy = "variant", cascade = CascadeType.PERSIST, fetch = FetchType.EAGER)
    @OrderBy("cents")
    @CacheEmbed
    List<Price> prices = new ArrayList<>();

    @OneToOne(cascade = CascadeType.PERSIST)
    @CacheEmbed
    Manual manual;

    @ManyToMany @CacheReference Set<Tag> tags = new HashSet<>();

    Price add(long id, int cents) {
      Price price = new Price();
      price.id = id;
      price.cents = cents;
      price.variant = this;
      prices.add(price);
      return price;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Variant that && Objects.equals(id, that.id);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, product.title);
    }
  }

  @Entity(name = "Price")
  static class Price {
    @Id Long id;
    int cents;
    @ManyToOne Variant variant;
    @ManyToOne Supplier supplier;
  }

  @Entity(name = "Supplier")
  static class Supplier {
    @Id Long id;
    @ManyToOne Vendor vendor;

    Supplier() {}

    Supplier(long id, Vendor vendor) {
      this.id = id;
      this.vendor = vendor;
    }
  }

  @Entity(name = "Seo")
  static class Seo {
    @Id Long id;
    String keywords;
    @OneToOne Product product;

    Seo() {}

    Seo(long id, Product product) {
      this.id = id;
      this.keywords = "k" + id;
      this.product = product;
    }
  }

  @Entity(name = "Spec")
  static class Spec {
    @Id Long id;
    int grams;

    @OneToOne(mappedBy = "spec")
    Product product;

    Spec() {}

    Spec(long id, int grams) {
      this.id = id;
      this.grams = grams;
    }
  }

  @Entity(name = "Manual")
  static class Manual {
    @Id Long id;
    @ManyToOne Vendor author;

    Manual() {}

    Manual(long id, Vendor author) {
      this.id = id;
      this.author = author;
    }
  }

  @Entity(name = "Review")
  @IdentityCached
  static class Review {
    @Id Long id;
    int stars;
    String text;
    @ManyToOne Product product;

    Review() {}

    Review(long id, int stars, Product product) {
      this.id = id;
      this.stars = stars;
      this.product = product;
    }
  }

  @Entity(name = "Tag")
  @IdentityCached
  static class Tag {
    @Id String code;
    String name;
    @ManyToOne Vendor vendor;

    Tag() {}

    Tag(String code, Vendor vendor) {
      this.code = code;
      this.name = "n" + code;
      this.vendor = vendor;
    }
  }

  @Entity(name = "Warranty")
  @IdentityCached
  static class Warranty {
    @Id Long id;
    @OneToOne Product product;

    Warranty() {}

    Warranty(long id, Product product) {
      this.id = id;
      this.product = product;
    }
  }

  static class LineId implements Serializable {
    Long bundle;
    int number;

    LineId() {}

    LineId(long bundle, int number) {
      this.bundle = bundle;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LineId that && bundle.equals(that.bundle) && number == that.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(bundle, number);
    }
  }

  /** A child that is identified by its parent, and has children itself. */
  @Entity(name = "Line")
  @IdClass(LineId.class)
  static class Line {
    @Id @ManyToOne Bundle bundle;
    @Id int number;

    @ElementCollection @OrderColumn @CacheEmbed List<String> remarks = new ArrayList<>();

    Line() {}

    Line(Bundle bundle, int number) {
      this.bundle = bundle;
      this.number = number;
    }
  }
}
