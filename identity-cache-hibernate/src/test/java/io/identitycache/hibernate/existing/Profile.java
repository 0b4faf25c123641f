package io.identitycache.hibernate.existing;

import jakarta.persistence.Entity;
import jakarta.persistence.OneToOne;

/** What a customer says of itself. */
@Entity
public class Profile extends BaseEntity {

  private String biography;

  @OneToOne(optional = false)
  private Customer customer;

  protected Profile() {}

  public Profile(String biography) {
    this.biography = biography;
  }

  public void setBiography(String biography) {
    this.biography = biography;
  }

  void setCustomer(Customer customer) {
    this.customer = customer;
  }
}
