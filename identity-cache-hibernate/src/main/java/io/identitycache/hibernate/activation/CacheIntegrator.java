package io.identitycache.hibernate.activation;

import io.identitycache.hibernate.change.OnDeleteActions;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Starts a cache with every factory, and ends it with it. Found by Hibernate through the service
 * loader.
 */
public final class CacheIntegrator implements Integrator {

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
    // the mapping model does not exist before the factory does
    factory.addObserver(new FactoryObserver(OnDeleteActions.of(metadata)));
  }

  @Override
  public void disintegrate(
      SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
    caches(factory).closed(factory);
  }

  private static ActiveCaches caches(SessionFactoryImplementor factory) {
    return factory.getServiceRegistry().requireService(ActiveCaches.class);
  }

  private static final class FactoryObserver implements SessionFactoryObserver {

    private static final long serialVersionUID = 1;

    private final transient OnDeleteActions onDelete;

    private FactoryObserver(OnDeleteActions onDelete) {
      this.onDelete = onDelete;
    }

    @Override
    public void sessionFactoryCreated(SessionFactory created) {
      SessionFactoryImplementor factory = created.unwrap(SessionFactoryImplementor.class);
      ActiveCache.start(factory, onDelete)
          .ifPresent(cache -> caches(factory).opened(factory, cache));
    }

    @Override
    public void sessionFactoryClosing(SessionFactory closing) {
      SessionFactoryImplementor factory = closing.unwrap(SessionFactoryImplementor.class);
      caches(factory).closed(factory);
    }
  }
}
