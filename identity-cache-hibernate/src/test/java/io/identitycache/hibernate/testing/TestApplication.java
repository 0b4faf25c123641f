package io.identitycache.hibernate.testing;

import io.identitycache.IdentityCache;
import io.identitycache.event.CacheEvent;
import io.identitycache.hibernate.HibernateIdentityCache;
import io.identitycache.repository.CacheRepository;
import io.identitycache.testing.FailingStore;
import io.identitycache.testing.MeteredStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * An application with a cache: a real database and a real store, both counted.
 *
 * <pre>{@code
 * try (TestApplication shop = TestApplication.of(MEMCACHED, Product.class).start()) {
 *   shop.inTransaction(session -> session.persist(product));
 *   shop.reset();
 *   products.fetch(1L);
 *   assertThat(shop.queries()).isEqualTo(1);
 *   assertThat(shop.ops()).isEqualTo(3);
 * }
 * }</pre>
 */
public final class TestApplication implements AutoCloseable {

  private final TestDatabase database;
  private final boolean ownsDatabase;
  private final Builder builder;
  private final FailingStore faults;
  private final MeteredStore store;
  private final SessionFactoryImplementor factory;
  private final List<CacheEvent> events = new CopyOnWriteArrayList<>();

  private TestApplication(
      Builder builder, Class<?>[] entities, TestDatabase database, boolean ownsDatabase) {
    this.builder = builder;
    this.database = database;
    this.ownsDatabase = ownsDatabase;
    this.faults = new FailingStore(builder.contents.open());
    this.store = new MeteredStore(faults, database::note);
    Map<String, Object> settings = new HashMap<>();
    settings.put("hibernate.identity_cache.store", store);
    settings.put("hibernate.identity_cache.namespace", builder.namespace);
    if (!ownsDatabase) {
      settings.put("hibernate.hbm2ddl.auto", "none");
    }
    settings.putAll(builder.settings);
    settings.values().removeIf(value -> value == Builder.UNSET);
    try {
      this.factory = database.boot(settings, entities);
    } catch (RuntimeException e) {
      if (ownsDatabase) {
        store.close();
        database.close();
      }
      throw e;
    }
    if (hasCache()) {
      cache().addListener(events::add);
    }
    reset();
  }

  /** What an application is made of. */
  public static final class Builder {

    private static final Object UNSET = new Object();

    private final Class<?>[] entities;
    private final StoreKind.Contents contents;
    private final Map<String, Object> settings = new HashMap<>();
    private final String namespace = "test-" + UUID.randomUUID();
    private boolean postgres;
    private int connections = 5;

    private Builder(StoreKind kind, Class<?>... entities) {
      this.contents = kind.contents();
      this.entities = entities;
    }

    /** Adds settings, their full names given; those of the cache may be replaced. */
    public Builder withAll(Map<String, ?> added) {
      settings.putAll(added);
      return this;
    }

    /** Adds a setting, its full name given; those of the cache may be replaced. */
    public Builder with(String setting, Object value) {
      settings.put(setting, value);
      return this;
    }

    /** Leaves a setting out that the application would have otherwise. */
    public Builder without(String setting) {
      settings.put(setting, UNSET);
      return this;
    }

    /** Uses PostgreSQL instead of H2. */
    public Builder onPostgres() {
      postgres = true;
      return this;
    }

    /** Gives it a pool of H2 connections of this size; otherwise there are 5. */
    public Builder connections(int size) {
      connections = size;
      return this;
    }

    /** Starts it on a new and empty database; started again, over the same store. */
    public TestApplication start() {
      TestDatabase database =
          postgres
              ? TestDatabase.postgres("t" + UUID.randomUUID().toString().replace("-", ""))
              : TestDatabase.h2(connections);
      return new TestApplication(this, entities, database, true);
    }
  }

  /** An application with these entities, whose entries are kept in this kind of store. */
  public static Builder of(StoreKind kind, Class<?>... entities) {
    return new Builder(kind, entities);
  }

  /** Another process of the same application: a cache of its own over the same contents. */
  public TestApplication anotherProcess() {
    return new TestApplication(builder, builder.entities, database, false);
  }

  /**
   * A process of another version of the application, over the same contents and the same database,
   * whose tables are left as they are.
   */
  public TestApplication anotherVersion(Class<?>... entities) {
    return new TestApplication(builder, entities, database, false);
  }

  private boolean hasCache() {
    try {
      HibernateIdentityCache.of(factory);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** The cache. */
  public IdentityCache cache() {
    return HibernateIdentityCache.of(factory);
  }

  /** A repository. */
  public <R extends CacheRepository<?, ?>> R repository(Class<R> type) {
    return cache().repository(type);
  }

  /** The factory. */
  public SessionFactoryImplementor factory() {
    return factory;
  }

  /** The database, which processes of one application share. */
  public TestDatabase database() {
    return database;
  }

  /** The store as this process sees it, metered. */
  public MeteredStore store() {
    return store;
  }

  /** Makes operations of the store fail, or hold still. */
  public FailingStore faults() {
    return faults;
  }

  /** What the cache has reported since the last {@link #reset}. */
  public List<CacheEvent> events() {
    return List.copyOf(events);
  }

  /** How many keys were reported with this kind, of all names, since the last {@link #reset}. */
  public int count(CacheEvent.Kind kind) {
    return events.stream().filter(e -> e.kind() == kind).mapToInt(CacheEvent::keys).sum();
  }

  /** How many keys were reported with this kind and name since the last {@link #reset}. */
  public int count(CacheEvent.Kind kind, String name) {
    return events.stream()
        .filter(e -> e.kind() == kind && e.name().equals(name))
        .mapToInt(CacheEvent::keys)
        .sum();
  }

  /** SQL statements since the last {@link #reset}, of all processes. */
  public int queries() {
    return database.statements().size();
  }

  /** The same without those that the library makes behind the back of whoever writes. */
  public int foregroundQueries() {
    return database.foregroundStatements().size();
  }

  /** Operations of this process on the store since the last {@link #reset}. */
  public int ops() {
    return store.count();
  }

  /** Forgets what has been counted. */
  public void reset() {
    database.reset();
    store.reset();
    events.clear();
  }

  /**
   * Waits until the library has nothing left to do for transactions that have committed: it asks
   * for owners once more, on a thread of its own.
   */
  public void awaitOwnersAsked() {
    try {
      OwnersWorker.of(factory).submit(() -> {}).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The library does not come to an end", e);
    }
  }

  /** Runs something in a read-write transaction. */
  public void inTransaction(Consumer<Session> work) {
    factory.inTransaction(work);
  }

  /** Runs something in a read-write transaction, and gives what it gives. */
  public <R> R fromTransaction(Function<Session, R> work) {
    return factory.fromTransaction(work);
  }

  /** Runs something in a read-only transaction. */
  public <R> R fromReadOnlyTransaction(Function<Session, R> work) {
    return factory.fromSession(
        session -> {
          session.setDefaultReadOnly(true);
          session.beginTransaction();
          try {
            return work.apply(session);
          } finally {
            session.getTransaction().rollback();
          }
        });
  }

  @Override
  public void close() {
    factory.close();
    if (ownsDatabase) {
      store.close();
      database.close();
    }
  }
}
