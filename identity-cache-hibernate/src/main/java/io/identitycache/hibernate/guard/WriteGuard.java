package io.identitycache.hibernate.guard;

import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.LockEvent;
import org.hibernate.event.spi.LockEventListener;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PersistContext;
import org.hibernate.event.spi.PersistEvent;
import org.hibernate.event.spi.PersistEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.event.spi.RefreshContext;
import org.hibernate.event.spi.RefreshEvent;
import org.hibernate.event.spi.RefreshEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Refuses operations of a session on fetched instances, cascaded ones included, before Hibernate
 * acts on them. Stateless sessions, and whatever reaches the database by another way, are caught by
 * the events right before the statement. Safe for use by several threads.
 */
public final class WriteGuard
    implements PersistEventListener,
        MergeEventListener,
        DeleteEventListener,
        LockEventListener,
        RefreshEventListener,
        PreInsertEventListener,
        PreUpdateEventListener,
        PreDeleteEventListener,
        PreUpsertEventListener {

  private static final long serialVersionUID = 1;

  private final transient FetchedInstances fetched;

  /** Guards the instances. */
  public WriteGuard(FetchedInstances fetched) {
    this.fetched = fetched;
  }

  /** Puts the guard in front of a factory's listeners. */
  public void register(EventListenerRegistry listeners) {
    listeners.prependListeners(EventType.PERSIST, this);
    listeners.prependListeners(EventType.PERSIST_ONFLUSH, this);
    listeners.prependListeners(EventType.MERGE, this);
    listeners.prependListeners(EventType.DELETE, this);
    listeners.prependListeners(EventType.LOCK, this);
    listeners.prependListeners(EventType.REFRESH, this);
    listeners.prependListeners(EventType.PRE_INSERT, this);
    listeners.prependListeners(EventType.PRE_UPDATE, this);
    listeners.prependListeners(EventType.PRE_DELETE, this);
    listeners.prependListeners(EventType.PRE_UPSERT, this);
  }

  private void check(@Nullable Object instance, String operation) {
    if (instance != null && fetched.contains(instance)) {
      throw new FetchedEntityException(instance.getClass().getSimpleName(), operation);
    }
  }

  @Override
  public void onPersist(PersistEvent event) {
    check(event.getObject(), "persist");
  }

  @Override
  public void onPersist(PersistEvent event, PersistContext context) {
    check(event.getObject(), "persist");
  }

  @Override
  public void onMerge(MergeEvent event) {
    check(event.getOriginal(), "merge");
  }

  @Override
  public void onMerge(MergeEvent event, MergeContext context) {
    check(event.getOriginal(), "merge");
  }

  @Override
  public void onDelete(DeleteEvent event) {
    check(event.getObject(), "remove");
  }

  @Override
  public void onDelete(DeleteEvent event, DeleteContext context) {
    check(event.getObject(), "remove");
  }

  @Override
  public void onLock(LockEvent event) {
    check(event.getObject(), "lock");
  }

  @Override
  public void onRefresh(RefreshEvent event) {
    check(event.getObject(), "refresh");
  }

  @Override
  public void onRefresh(RefreshEvent event, RefreshContext context) {
    check(event.getObject(), "refresh");
  }

  @Override
  public boolean onPreInsert(PreInsertEvent event) {
    check(event.getEntity(), "insert");
    return false;
  }

  @Override
  public boolean onPreUpdate(PreUpdateEvent event) {
    check(event.getEntity(), "update");
    return false;
  }

  @Override
  public boolean onPreDelete(PreDeleteEvent event) {
    check(event.getEntity(), "delete");
    return false;
  }

  @Override
  public boolean onPreUpsert(PreUpsertEvent event) {
    check(event.getEntity(), "upsert");
    return false;
  }
}
