package io.identitycache.hibernate.dropin;

import io.identitycache.IdentityCache;
import io.identitycache.hibernate.HibernateIdentityCache;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.testing.MemcachedServer;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** A Spring application with a pool of connections, a memcached, and hooks of its own. */
@Configuration
@EnableTransactionManagement
class SpringShop {

  @Bean
  MemcachedServer memcached() {
    return MemcachedServer.start();
  }

  /** HikariCP, with what is asked of it counted. */
  @Bean
  TestDatabase database() {
    return TestDatabase.h2();
  }

  @Bean
  Hooks hooks() {
    return new Hooks();
  }

  @Bean
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      TestDatabase database, MemcachedServer memcached, Hooks hooks) {
    LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
    factory.setDataSource(database.dataSource());
    factory.setManagedTypes(PersistenceManagedTypes.of(Product.class.getName()));
    factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
    factory.setJpaPropertyMap(
        Map.of(
            "hibernate.hbm2ddl.auto",
            "create",
            "hibernate.session_factory.interceptor",
            hooks,
            "hibernate.session_factory.statement_inspector",
            hooks,
            "hibernate.session.events.auto",
            Hooks.OfSession.class.getName(),
            "hibernate.identity_cache.servers",
            memcached.address(),
            "hibernate.identity_cache.namespace",
            "shop"));
    return factory;
  }

  @Bean
  PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
    return new JpaTransactionManager(factory);
  }

  @Bean(destroyMethod = "")
  IdentityCache cache(EntityManagerFactory factory) {
    return HibernateIdentityCache.of(factory);
  }

  @Bean
  ProductRepository products(IdentityCache cache) {
    return cache.repository(ProductRepository.class);
  }

  @Bean
  BackOffice backOffice(ProductRepository products) {
    return new BackOffice(products);
  }

  @Bean
  Storefront storefront(ProductRepository products) {
    return new Storefront(products);
  }
}
