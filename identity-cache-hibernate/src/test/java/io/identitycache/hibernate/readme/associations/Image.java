package io.identitycache.hibernate.readme.associations;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** Kept inside its product's entry; it needs no annotation for that. */
@Entity
public class Image {
  @Id @GeneratedValue Long id;
  int position;
  String file;

  @ManyToOne(fetch = FetchType.LAZY)
  Product product;
}
