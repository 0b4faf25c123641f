package io.identitycache.shop;

import io.identitycache.repository.CacheRepository;
import java.util.List;
import java.util.Optional;

/** Fetches products through the cache. */
public interface ProductRepository extends CacheRepository<Product, Long> {

  /** The product with this handle, if there is one. */
  Optional<Product> fetchByHandle(String handle);

  /** All products of one type by one vendor, in the order in which they came to the shop. */
  List<Product> fetchByVendorAndProductType(String vendor, String productType);
}
