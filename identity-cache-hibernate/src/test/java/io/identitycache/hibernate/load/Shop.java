package io.identitycache.hibernate.load;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The small domain of these tests. */
final class Shop {

  static final Class<?>[] ENTITIES = {
    Vendor.class,
    Product.class,
    Bundle.class,
    Image.class,
    Stock.class,
    Price.class,
    Coupon.class,
    Voucher.class
  };

  private Shop() {}

  @Entity(name = "Vendor")
  static class Vendor {
    @Id Long id;
    String name;

    Vendor() {}

    Vendor(long id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  @Embeddable
  static class Origin {
    String country;
    String city;
  }

  @Entity(name = "Product")
  @CacheIndex(value = "handle", unique = true)
  @CacheIndex({"vendor", "productType"})
  @CacheIndex({"origin.country", "id"})
  @CacheIndex(value = "sku", ignoreCase = true)
  @IdentityCached(timeToLive = "5m")
  static class Product {
    @Id Long id;
    String handle;
    String productType;
    String sku;

    @CacheAttribute
    @CacheAttribute(by = "handle")
    String title;

    @Embedded Origin origin = new Origin();
    @ManyToOne Vendor vendor; // EAGER, JPA's default

    @OneToMany(mappedBy = "product", fetch = FetchType.EAGER)
    List<Image> images = new ArrayList<>();

    Product() {}

    Product(long id, String handle) {
      this.id = id;
      this.handle = handle;
      this.title = "Title " + id;
      this.sku = "Sku-" + id;
    }
  }

  @Entity(name = "Bundle")
  @DiscriminatorValue("B")
  @CacheIndex("label")
  static class Bundle extends Product {
    String label;

    Bundle() {}

    Bundle(long id, String handle, String label) {
      super(id, handle);
      this.label = label;
    }
  }

  @Entity(name = "Image")
  static class Image {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Product product;
  }

  @Embeddable
  static class Place implements Serializable {
    String house;
    int shelf;

    Place() {}

    Place(String house, int shelf) {
      this.house = house;
      this.shelf = shelf;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place that && house.equals(that.house) && shelf == that.shelf;
    }

    @Override
    public int hashCode() {
      return Objects.hash(house, shelf);
    }
  }

  @Entity(name = "Stock")
  @CacheIndex("place.house")
  static class Stock {
    @EmbeddedId Place place;

    @CacheIndex @CacheAttribute Integer amount;

    Stock() {}

    Stock(String house, int shelf, int amount) {
      this.place = new Place(house, shelf);
      this.amount = amount;
    }
  }

  static class PriceId implements Serializable {
    String currency;
    Long product;

    PriceId() {}

    PriceId(String currency, long product) {
      this.currency = currency;
      this.product = product;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof PriceId that
          && currency.equals(that.currency)
          && product.equals(that.product);
    }

    @Override
    public int hashCode() {
      return Objects.hash(currency, product);
    }
  }

  @Entity(name = "Price")
  @IdClass(PriceId.class)
  @CacheIndex("currency")
  static class Price {
    @Id String currency;
    @Id Long product;
    @CacheAttribute Long cents;

    Price() {}

    Price(String currency, long product, long cents) {
      this.currency = currency;
      this.product = product;
      this.cents = cents;
    }
  }

  @Entity(name = "Coupon")
  @IdentityCached
  static class Coupon {
    @Id
    @Column(name = "coupon_code")
    String code;

    @CacheIndex boolean open;

    Coupon() {}

    Coupon(String code, boolean open) {
      this.code = code;
      this.open = open;
    }
  }

  @Entity(name = "Voucher")
  static class Voucher {
    @Id UUID number;
    @CacheIndex String owner;

    Voucher() {}

    Voucher(UUID number, String owner) {
      this.number = number;
      this.owner = owner;
    }
  }
}
