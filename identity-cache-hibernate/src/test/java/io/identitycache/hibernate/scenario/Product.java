package io.identitycache.hibernate.scenario;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.annotation.CacheIndex;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** What the shop sells; without a version. */
@Entity
@CacheIndex(value = "handle", unique = true)
@CacheIndex({"vendor", "productType"})
public class Product {

  @Id @GeneratedValue Long id;
  String handle;
  String vendor;
  String productType;
  @CacheAttribute String title;

  @ManyToOne(fetch = FetchType.LAZY)
  Shop shop;

  protected Product() {}

  Product(String handle, String vendor, String productType) {
    this.handle = handle;
    this.vendor = vendor;
    this.productType = productType;
    this.title = "The " + handle;
  }
}
