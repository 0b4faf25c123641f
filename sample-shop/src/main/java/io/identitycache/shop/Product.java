package io.identitycache.shop;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is sold here. Its page is found by its handle, its shelf by vendor and type. Its
 * pictures are kept in its own cache entry; its shop and its variants have entries of their own.
 */
@Entity
@Table(
    indexes = {
      @Index(columnList = "vendor, productType, id"),
      @Index(columnList = "productType, id")
    })
@CacheIndex(value = "handle", unique = true)
@CacheIndex({"vendor", "productType"})
public class Product {

  /** How long a title may be, in characters. */
  static final int TITLE_LENGTH = 120;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "product_number")
  @SequenceGenerator(name = "product_number", allocationSize = 1000)
  private @Nullable Long id;

  @Version private int version;

  @Column(nullable = false, unique = true, length = 160)
  private String handle;

  @Column(nullable = false, length = 80)
  private String vendor;

  @Column(nullable = false, length = 40)
  private String productType;

  @Column(nullable = false, length = TITLE_LENGTH)
  private String title;

  @Column(nullable = false, length = 1000)
  private String description;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false, length = 20)
  private Colour colour;

  @Column(nullable = false)
  private int stock;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @CacheReference
  private Shop shop;

  @OneToMany(mappedBy = "product")
  @OrderBy("position")
  @CacheEmbed
  private List<Image> images = new ArrayList<>();

  @OneToMany(mappedBy = "product")
  @OrderBy("position")
  @CacheReference
  private List<Variant> variants = new ArrayList<>();

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Product() {}

  Product(
      String handle,
      Shop shop,
      String productType,
      String title,
      String description,
      Colour colour,
      int stock) {
    this.handle = handle;
    this.vendor = shop.getVendor();
    this.productType = productType;
    this.title = title;
    this.description = description;
    this.colour = colour;
    this.stock = stock;
    this.shop = shop;
  }

  /** What the back office may change. */
  void change(String title, int stock) {
    this.title = title;
    this.stock = stock;
  }

  /**
   * Moves one of the pictures by one place; one that is at that end already stays.
   *
   * @return whether it is one of this product's
   */
  boolean moveImage(long image, Step step) {
    for (int i = 0; i < images.size(); i++) {
      if (Objects.equals(images.get(i).getId(), image)) {
        int other = i + step.places();
        if (other >= 0 && other < images.size()) {
          images.get(i).swapWith(images.get(other));
        }
        return true;
      }
    }
    return false;
  }

  /** Null until the product is stored. */
  public @Nullable Long getId() {
    return id;
  }

  public int getVersion() {
    return version;
  }

  /** The product's name in addresses: lower case words with hyphens. It never changes. */
  public String getHandle() {
    return handle;
  }

  /** Whose shop it is from: the shop says it too, but shelves are found by it. */
  public String getVendor() {
    return vendor;
  }

  public String getProductType() {
    return productType;
  }

  public String getTitle() {
    return title;
  }

  public String getDescription() {
    return description;
  }

  public Colour getColour() {
    return colour;
  }

  /** How many are left. */
  public int getStock() {
    return stock;
  }

  /** The vendor's shop. */
  public Shop getShop() {
    return shop;
  }

  /** In the order in which they are shown. */
  public List<Image> getImages() {
    return images;
  }

  /** The smallest first. */
  public List<Variant> getVariants() {
    return variants;
  }

  /** What the cheapest variant costs, as a price tag: {@code from €24.90}. */
  public String getPriceTag() {
    Price lowest =
        variants.stream()
            .map(variant -> variant.priceIn(Currency.EUR))
            .min(Comparator.comparing(Price::getAmount))
            .orElseThrow();
    return variants.size() == 1 ? lowest.tag() : "from " + lowest.tag();
  }
}
