package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedEntities;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;

/**
 * Everything that listens to what a factory's sessions write. An application without cached
 * associations has no listeners to its collections.
 */
public final class ChangeTracking {

  private final RowChangeListener rows;
  private final CollectionChangeListener collections;
  private final boolean hasAssociations;

  /**
   * Prepares the listeners.
   *
   * @param actions what the database does by itself when a row is deleted
   */
  public ChangeTracking(
      SessionFactoryImplementor factory,
      MappedEntities mappedEntities,
      OnDeleteActions actions,
      ReferringRows referring,
      ChangedRows changedRows) {
    FollowedEntities entities =
        new FollowedEntities(
            mappedEntities, new DatabaseCascades(factory, mappedEntities, actions));
    this.rows =
        new RowChangeListener(
            entities, changedRows, new DeletedRows(entities, changedRows, referring));
    this.collections = new CollectionChangeListener(factory, entities, changedRows);
    this.hasAssociations = !mappedEntities.associations().all().isEmpty();
  }

  /** Registers them after those that are there. */
  public void register(EventListenerRegistry listeners) {
    listeners.appendListeners(EventType.PRE_UPDATE, rows);
    listeners.appendListeners(EventType.PRE_DELETE, rows);
    listeners.appendListeners(EventType.PRE_UPSERT, rows);
    listeners.appendListeners(EventType.POST_INSERT, rows);
    listeners.appendListeners(EventType.POST_UPDATE, rows);
    listeners.appendListeners(EventType.POST_DELETE, rows);
    listeners.appendListeners(EventType.POST_UPSERT, rows);
    listeners.appendListeners(EventType.POST_LOAD, rows);
    listeners.appendListeners(EventType.LOAD, rows);
    listeners.appendListeners(EventType.LOCK, rows);
    if (hasAssociations) {
      listeners.appendListeners(EventType.PRE_COLLECTION_RECREATE, collections);
      listeners.appendListeners(EventType.PRE_COLLECTION_UPDATE, collections);
      listeners.appendListeners(EventType.PRE_COLLECTION_REMOVE, collections);
      listeners.appendListeners(EventType.POST_COLLECTION_RECREATE, collections);
      listeners.appendListeners(EventType.POST_COLLECTION_UPDATE, collections);
      listeners.appendListeners(EventType.POST_COLLECTION_REMOVE, collections);
    }
  }
}
