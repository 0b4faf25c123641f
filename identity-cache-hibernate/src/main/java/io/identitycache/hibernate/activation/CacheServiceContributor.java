package io.identitycache.hibernate.activation;

import io.identitycache.hibernate.transaction.TransactionWatch;
import io.identitycache.hibernate.transaction.WatchedJdbcServices;
import io.identitycache.hibernate.transaction.WatchedTransactions;
import java.util.Map;
import java.util.function.BiFunction;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.resource.transaction.internal.TransactionCoordinatorBuilderInitiator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.service.Service;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/**
 * Puts the watched transaction coordinators and JDBC services in the place of Hibernate's own, in
 * every service registry. Found by Hibernate through the service loader.
 */
public final class CacheServiceContributor implements ServiceContributor {

  @Override
  public void contribute(StandardServiceRegistryBuilder builder) {
    TransactionWatch watch = new TransactionWatch();
    builder.addService(TransactionWatch.class, watch);
    builder.addService(ActiveCaches.class, new ActiveCaches());
    builder.addInitiator(
        new Initiator<>(
            TransactionCoordinatorBuilder.class,
            (settings, registry) ->
                new WatchedTransactions(
                    TransactionCoordinatorBuilderInitiator.INSTANCE.initiateService(
                        settings, registry),
                    watch)));
    builder.addInitiator(
        new Initiator<>(
            JdbcServices.class, (settings, registry) -> new WatchedJdbcServices(registry, watch)));
  }

  private record Initiator<S extends Service>(
      Class<S> service, BiFunction<Map<String, Object>, ServiceRegistryImplementor, S> maker)
      implements StandardServiceInitiator<S> {

    @Override
    public Class<S> getServiceInitiated() {
      return service;
    }

    @Override
    public S initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
      return maker.apply(settings, registry);
    }
  }
}
