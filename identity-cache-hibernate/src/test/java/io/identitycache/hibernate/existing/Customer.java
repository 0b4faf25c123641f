package io.identitycache.hibernate.existing;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who buys; owns a profile, and orders in both directions. */
@Entity
@CacheIndex(value = "email", unique = true)
public class Customer extends BaseEntity {

  /** How good a customer. */
  public enum Standing {
    NEW,
    REGULAR,
    BLOCKED
  }

  private String email;

  @Enumerated(EnumType.STRING)
  private Standing standing = Standing.NEW;

  @Embedded private Address billing;

  @OneToOne(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true)
  @CacheEmbed
  private Profile profile;

  @ElementCollection(fetch = FetchType.EAGER)
  @CacheEmbed
  private Set<String> phones = new HashSet<>();

  @ElementCollection @OrderColumn @CacheEmbed private List<Address> deliveries = new ArrayList<>();

  @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true)
  @CacheReference
  private Set<Order> orders = new HashSet<>();

  @ManyToMany(mappedBy = "members")
  @CacheReference
  private Set<Club> clubs = new HashSet<>();

  protected Customer() {}

  public Customer(String email) {
    this.email = email;
    this.billing = new Address("1 " + email, "Ulm");
  }

  public String getEmail() {
    return email;
  }

  public void setStanding(Standing standing) {
    this.standing = standing;
  }

  public void setBilling(Address billing) {
    this.billing = billing;
  }

  public Profile getProfile() {
    return profile;
  }

  public void setProfile(Profile profile) {
    this.profile = profile;
    if (profile != null) {
      profile.setCustomer(this);
    }
  }

  public Set<String> getPhones() {
    return phones;
  }

  public List<Address> getDeliveries() {
    return deliveries;
  }

  public Set<Order> getOrders() {
    return orders;
  }

  public Set<Club> getClubs() {
    return clubs;
  }
}
