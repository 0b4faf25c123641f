package io.identitycache.shop;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import org.jspecify.annotations.Nullable;

/** A vendor's own small shop, whose products are sold here. */
@Entity
@IdentityCached
public class Shop {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "shop_number")
  @SequenceGenerator(name = "shop_number", allocationSize = 50)
  private @Nullable Long id;

  @Column(nullable = false, unique = true, length = 80)
  private String vendor;

  @Column(nullable = false, length = 80)
  private String town;

  @Column(nullable = false)
  private int founded;

  @Column(nullable = false, length = 200)
  private String motto;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Shop() {}

  Shop(String vendor, String town, int founded, String motto) {
    this.vendor = vendor;
    this.town = town;
    this.founded = founded;
    this.motto = motto;
  }

  /** Null until the shop is stored. */
  public @Nullable Long getId() {
    return id;
  }

  /** Whose shop it is. */
  public String getVendor() {
    return vendor;
  }

  public String getTown() {
    return town;
  }

  /** The year. */
  public int getFounded() {
    return founded;
  }

  public String getMotto() {
    return motto;
  }
}
