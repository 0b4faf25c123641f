package io.identitycache.hibernate.dropin;

import io.identitycache.repository.CacheRepository;
import java.util.Optional;

/** Products through the cache. */
interface ProductRepository extends CacheRepository<Product, Long> {

  Optional<Product> fetchByHandle(String handle);
}
