package io.identitycache.hibernate.scenario;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;

/**
 * What a product page shows. Images and the manual live in the product's entry, and lead to people;
 * variants, prices, people and shops have entries of their own. Reviews are not the cache's.
 */
final class Catalogue {

  static final Class<?>[] ENTITIES = {
    Product.class,
    Image.class,
    Manual.class,
    Variant.class,
    Price.class,
    Person.class,
    Review.class,
    Shop.class
  };

  private Catalogue() {}

  @Entity(name = "Product")
  @CacheIndex(value = "handle", unique = true)
  @CacheIndex("vendor")
  static class Product {
    @Id @GeneratedValue Long id;
    String handle;
    String vendor;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Shop shop;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Product successor;

    @OneToMany(mappedBy = "product", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    @CacheEmbed
    List<Image> images = new ArrayList<>();

    @OneToOne(mappedBy = "product", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @CacheEmbed
    Manual manual;

    @OneToMany(mappedBy = "product", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    @CacheReference
    List<Variant> variants = new ArrayList<>();

    @OneToMany(mappedBy = "product", cascade = CascadeType.ALL)
    List<Review> reviews = new ArrayList<>();

    protected Product() {}

    Product(String handle) {
      this.handle = handle;
      this.vendor = "Berta";
    }

    Product withImages(String... urls) {
      for (String url : urls) {
        Image image = new Image();
        image.url = url;
        image.position = images.size();
        image.product = this;
        images.add(image);
      }
      return this;
    }

    Product withManual(Person author) {
      manual = new Manual();
      manual.author = author;
      manual.product = this;
      return this;
    }

    /** So many variants, each with two prices. */
    Product withVariants(int count) {
      for (int i = 0; i < count; i++) {
        Variant variant = new Variant();
        variant.name = handle + " " + i;
        variant.position = i;
        variant.product = this;
        variant.prices.add(new Price(variant, 10 * i + 1));
        variant.prices.add(new Price(variant, 10 * i + 2));
        variants.add(variant);
      }
      return this;
    }

    List<String> urls() {
      return images.stream().map(image -> image.url).toList();
    }

    List<String> variantNames() {
      return variants.stream().map(variant -> variant.name).toList();
    }

    /** The id, which a proxy knows. */
    public Long getId() {
      return id;
    }

    /** Of an uninitialised proxy, an exception. */
    String getHandle() {
      return handle;
    }
  }

  @Entity(name = "Image")
  static class Image {
    @Id @GeneratedValue Long id;
    String url;
    int position;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Person artist;
  }

  @Entity(name = "Manual")
  static class Manual {
    @Id @GeneratedValue Long id;

    @OneToOne(fetch = FetchType.LAZY)
    Product product;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Person author;
  }

  @Entity(name = "Variant")
  @IdentityCached
  static class Variant {
    @Id @GeneratedValue Long id;
    String name;
    int position;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    Product product;

    @OneToMany(mappedBy = "variant", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("amount")
    @CacheReference
    List<Price> prices = new ArrayList<>();

    List<Integer> amounts() {
      return prices.stream().map(price -> price.amount).toList();
    }
  }

  @Entity(name = "Price")
  @IdentityCached
  static class Price {
    @Id @GeneratedValue Long id;
    int amount;

    @ManyToOne(fetch = FetchType.LAZY)
    Variant variant;

    protected Price() {}

    Price(Variant variant, int amount) {
      this.variant = variant;
      this.amount = amount;
    }
  }

  @Entity(name = "Person")
  @IdentityCached
  static class Person {
    @Id @GeneratedValue Long id;
    String name;

    @ManyToMany @CacheReference List<Person> friends = new ArrayList<>();

    protected Person() {}

    Person(String name) {
      this.name = name;
    }

    public Long getId() {
      return id;
    }

    /** Of an uninitialised proxy, an exception. */
    String getName() {
      return name;
    }
  }

  @Entity(name = "Review")
  static class Review {
    @Id @GeneratedValue Long id;
    String text;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;

    protected Review() {}

    Review(Product product, String text) {
      this.product = product;
      this.text = text;
    }
  }
}
