package io.identitycache.hibernate.existing;

import jakarta.persistence.Embeddable;
import java.util.Objects;

/** Where somebody lives. */
@Embeddable
public class Address {

  private String street;
  private String city;

  protected Address() {}

  public Address(String street, String city) {
    this.street = street;
    this.city = city;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address address
        && Objects.equals(street, address.street)
        && Objects.equals(city, address.city);
  }

  @Override
  public int hashCode() {
    return Objects.hash(street, city);
  }
}
