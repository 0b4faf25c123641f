package io.identitycache.hibernate;

import io.identitycache.IdentityCache;
import io.identitycache.hibernate.activation.ActiveCaches;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** The way from an entity manager factory to its cache. */
public final class HibernateIdentityCache {

  private HibernateIdentityCache() {}

  /**
   * The cache of a factory. It is there as soon as the factory is, and is closed with it.
   *
   * @throws IllegalStateException if the factory has no cached entities, or is closed
   */
  public static IdentityCache of(EntityManagerFactory factory) {
    SessionFactoryImplementor sessionFactory = factory.unwrap(SessionFactoryImplementor.class);
    return sessionFactory
        .getServiceRegistry()
        .requireService(ActiveCaches.class)
        .of(sessionFactory)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This factory has no cached entity: annotate one with @CacheIndex or"
                        + " @IdentityCached"));
  }
}
