package io.identitycache.hibernate.readme.associations;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** Has an entry of its own. */
@Entity
@IdentityCached
public class Shop {
  @Id @GeneratedValue Long id;
  String name;
}
