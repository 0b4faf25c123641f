package io.identitycache.shop;

import io.identitycache.annotation.Include;
import io.identitycache.repository.CacheRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Fetches products through the cache, each with its pictures and what else its page shows. */
public interface ProductRepository extends CacheRepository<Product, Long> {

  /** The product with this handle, if there is one, with its variants and its shop. */
  @Include({"variants.prices", "shop"})
  Optional<Product> fetchByHandle(String handle);

  /**
   * All products of one type by one vendor, in the order in which they came to the shop, with their
   * variants.
   */
  @Include("variants.prices")
  List<Product> fetchByVendorAndProductType(String vendor, String productType);

  /** The products with these ids, in their order, with their variants. */
  @Override
  @Include("variants.prices")
  List<Product> fetchMulti(Collection<? extends Long> ids);
}
