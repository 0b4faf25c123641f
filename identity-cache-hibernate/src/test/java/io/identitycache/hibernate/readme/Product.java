package io.identitycache.hibernate.readme;

import io.identitycache.annotation.CacheIndex;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

// README: entity
@Entity
@CacheIndex(value = "handle", unique = true)
public class Product {
  @Id @GeneratedValue Long id;
  String handle;
  String title;
}
// end
