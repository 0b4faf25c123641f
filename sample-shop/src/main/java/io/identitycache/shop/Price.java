package io.identitycache.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a variant costs in one currency. */
@Entity
@Table(indexes = @Index(columnList = "variant_id"))
public class Price {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "price_number")
  @SequenceGenerator(name = "price_number", allocationSize = 1000)
  private @Nullable Long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "variant_id")
  private Variant variant;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false, length = 3)
  private Currency currency;

  @Column(nullable = false, precision = 10, scale = 2)
  private BigDecimal amount;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Price() {}

  Price(Variant variant, Currency currency, BigDecimal amount) {
    this.variant = variant;
    this.currency = currency;
    this.amount = amount;
  }

  /** What the back office may change. */
  void change(BigDecimal amount) {
    this.amount = amount;
  }

  /** Null until the price is stored. */
  public @Nullable Long getId() {
    return id;
  }

  public Variant getVariant() {
    return variant;
  }

  public Currency getCurrency() {
    return currency;
  }

  public BigDecimal getAmount() {
    return amount;
  }

  /** As a price tag says it: {@code €24.90}. */
  public String tag() {
    return currency.tag(amount);
  }
}
