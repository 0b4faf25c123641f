package io.identitycache.hibernate.change;

import io.identitycache.hibernate.change.FollowedEntities.FollowedCollection;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.model.CachedAssociation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.CollectionEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes note of every collection whose rows a session writes: its owner's entry has changed,
 * although the owner's row need not have, and so have those of the elements that came or went, if
 * they have the other side of it. Stateless sessions tell of their collections by the owner's row,
 * which they always write. Nothing is thrown into a flush. Safe for use by several threads.
 */
final class CollectionChangeListener
    implements PreCollectionRecreateEventListener,
        PreCollectionUpdateEventListener,
        PreCollectionRemoveEventListener,
        PostCollectionRecreateEventListener,
        PostCollectionUpdateEventListener,
        PostCollectionRemoveEventListener {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(CollectionChangeListener.class);

  private final transient SessionFactoryImplementor factory;
  private final transient FollowedEntities entities;
  private final transient ChangedRows changedRows;

  CollectionChangeListener(
      SessionFactoryImplementor factory, FollowedEntities entities, ChangedRows changedRows) {
    this.factory = factory;
    this.entities = entities;
    this.changedRows = changedRows;
  }

  /** What the elements of a changed collection are, as far as that is known. */
  private enum Content {
    /** All that it has now. */
    ADDED,
    /** What it has now and did not have, and the other way round. */
    CHANGED,
    /** All that it had. */
    REMOVED
  }

  @Override
  public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
    before(event, Content.ADDED);
  }

  @Override
  public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
    before(event, Content.CHANGED);
  }

  @Override
  public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
    before(event, Content.REMOVED);
  }

  @Override
  public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
    guarded(event, () -> after(event));
  }

  @Override
  public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
    guarded(event, () -> after(event));
  }

  @Override
  public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
    guarded(event, () -> after(event));
  }

  private void guarded(AbstractCollectionEvent event, Runnable step) {
    if (isStateless(event)) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error(
          "A change of a collection of a {} cannot be followed",
          event.getAffectedOwnerEntityName(),
          e);
    }
  }

  /** In 7.4 a stateless session's event has none, and throws when it is asked. */
  private static boolean isStateless(AbstractCollectionEvent event) {
    try {
      return EventSession.of(event) == null;
    } catch (NullPointerException e) {
      return true;
    }
  }

  /** Afterwards the snapshot is a new one, and the rows are gone. */
  private void before(AbstractCollectionEvent event, Content content) {
    Map<CachedAssociation, Set<Object>> questions = new LinkedHashMap<>();
    guarded(event, () -> prepare(event, content, questions));
    if (!questions.isEmpty()) {
      Writer writer = changedRows.writerOf(event);
      writer.sendPending();
      guarded(
          event,
          () ->
              changedRows.before(
                  writer,
                  (affected, search) ->
                      questions.forEach(
                          (association, targets) ->
                              affected.addOwnersNow(
                                  association, writer.tenant(), targets, search))));
    }
  }

  /** Adds what the session knows, and finds out what the database has to be asked for. */
  private void prepare(
      AbstractCollectionEvent event,
      Content content,
      Map<CachedAssociation, Set<Object>> questions) {
    FollowedCollection followed = followed(event);
    List<MappedAssociation> taking = content == Content.REMOVED ? List.of() : followed.taking();
    if (followed.mirrored().isEmpty() && taking.isEmpty()) {
      return;
    }
    Object owner = ownerId(event);
    if (owner == null) {
      throw new IllegalStateException("The collection's owner is not known");
    }
    Writer writer = changedRows.writerOf(event);
    for (MappedAssociation mapped : followed.mirrored()) {
      Set<Object> elements =
          persister(event) == null
              ? null
              : comeOrGone(event.getCollection(), mapped.owner(), content);
      CachedAssociation association = mapped.association();
      if (elements == null) {
        add(questions, association, Set.of(owner));
      } else {
        changedRows.before(
            writer,
            (affected, search) ->
                elements.forEach(
                    element -> affected.addOwner(association.owner(), writer.tenant(), element)));
      }
    }
    for (MappedAssociation mapped : taking) {
      add(
          questions,
          mapped.association(),
          takenFromOthers(event.getCollection(), mapped.target(), writer));
    }
  }

  private static void add(
      Map<CachedAssociation, Set<Object>> questions,
      CachedAssociation association,
      Set<Object> targets) {
    if (!targets.isEmpty()) {
      questions.computeIfAbsent(association, a -> new LinkedHashSet<>()).addAll(targets);
    }
  }

  /**
   * Adding a row to a collection sets its foreign key, and takes it away from the collection that
   * had it: that one's owner hears nothing of it.
   */
  private Set<Object> takenFromOthers(
      @Nullable PersistentCollection<?> collection,
      @Nullable EntityPersister target,
      Writer writer) {
    if (collection == null || target == null || !collection.wasInitialized()) {
      return Set.of();
    }
    Set<Object> had = ids(collection.getStoredSnapshot(), target);
    Set<Object> added = new LinkedHashSet<>();
    for (Object id : Objects.requireNonNullElse(ids(collection, target), Set.of())) {
      if ((had == null || !had.contains(id))
          && !writer.hasAnnounced(new InsertedRow(target.getRootEntityName(), id))) {
        added.add(id);
      }
    }
    return added;
  }

  /** The ids of elements that come or go; null if only the database knows them. */
  private @Nullable Set<Object> comeOrGone(
      @Nullable PersistentCollection<?> collection, EntityPersister element, Content content) {
    if (collection == null || !collection.wasInitialized()) {
      return null;
    }
    Set<Object> had = ids(collection.getStoredSnapshot(), element);
    Set<Object> has = ids(collection, element);
    if (content == Content.ADDED) {
      return has;
    }
    if (content == Content.REMOVED) {
      return had;
    }
    if (had == null || has == null) {
      return null;
    }
    Set<Object> ids = new LinkedHashSet<>();
    had.stream().filter(id -> !has.contains(id)).forEach(ids::add);
    has.stream().filter(id -> !had.contains(id)).forEach(ids::add);
    return ids;
  }

  /** The ids of a collection's elements, or of a snapshot's; null for what is neither. */
  private @Nullable Set<Object> ids(@Nullable Object content, EntityPersister element) {
    Collection<?> elements;
    if (content instanceof Map<?, ?> map) {
      elements = map.values();
    } else if (content instanceof Collection<?> collection) {
      elements = collection;
    } else {
      return null;
    }
    EntityPersister root =
        factory.getMappingMetamodel().getEntityDescriptor(element.getRootEntityName());
    Set<Object> ids = new LinkedHashSet<>();
    for (Object each : elements) {
      if (each != null) {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(each);
        ids.add(
            proxy != null
                ? proxy.getInternalIdentifier()
                : root.getIdentifier(each, (SharedSessionContractImplementor) null));
      }
    }
    return ids;
  }

  private void after(AbstractCollectionEvent event) {
    Writer writer = changedRows.writerOf(event);
    writer.markDirty();
    FollowedCollection followed = followed(event);
    if (followed.isNothing()) {
      return;
    }
    Object owner = ownerId(event);
    if (owner == null) {
      throw new IllegalStateException("The collection's owner is not known");
    }
    changedRows.after(
        writer,
        affected ->
            followed
                .own()
                .forEach(
                    mapped ->
                        affected.addOwner(mapped.association().owner(), writer.tenant(), owner)));
  }

  private FollowedCollection followed(AbstractCollectionEvent event) {
    CollectionPersister persister = persister(event);
    return persister != null
        ? entities.of(persister)
        : entities.ofAllCollectionsOf(
            factory.getMappingMetamodel().getEntityDescriptor(event.getAffectedOwnerEntityName()));
  }

  /** Null for a collection that has been replaced: its entry is gone already. */
  private @Nullable CollectionPersister persister(AbstractCollectionEvent event) {
    PersistentCollection<?> collection = event.getCollection();
    SharedSessionContractImplementor session = EventSession.of(event);
    if (collection == null || session == null) {
      return null;
    }
    CollectionEntry entry = session.getPersistenceContextInternal().getCollectionEntry(collection);
    if (entry != null) {
      CollectionPersister persister =
          entry.getLoadedPersister() != null
              ? entry.getLoadedPersister()
              : entry.getCurrentPersister();
      if (persister != null) {
        return persister;
      }
    }
    String role = collection.getRole();
    return role == null ? null : factory.getMappingMetamodel().getCollectionDescriptor(role);
  }

  private @Nullable Object ownerId(AbstractCollectionEvent event) {
    Object id = event.getAffectedOwnerIdOrNull();
    if (id == null && event.getCollection() != null) {
      CollectionPersister persister = persister(event);
      if (persister != null && persister.getCollectionType().useLHSPrimaryKey()) {
        return event.getCollection().getKey();
      }
    }
    return id;
  }

  @Override
  public String toString() {
    return "collections of " + factory.getName();
  }
}
