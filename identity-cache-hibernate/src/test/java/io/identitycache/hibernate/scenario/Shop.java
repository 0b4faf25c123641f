package io.identitycache.hibernate.scenario;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** Who sells it. */
@Entity
@IdentityCached
public class Shop {

  @Id @GeneratedValue Long id;
  String name;

  protected Shop() {}

  Shop(String name) {
    this.name = name;
  }

  /** Its name; of an uninitialised proxy, an exception. */
  public String getName() {
    return name;
  }

  /** Its id, which a proxy knows. */
  public Long getId() {
    return id;
  }
}
