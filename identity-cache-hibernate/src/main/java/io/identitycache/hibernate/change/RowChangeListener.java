package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.transaction.TransactionWatch;
import io.identitycache.hibernate.transaction.WatchedTransaction;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.event.spi.LockEvent;
import org.hibernate.event.spi.LockEventListener;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostLoadEvent;
import org.hibernate.event.spi.PostLoadEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes note of every row that a session writes, and hands the keys it affects to the session's
 * transaction; without one they are deleted at once.
 *
 * <p>An event that does not know the row's state before the write (stateless sessions, reattached
 * instances) has it read from the database before the write, at the price of a query. Nothing is
 * thrown into a flush. Safe for use by several threads.
 */
public final class RowChangeListener
    implements PreUpdateEventListener,
        PreDeleteEventListener,
        PreUpsertEventListener,
        PostInsertEventListener,
        PostUpdateEventListener,
        PostDeleteEventListener,
        PostUpsertEventListener,
        PostLoadEventListener,
        LoadEventListener,
        LockEventListener {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(RowChangeListener.class);

  private final transient SessionFactoryImplementor factory;
  private final transient MappedEntities mappedEntities;
  private final transient TransactionWatch watch;
  private final transient ChangedRows changedRows;

  /** From the event before a write to the one after it: the instance, and its row until then. */
  private final transient ThreadLocal<@Nullable Snapshot> snapshot = new ThreadLocal<>();

  private record Snapshot(Object entity, @Nullable Object @Nullable [] state) {}

  /** Listens to a factory's sessions. */
  public RowChangeListener(
      SessionFactoryImplementor factory,
      MappedEntities mappedEntities,
      TransactionWatch watch,
      ChangedRows changedRows) {
    this.factory = factory;
    this.mappedEntities = mappedEntities;
    this.watch = watch;
    this.changedRows = changedRows;
  }

  @Override
  public boolean onPreUpdate(PreUpdateEvent event) {
    if (event.getOldState() == null) {
      takeSnapshot(event, event.getPersister(), event.getId(), event.getEntity());
    }
    return false;
  }

  @Override
  public boolean onPreDelete(PreDeleteEvent event) {
    if (event.getDeletedState() == null) {
      takeSnapshot(event, event.getPersister(), event.getId(), event.getEntity());
    }
    return false;
  }

  @Override
  public boolean onPreUpsert(PreUpsertEvent event) {
    takeSnapshot(event, event.getPersister(), event.getId(), event.getEntity());
    return false;
  }

  private void takeSnapshot(Object event, EntityPersister persister, Object id, Object entity) {
    if (mappedEntities.of(persister) == null) {
      return;
    }
    SharedSessionContractImplementor session = session(event);
    if (session == null) {
      // without it old index values stay unknown; the check of index hits covers them
      return;
    }
    try {
      snapshot.set(new Snapshot(entity, persister.getDatabaseSnapshot(id, session)));
    } catch (RuntimeException e) {
      LOG.warn("The state of a {} before its change cannot be read", persister.getEntityName(), e);
    }
  }

  private @Nullable Object @Nullable [] stateBefore(
      @Nullable Object @Nullable [] known, Object entity) {
    if (known != null) {
      return known;
    }
    Snapshot taken = snapshot.get();
    snapshot.remove();
    return taken != null && taken.entity() == entity ? taken.state() : null;
  }

  @Override
  public void onPostInsert(PostInsertEvent event) {
    changed(event, event.getPersister(), event.getId(), null, event.getState(), null);
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    @Nullable Object[] before = stateBefore(event.getOldState(), event.getEntity());
    int[] dirty = event.getOldState() == null ? null : event.getDirtyProperties();
    changed(event, event.getPersister(), event.getId(), before, event.getState(), dirty);
  }

  @Override
  public void onPostUpsert(PostUpsertEvent event) {
    @Nullable Object[] before = stateBefore(null, event.getEntity());
    changed(event, event.getPersister(), event.getId(), before, event.getState(), null);
  }

  @Override
  public void onPostDelete(PostDeleteEvent event) {
    @Nullable Object[] before = stateBefore(event.getDeletedState(), event.getEntity());
    changed(event, event.getPersister(), event.getId(), before, null, null);
  }

  /** A lock may increase the version without any write event. */
  @Override
  public void onPostLoad(PostLoadEvent event) {
    if (isVersioned(event.getPersister())) {
      SharedSessionContractImplementor session = session(event);
      if (session != null) {
        EntityEntry entry = session.getPersistenceContextInternal().getEntry(event.getEntity());
        if (entry != null && increasesVersion(entry.getLockMode())) {
          versionChanged(event, event.getPersister(), event.getId());
        }
      }
    }
  }

  /** A find of an instance that is managed already locks it, and loads nothing. */
  @Override
  public void onLoad(LoadEvent event, LoadType type) {
    if (increasesVersion(event.getLockMode())) {
      locked(event, event.getResult());
    }
  }

  @Override
  public void onLock(LockEvent event) {
    if (increasesVersion(event.getLockMode())) {
      locked(event, event.getObject());
    }
  }

  private void locked(Object event, @Nullable Object instance) {
    SharedSessionContractImplementor session = session(event);
    Object entity =
        instance instanceof HibernateProxy proxy
            ? proxy.getHibernateLazyInitializer().getImplementation()
            : instance;
    EntityEntry entry =
        session == null || entity == null
            ? null
            : session.getPersistenceContextInternal().getEntry(entity);
    if (entry != null && isVersioned(entry.getPersister())) {
      versionChanged(event, entry.getPersister(), entry.getId());
    }
  }

  private boolean isVersioned(EntityPersister persister) {
    return persister.isVersioned() && mappedEntities.of(persister) != null;
  }

  @SuppressWarnings("deprecation") // the old name of OPTIMISTIC_FORCE_INCREMENT is still accepted
  private static boolean increasesVersion(LockMode mode) {
    return mode == LockMode.PESSIMISTIC_FORCE_INCREMENT
        || mode == LockMode.OPTIMISTIC_FORCE_INCREMENT;
  }

  private void versionChanged(Object event, EntityPersister persister, Object id) {
    changed(event, persister, id, null, null, null);
  }

  private void changed(
      Object event,
      EntityPersister persister,
      Object id,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after,
      int @Nullable [] dirty) {
    MappedEntity<?> mapped = mappedEntities.of(persister);
    List<WatchedTransaction> transactions = transactions(event);
    transactions.forEach(WatchedTransaction::markDirty);
    if (mapped == null) {
      return;
    }
    try {
      changedRows.add(
          new RowWrite(mapped, persister, id, before, after, dirty), session(event), transactions);
    } catch (RuntimeException e) {
      LOG.error("A change of a {} cannot be followed", persister.getEntityName(), e);
    }
  }

  /** Those whose commit brings the write: one or none, as a rule. */
  private List<WatchedTransaction> transactions(Object event) {
    SharedSessionContractImplementor session = EventSession.of(event);
    return session != null
        ? watch.transactionOf(session).stream().toList()
        : watch.statelessOnThisThread(factory);
  }

  private @Nullable SharedSessionContractImplementor session(Object event) {
    SharedSessionContractImplementor session = EventSession.of(event);
    if (session != null) {
      return session;
    }
    List<WatchedTransaction> transactions = watch.statelessOnThisThread(factory);
    return transactions.isEmpty() ? null : transactions.get(transactions.size() - 1).session();
  }

  @Override
  public boolean requiresPostCommitHandling(EntityPersister persister) {
    return false;
  }
}
