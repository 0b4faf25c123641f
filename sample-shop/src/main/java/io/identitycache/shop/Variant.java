package io.identitycache.shop;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A size that a product comes in, with its prices. */
@Entity
@Table(indexes = @Index(columnList = "product_id"))
@IdentityCached
public class Variant {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "variant_number")
  @SequenceGenerator(name = "variant_number", allocationSize = 1000)
  private @Nullable Long id;

  @Version private int version;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "product_id")
  private Product product;

  @Column(nullable = false)
  private int position;

  @Column(nullable = false, length = 40)
  private String name;

  @OneToMany(mappedBy = "variant")
  @OrderBy("currency")
  @CacheEmbed
  private List<Price> prices = new ArrayList<>();

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Variant() {}

  Variant(Product product, int position, String name) {
    this.product = product;
    this.position = position;
    this.name = name;
  }

  /** Null until the variant is stored. */
  public @Nullable Long getId() {
    return id;
  }

  public int getVersion() {
    return version;
  }

  public Product getProduct() {
    return product;
  }

  /** Its place among the variants of its product, from 1. */
  public int getPosition() {
    return position;
  }

  public String getName() {
    return name;
  }

  /** One for each currency, in the order of their names. */
  public List<Price> getPrices() {
    return prices;
  }

  /** What it costs in a currency. */
  public Price priceIn(Currency currency) {
    return prices.stream()
        .filter(price -> price.getCurrency() == currency)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no price in " + currency));
  }
}
