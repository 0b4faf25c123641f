package io.identitycache.hibernate.scenario;

import io.identitycache.repository.CacheRepository;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Products through the cache, by everything they are indexed by. */
interface ProductRepository extends CacheRepository<Product, Long> {

  Optional<Product> fetchByHandle(String handle);

  List<Product> fetchByVendorAndProductType(String vendor, String productType);

  Map<String, Product> fetchMultiByHandle(Collection<String> handles);

  Map<List<String>, List<Product>> fetchMultiByVendorAndProductType(
      Collection<List<String>> values);

  Optional<String> fetchTitleById(Long id);

  Map<Long, String> fetchMultiTitleById(Collection<Long> ids);
}
