package io.identitycache.hibernate.dropin;

import org.springframework.transaction.annotation.Transactional;

/** Shows products, in read-only transactions. */
@Transactional(readOnly = true)
class Storefront {

  private final ProductRepository products;

  Storefront(ProductRepository products) {
    this.products = products;
  }

  Product show(String handle) {
    return products.fetchByHandle(handle).orElseThrow();
  }
}
