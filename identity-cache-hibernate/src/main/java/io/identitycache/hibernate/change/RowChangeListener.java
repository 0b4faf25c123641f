package io.identitycache.hibernate.change;

import io.identitycache.hibernate.change.FollowedEntities.Followed;
import io.identitycache.hibernate.change.RowWrite.Kind;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedEntity;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.engine.spi.EntityEntry;
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
 * Takes note of every row that a session writes, and hands what it affects to the session's
 * transaction: the row's own entries, and the owners whose entries hold something of it.
 *
 * <p>An event that does not know the row's state before the write (stateless sessions, reattached
 * instances) has it read from the database before the write, at the price of a query. Nothing is
 * thrown into a flush. Safe for use by several threads.
 */
final class RowChangeListener
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

  private final transient FollowedEntities entities;
  private final transient ChangedRows changedRows;
  private final transient DeletedRows deletedRows;

  /** From the event before a write to the one after it: the instance, and its row until then. */
  private final transient ThreadLocal<@Nullable Snapshot> snapshot = new ThreadLocal<>();

  private record Snapshot(Object entity, @Nullable Object @Nullable [] state) {}

  RowChangeListener(FollowedEntities entities, ChangedRows changedRows, DeletedRows deletedRows) {
    this.entities = entities;
    this.changedRows = changedRows;
    this.deletedRows = deletedRows;
  }

  @Override
  public boolean onPreUpdate(PreUpdateEvent event) {
    beforeWrite(
        event,
        Kind.UPDATE,
        event.getPersister(),
        event.getId(),
        event.getEntity(),
        event.getOldState());
    return false;
  }

  @Override
  public boolean onPreDelete(PreDeleteEvent event) {
    beforeWrite(
        event,
        Kind.DELETE,
        event.getPersister(),
        event.getId(),
        event.getEntity(),
        event.getDeletedState());
    return false;
  }

  @Override
  public boolean onPreUpsert(PreUpsertEvent event) {
    beforeWrite(event, Kind.UPSERT, event.getPersister(), event.getId(), event.getEntity(), null);
    return false;
  }

  private void beforeWrite(
      Object event,
      Kind kind,
      EntityPersister persister,
      Object id,
      Object entity,
      @Nullable Object @Nullable [] known) {
    Followed followed = entities.of(persister);
    if (followed.isNothing()) {
      return;
    }
    // a statement that failed has left it
    snapshot.remove();
    Writer writer = writerOf(event, persister);
    if (writer == null) {
      return;
    }
    if (writer.transactions().isEmpty()) {
      changedRows.startStatement();
    }
    boolean reads = known == null || !tellsOwners(followed, persister, known);
    List<MappedAssociation> asked = askedBefore(writer, followed, kind, reads);
    boolean deletes = kind == Kind.DELETE && deletedRows.isToBeAsked(writer, persister, id);
    if (!reads && asked.isEmpty() && !deletes) {
      return;
    }
    writer.sendPending();
    try {
      if (reads) {
        takeSnapshot(writer, followed, persister, id, entity);
      }
      askForOwners(writer, asked, id);
      if (deletes) {
        deletedRows.ask(writer, persister, id);
      }
    } catch (RuntimeException e) {
      LOG.error(
          "What depends on a {} cannot be asked for before its change",
          persister.getEntityName(),
          e);
    }
  }

  /** Null if it cannot be told: whose tenant it is may be asked of the application. */
  private @Nullable Writer writerOf(Object event, EntityPersister persister) {
    try {
      return changedRows.writerOf(event);
    } catch (RuntimeException e) {
      LOG.error(
          "Who changes a {} cannot be told; entries that hold it may be stale until they expire",
          persister.getEntityName(),
          e);
      return null;
    }
  }

  private static boolean tellsOwners(
      Followed followed, EntityPersister persister, @Nullable Object[] state) {
    return followed.owned().stream().allMatch(mapped -> mapped.isOwnerIn(persister, state));
  }

  private void takeSnapshot(
      Writer writer, Followed followed, EntityPersister persister, Object id, Object entity) {
    SharedSessionContractImplementor session = writer.session();
    if (session == null) {
      // without it old index values stay unknown; the check of index hits covers them
      return;
    }
    try {
      @Nullable Object[] state = persister.getDatabaseSnapshot(id, session);
      if (state != null) {
        for (MappedAssociation mapped : followed.owned()) {
          if (!mapped.isOwnerInSnapshots()) {
            mapped.hideOwnerIn(persister, state);
          }
        }
      }
      snapshot.set(new Snapshot(entity, state));
    } catch (RuntimeException e) {
      LOG.warn("The state of a {} before its change cannot be read", persister.getEntityName(), e);
    }
  }

  /** Those that the row will not be found by any more when it has been written. */
  private static List<MappedAssociation> askedBefore(
      Writer writer, Followed followed, Kind kind, boolean reads) {
    List<MappedAssociation> asked = new ArrayList<>();
    for (MappedAssociation mapped : followed.owned()) {
      if (writer.session() == null
          || (reads && mapped.isOwnerInTarget() && !mapped.isOwnerInSnapshots())
          || (!mapped.isOwnerInTarget()
              && kind != Kind.DELETE
              // a stateless session writes the row's collections anew, and a restriction may hide
              // the row from now on
              && (mapped.isRestricted() || (writer.isStateless() && mapped.mappedBy() != null)))) {
        asked.add(mapped);
      }
    }
    return asked;
  }

  private void askForOwners(Writer writer, List<MappedAssociation> asked, Object id) {
    if (!asked.isEmpty()) {
      changedRows.before(
          writer,
          (affected, search) ->
              asked.forEach(
                  mapped ->
                      affected.addOwnersNow(
                          mapped.association(), writer.tenant(), List.of(id), search)));
    }
  }

  private @Nullable Object @Nullable [] stateBefore(
      @Nullable Object @Nullable [] known, Object entity) {
    Snapshot taken = snapshot.get();
    if (taken == null) {
      return known;
    }
    snapshot.remove();
    return taken.entity() == entity ? taken.state() : known;
  }

  @Override
  public void onPostInsert(PostInsertEvent event) {
    Object[] after = event.getState();
    changed(
        event, new RowWrite(Kind.INSERT, event.getPersister(), event.getId(), null, after, null));
  }

  @Override
  public void onPostUpdate(PostUpdateEvent event) {
    @Nullable Object[] before = stateBefore(event.getOldState(), event.getEntity());
    int[] dirty = event.getOldState() == null ? null : event.getDirtyProperties();
    changed(
        event,
        new RowWrite(
            Kind.UPDATE, event.getPersister(), event.getId(), before, event.getState(), dirty));
  }

  @Override
  public void onPostUpsert(PostUpsertEvent event) {
    @Nullable Object[] before = stateBefore(null, event.getEntity());
    changed(
        event,
        new RowWrite(
            Kind.UPSERT, event.getPersister(), event.getId(), before, event.getState(), null));
  }

  @Override
  public void onPostDelete(PostDeleteEvent event) {
    @Nullable Object[] before = stateBefore(event.getDeletedState(), event.getEntity());
    changed(
        event, new RowWrite(Kind.DELETE, event.getPersister(), event.getId(), before, null, null));
  }

  /** A lock may increase the version without any write event. */
  @Override
  public void onPostLoad(PostLoadEvent event) {
    if (isVersioned(event.getPersister())) {
      SharedSessionContractImplementor session = EventSession.of(event);
      if (session != null) {
        EntityEntry entry = session.getPersistenceContextInternal().getEntry(event.getEntity());
        if (entry != null && increasesVersion(entry.getLockMode())) {
          versionChanged(event, entry);
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
    SharedSessionContractImplementor session = EventSession.of(event);
    Object entity =
        instance instanceof HibernateProxy proxy
            ? proxy.getHibernateLazyInitializer().getImplementation()
            : instance;
    EntityEntry entry =
        session == null || entity == null
            ? null
            : session.getPersistenceContextInternal().getEntry(entity);
    if (entry != null && isVersioned(entry.getPersister())) {
      versionChanged(event, entry);
    }
  }

  private boolean isVersioned(EntityPersister persister) {
    return persister.isVersioned() && !entities.of(persister).isNothing();
  }

  @SuppressWarnings("deprecation") // the old name of OPTIMISTIC_FORCE_INCREMENT is still accepted
  private static boolean increasesVersion(LockMode mode) {
    return mode == LockMode.PESSIMISTIC_FORCE_INCREMENT
        || mode == LockMode.OPTIMISTIC_FORCE_INCREMENT;
  }

  private void versionChanged(Object event, EntityEntry entry) {
    EntityPersister persister = entry.getPersister();
    int version = persister.getVersionMapping().getVersionAttribute().getStateArrayPosition();
    @Nullable Object[] state = entry.getLoadedState();
    changed(
        event,
        new RowWrite(Kind.UPDATE, persister, entry.getId(), state, state, new int[] {version}));
  }

  private void changed(Object event, RowWrite write) {
    Followed followed = entities.of(write.persister());
    Writer writer = writerOf(event, write.persister());
    if (writer == null) {
      return;
    }
    writer.markDirty();
    if (followed.isNothing()) {
      return;
    }
    if (write.kind() == Kind.INSERT && followed.isTakenByCollections()) {
      writer.announce(new InsertedRow(write.persister().getRootEntityName(), write.id()));
    }
    RowWrite known =
        write.kind() == Kind.INSERT && writer.isStateless() ? write.as(Kind.UPSERT) : write;
    try {
      changedRows.after(
          writer,
          affected -> {
            MappedEntity<?> mapped = followed.mapped();
            if (mapped != null) {
              affected.add(known.toChange(mapped, writer.tenant()));
            }
            known.addOwners(followed.owned(), writer.tenant(), affected);
          });
    } catch (RuntimeException e) {
      LOG.error("A change of a {} cannot be followed", write.persister().getEntityName(), e);
    }
  }

  @Override
  public boolean requiresPostCommitHandling(EntityPersister persister) {
    return false;
  }
}
