package io.identitycache.hibernate.readme.associations;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** Has an entry of its own. */
@Entity
@IdentityCached
public class Variant {
  @Id @GeneratedValue Long id;
  String name;

  @ManyToOne(fetch = FetchType.LAZY)
  Product product;
}
