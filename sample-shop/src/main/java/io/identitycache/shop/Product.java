package io.identitycache.shop;

import io.identitycache.annotation.CacheIndex;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Something the shop sells. Its page is found by its handle, its shelf by vendor and type. */
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

  @Column(nullable = false, precision = 10, scale = 2)
  private BigDecimal price;

  @Column(nullable = false)
  private int stock;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Product() {}

  Product(
      String handle,
      String vendor,
      String productType,
      String title,
      String description,
      Colour colour,
      BigDecimal price,
      int stock) {
    this.handle = handle;
    this.vendor = vendor;
    this.productType = productType;
    this.title = title;
    this.description = description;
    this.colour = colour;
    this.price = price;
    this.stock = stock;
  }

  /** What the back office may change. */
  void change(String title, BigDecimal price, int stock) {
    this.title = title;
    this.price = price;
    this.stock = stock;
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

  /** In euros. */
  public BigDecimal getPrice() {
    return price;
  }

  /** How many are left. */
  public int getStock() {
    return stock;
  }
}
