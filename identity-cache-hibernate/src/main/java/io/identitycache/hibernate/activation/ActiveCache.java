package io.identitycache.hibernate.activation;

import io.identitycache.IdentityCache;
import io.identitycache.event.CacheListeners;
import io.identitycache.fetch.BackgroundFiller;
import io.identitycache.fetch.CurrentRow;
import io.identitycache.fetch.EntityFetcher;
import io.identitycache.fetch.FetchEnvironment;
import io.identitycache.fetch.FillChoice;
import io.identitycache.fetch.FillPolicy;
import io.identitycache.fetch.ReadThrough;
import io.identitycache.hibernate.change.ChangeTracking;
import io.identitycache.hibernate.change.ChangedRows;
import io.identitycache.hibernate.change.OnDeleteActions;
import io.identitycache.hibernate.change.ReferringRows;
import io.identitycache.hibernate.guard.FetchedInstances;
import io.identitycache.hibernate.guard.WriteGuard;
import io.identitycache.hibernate.load.HibernateEntitySource;
import io.identitycache.hibernate.load.OwnerQueries;
import io.identitycache.hibernate.load.SessionAssociations;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.mapping.MappingReader;
import io.identitycache.hibernate.transaction.CommitInvalidation;
import io.identitycache.hibernate.transaction.TransactionUsage;
import io.identitycache.hibernate.transaction.TransactionWatch;
import io.identitycache.invalidation.Invalidator;
import io.identitycache.invalidation.ManualInvalidation;
import io.identitycache.invalidation.OwnerSearch;
import io.identitycache.invalidation.OwnersAfterCommit;
import io.identitycache.invalidation.RowInvalidator;
import io.identitycache.memcached.MemcachedStore;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.EntitySource;
import io.identitycache.repository.EntityCache;
import io.identitycache.settings.Settings;
import io.identitycache.settings.StoreChoice;
import io.identitycache.store.CacheStore;
import io.identitycache.store.InProcessStore;
import io.identitycache.store.NoStore;
import io.identitycache.validation.Problems;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.binder.internal.TenantIdBinder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One factory's cache with all that it consists of, put together here and nowhere else. Nothing
 * that would have to be closed is opened before everything has been checked.
 */
