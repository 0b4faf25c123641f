package io.identitycache.hibernate.readme.associations;

import io.identitycache.annotation.Include;
import io.identitycache.repository.CacheRepository;
import java.util.Optional;

// README: repository
public interface ProductRepository extends CacheRepository<Product, Long> {
  @Include({"variants", "shop"})
  Optional<Product> fetchByHandle(String handle);
}
// end
