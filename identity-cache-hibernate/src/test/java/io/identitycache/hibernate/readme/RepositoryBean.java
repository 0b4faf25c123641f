package io.identitycache.hibernate.readme;

import io.identitycache.hibernate.HibernateIdentityCache;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class RepositoryBean {

  // README: bean
  @Bean
  ProductRepository products(EntityManagerFactory entityManagerFactory) {
    return HibernateIdentityCache.of(entityManagerFactory).repository(ProductRepository.class);
  }
  // end
}
