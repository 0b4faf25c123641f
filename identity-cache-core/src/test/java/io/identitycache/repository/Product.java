package io.identitycache.repository;

/** The cached root of the tests; a {@link Book} is one, too. */
class Product {

  final Long id;
  final String handle;
  final String vendor;
  final String productType;
  final String title;
  final Long shop;

  Product(Long id, String handle, String vendor, String productType, String title, Long shop) {
    this.id = id;
    this.handle = handle;
    this.vendor = vendor;
    this.productType = productType;
    this.title = title;
    this.shop = shop;
  }

  @Override
  public String toString() {
    return "Product " + id;
  }

  /** A class below a cached one. */
  static final class Book extends Product {

    Book(Long id, String handle, String vendor) {
      super(id, handle, vendor, "book", "Book " + id, null);
    }
  }
}
