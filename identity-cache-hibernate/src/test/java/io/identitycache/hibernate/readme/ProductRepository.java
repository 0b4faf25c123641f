package io.identitycache.hibernate.readme;

import io.identitycache.repository.CacheRepository;
import java.util.Optional;

// README: repository
public interface ProductRepository extends CacheRepository<Product, Long> {
  Optional<Product> fetchByHandle(String handle);
}
// end
