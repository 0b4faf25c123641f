package io.identitycache.hibernate.dropin;

import io.identitycache.annotation.CacheIndex;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** What these applications sell. */
@Entity
@CacheIndex(value = "handle", unique = true)
public class Product {

  @Id @GeneratedValue Long id;
  String handle;
  String title;

  protected Product() {}

  Product(String handle, String title) {
    this.handle = handle;
    this.title = title;
  }
}