final class ActiveCache implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveCache.class);

  private final IdentityCache cache;
  private final CacheStore store;
  private final boolean ownStore;
  private final BackgroundFiller filler;
  private final OwnersAfterCommit ownersAfterCommit;
  private final NamespaceClaims.Claim claim;

  private ActiveCache(
      SessionFactoryImplementor factory,
      Settings settings,
      MappedEntities mappedEntities,
      OnDeleteActions onDelete,
      NamespaceClaims.Claim claim) {
    this.claim = claim;
    this.ownStore = !(settings.isOn() && settings.store() instanceof StoreChoice.Given);
    this.store = open(settings);
    this.filler = new BackgroundFiller();
    CacheListeners listeners = new CacheListeners();
    ReadThrough readThrough =
        new ReadThrough(
            store,
            listeners,
            new FillPolicy(
                settings.absenceTimeToLive(),
                settings.leaseTimeToLive(),
                settings.leaseWait(),
                settings.maxConcurrentLoads(),
                settings.entrySizeWarning()));
    FillChoice filling =
        FillChoice.of(
            settings.isOn() && settings.fill(), settings.fillFromReadOnlyTransactions(), filler);
    Invalidator invalidator = new Invalidator(store, listeners);
    TransactionWatch watch = factory.getServiceRegistry().requireService(TransactionWatch.class);
    AssociationGraph graph = mappedEntities.associations().graph();
    OwnerQueries ownerQueries = new OwnerQueries(factory, mappedEntities.associations());
    OwnerSearch ownConnection = ownerQueries.onOwnConnection();
    this.ownersAfterCommit = new OwnersAfterCommit(ownConnection, invalidator);
    RowInvalidator rowInvalidator =
        new RowInvalidator(invalidator, ownConnection, ownersAfterCommit);
    CommitInvalidation invalidation =
        new CommitInvalidation(graph, rowInvalidator, ownerQueries::inTransactionOf);
    TransactionUsage usage =
        new TransactionUsage(
            factory, watch, settings.bypass(), isMultiTenant(factory), invalidation);
    FetchedInstances fetched = new FetchedInstances();

    List<EntitySource<?>> sources = new ArrayList<>();
    for (MappedEntity<?> mapped : mappedEntities.all()) {
      sources.add(
          new HibernateEntitySource<>(
              factory,
              mapped,
              mappedEntities.associations(),
              () -> sessionOfTransaction(factory, watch),
              settings.refuseWrites() ? fetched::mark : instance -> {}));
    }
    FetchEnvironment environment =
        new FetchEnvironment(
            sources,
            graph,
            new SessionAssociations(
                factory, mappedEntities.associations(), () -> sessionOfTransaction(factory, watch)),
            readThrough,
            usage,
            filling,
            listeners);
    List<EntityCache<?>> entityCaches = new ArrayList<>();
    for (EntitySource<?> source : sources) {
      entityCaches.add(
          entityCache(
              source,
              environment,
              readThrough,
              usage,
              rowInvalidator,
              mappedEntities.associations()));
    }
    this.cache = new IdentityCache(entityCaches, listeners, store.toString(), settings.isOn());
    EventListenerRegistry registry =
        factory.getServiceRegistry().requireService(EventListenerRegistry.class);
    new ChangeTracking(
            factory,
            mappedEntities,
            onDelete,
            new ReferringQueries(ownerQueries),
            new ChangedRows(factory, watch, usage, invalidation))
        .register(registry);
    if (settings.refuseWrites()) {
      new WriteGuard(fetched).register(registry);
    }
  }

  /**
   * Starts the cache of a factory that has cached entities.
   *
   * @param onDelete what the database does by itself when a row is deleted
   * @throws io.identitycache.validation.InvalidConfigurationException with all that is wrong
   */
  static Optional<ActiveCache> start(SessionFactoryImplementor factory, OnDeleteActions onDelete) {
    Problems problems = new Problems();
    Settings settings = Settings.read(factory.getProperties(), problems);
    MappedEntities mappedEntities =
        MappingReader.read(factory, settings.namespace(), settings.timeToLive(), problems);
    if (!mappedEntities.all().isEmpty()
        && isMultiTenant(factory)
        && factory.getCurrentTenantIdentifierResolver() == null) {
      problems.add(
          "Settings",
          "The factory has several tenants, but no hibernate.tenant_identifier_resolver: a fetch"
              + " opens no session, so it must be told whose entries to read");
    }
    NamespaceClaims.Claim claim =
        NamespaceClaims.claim(factory, settings, mappedEntities, problems);
    try {
      problems.throwIfAny();
      if (mappedEntities.all().isEmpty()) {
        return Optional.empty();
      }
      settings.warning().ifPresent(LOG::warn);
      if (factory
          .getServiceRegistry()
          .requireService(TransactionCoordinatorBuilder.class)
          .isJta()) {
        LOG.warn("Identity Cache has not been tested with JTA transactions; see CAVEATS.md");
      }
      return Optional.of(new ActiveCache(factory, settings, mappedEntities, onDelete, claim));
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static CacheStore open(Settings settings) {
    if (!settings.isOn()) {
      return new NoStore();
    }
    if (settings.store() instanceof StoreChoice.Memcached memcached) {
      return new MemcachedStore(resolved(memcached.servers()), settings.operationTimeout());
    }
    if (settings.store() instanceof StoreChoice.InProcess inProcess) {
      return new InProcessStore(inProcess.size());
    }
    return ((StoreChoice.Given) settings.store()).store();
  }

  /** Settings only name the servers; the names are looked up once, when the cache starts. */
  private static List<InetSocketAddress> resolved(List<InetSocketAddress> servers) {
    return servers.stream()
        .map(server -> new InetSocketAddress(server.getHostString(), server.getPort()))
        .toList();
  }

  private static SharedSessionContractImplementor sessionOfTransaction(
      SessionFactoryImplementor factory, TransactionWatch watch) {
    return watch
        .currentSession(factory)
        .orElseThrow(
            () -> new IllegalStateException("The transaction of this thread has ended meanwhile"));
  }

  private static boolean isMultiTenant(SessionFactoryImplementor factory) {
    return factory.getSessionFactoryOptions().isMultiTenancyEnabled()
        || factory.getDefinedFilterNames().contains(TenantIdBinder.FILTER_NAME);
  }

  private static <E> EntityCache<E> entityCache(
      EntitySource<E> source,
      FetchEnvironment environment,
      ReadThrough readThrough,
      TransactionUsage usage,
      RowInvalidator invalidator,
      MappedAssociations associations) {
    return new EntityCache<>(
        new EntityFetcher<>(source, environment),
        new ManualInvalidation<>(
            source,
            new CurrentRow<>(source, readThrough, usage),
            invalidator,
            usage,
            associations.graph(),
            association -> {
              MappedAssociation mapped = associations.of(association);
              return mapped.isEmbedded() || mapped.storesIds();
            }));
  }

  /** The queries of one package as the port of another. */
  private record ReferringQueries(OwnerQueries queries) implements ReferringRows {

    @Override
    public Set<Object> idsReferring(
        SharedSessionContractImplementor session,
        EntityPersister child,
        String toOneAttribute,
        EntityPersister parent,
        Collection<?> parentIds) {
      return queries.idsReferring(session, child, toOneAttribute, parent, parentIds);
    }

    @Override
    public Set<Object> idsInCollection(
        SharedSessionContractImplementor session,
        EntityPersister parent,
        String collection,
        Collection<?> parentIds) {
      return queries.idsInCollection(session, parent, collection, parentIds);
    }
  }

  IdentityCache cache() {
    return cache;
  }

  @Override
  public void close() {
    filler.close();
    ownersAfterCommit.close();
    if (ownStore) {
      store.close();
    }
    claim.close();
  }
}
