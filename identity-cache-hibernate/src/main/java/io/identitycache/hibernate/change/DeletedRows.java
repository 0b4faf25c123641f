package io.identitycache.hibernate.change;

import io.identitycache.hibernate.change.FollowedEntities.Followed;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.transaction.GuardedQueries;
import io.identitycache.invalidation.AffectedRows;
import io.identitycache.invalidation.OwnerSearch;
import io.identitycache.model.AssociatedType;
import io.identitycache.model.CachedAttribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks before rows are deleted for what nobody can tell afterwards: owners that only a query finds,
 * and rows that the database deletes or changes with them. What one flush deletes is asked for
 * together. Safe for use by several threads.
 */
final class DeletedRows {

  private static final Logger LOG = LoggerFactory.getLogger(DeletedRows.class);

  private final FollowedEntities entities;
  private final ChangedRows changedRows;
  private final ReferringRows referring;

  DeletedRows(FollowedEntities entities, ChangedRows changedRows, ReferringRows referring) {
    this.entities = entities;
    this.changedRows = changedRows;
    this.referring = referring;
  }

  /** A row that is about to be deleted, in whichever transaction. */
  private record Deleted(String hierarchy, Object id) {}

  /** Whether a row that is about to be deleted has to be asked about; only once. */
  boolean isToBeAsked(Writer writer, EntityPersister persister, Object id) {
    Followed followed = entities.of(persister);
    return (!followed.searched().isEmpty() || !followed.cascades().isEmpty())
        && writer.announce(new Deleted(persister.getRootEntityName(), id));
  }

  /** Asks for the owners of a row that is about to be deleted, and of those to come with it. */
  void ask(Writer writer, EntityPersister persister, Object id) {
    Map<EntityPersister, Set<Object>> rows = deletedWith(writer, persister.getRootEntityName());
    rows.computeIfAbsent(persister, p -> new LinkedHashSet<>()).add(id);
    changedRows.before(
        writer,
        (affected, search) -> {
          askForOwners(writer, rows, affected, search);
          followCascades(writer, rows, affected, search, new HashSet<>());
        });
  }

  /** All rows of a hierarchy that the session's flush deletes. */
  private static Map<EntityPersister, Set<Object>> deletedWith(Writer writer, String hierarchy) {
    Map<EntityPersister, Set<Object>> rows = new LinkedHashMap<>();
    SharedSessionContractImplementor session = writer.session();
    if (session == null || writer.isStateless()) {
      return rows;
    }
    for (Map.Entry<Object, EntityEntry> each :
        session.getPersistenceContextInternal().reentrantSafeEntityEntries()) {
      EntityEntry entry = each.getValue();
      if (entry.getStatus() == Status.DELETED
          && entry.getPersister().getRootEntityName().equals(hierarchy)) {
        writer.announce(new Deleted(hierarchy, entry.getId()));
        rows.computeIfAbsent(entry.getPersister(), p -> new LinkedHashSet<>()).add(entry.getId());
      }
    }
    return rows;
  }

  private void askForOwners(
      Writer writer,
      Map<EntityPersister, Set<Object>> rows,
      AffectedRows affected,
      OwnerSearch search) {
    Map<MappedAssociation, Set<Object>> asked = new LinkedHashMap<>();
    rows.forEach(
        (persister, ids) ->
            entities
                .of(persister)
                .searched()
                .forEach(
                    mapped ->
                        asked.computeIfAbsent(mapped, m -> new LinkedHashSet<>()).addAll(ids)));
    asked.forEach(
        (mapped, ids) -> affected.addOwnersNow(mapped.association(), writer.tenant(), ids, search));
  }

  private void followCascades(
      Writer writer,
      Map<EntityPersister, Set<Object>> rows,
      AffectedRows affected,
      OwnerSearch search,
      Set<Object> seen) {
    Map<DatabaseCascade, Set<Object>> asked = new LinkedHashMap<>();
    rows.forEach(
        (persister, ids) ->
            entities
                .of(persister)
                .cascades()
                .forEach(
                    cascade ->
                        asked.computeIfAbsent(cascade, c -> new LinkedHashSet<>()).addAll(ids)));
    Map<EntityPersister, Set<Object>> gone = new LinkedHashMap<>();
    asked.forEach(
        (cascade, parents) -> {
          Set<Object> children = childrenOf(writer, cascade, parents);
          if (cascade.deletes()) {
            children.removeIf(
                id -> !seen.add(new Deleted(cascade.child().getRootEntityName(), id)));
          }
          if (!children.isEmpty()) {
            addRows(writer, cascade, children, affected, search);
            if (cascade.deletes()) {
              gone.computeIfAbsent(cascade.child(), c -> new LinkedHashSet<>()).addAll(children);
            }
          }
        });
    if (!gone.isEmpty()) {
      followCascades(writer, gone, affected, search, seen);
    }
  }

  private Set<Object> childrenOf(Writer writer, DatabaseCascade cascade, Set<Object> parents) {
    SharedSessionContractImplementor session = writer.session();
    if (session == null) {
      LOG.error(
          "What the database deletes with a {} cannot be asked for: a stateless session without a"
              + " transaction tells no connection. Entries of {} may be stale until they expire",
          cascade.parent().getEntityName(),
          cascade.child().getEntityName());
      return new LinkedHashSet<>();
    }
    try {
      return new LinkedHashSet<>(
          new GuardedQueries(session)
              .ask(
                  () ->
                      cascade.link() == OnDeleteActions.Link.TO_ONE
                          ? referring.idsReferring(
                              session,
                              cascade.child(),
                              cascade.attribute(),
                              cascade.parent(),
                              parents)
                          // empty if Hibernate has set a nullable key to null already: then the
                          // rows stay
                          : referring.idsInCollection(
                              session, cascade.parent(), cascade.attribute(), parents)));
    } catch (RuntimeException e) {
      LOG.error(
          "What the database deletes with a {} cannot be asked for; entries of {} may be stale"
              + " until they expire",
          cascade.parent().getEntityName(),
          cascade.child().getEntityName(),
          e);
      return new LinkedHashSet<>();
    }
  }

  /** Rows that the database deletes or changes: their own entries, and those of their owners. */
  private void addRows(
      Writer writer,
      DatabaseCascade cascade,
      Set<Object> ids,
      AffectedRows affected,
      OwnerSearch search) {
    addEntries(writer, cascade.child(), ids, affected);
    for (MappedAssociation mapped : entities.associations().to(cascade.child())) {
      if (FollowedEntities.dependsOnTargets(mapped) && !cascade.isInverseOf(mapped)) {
        affected.addOwnersNow(mapped.association(), writer.tenant(), ids, search);
      }
    }
  }

  private void addEntries(
      Writer writer, EntityPersister child, Set<Object> ids, AffectedRows affected) {
    AssociatedType type =
        entities.associations().graph().typeOf(child.getMappedClass()).orElse(null);
    MappedEntity<?> mapped = entities.of(child).mapped();
    for (Object id : ids) {
      if (type != null) {
        affected.addEntries(type, writer.tenant(), id);
      }
      if (mapped != null) {
        @Nullable Object[] before = stateNeeded(mapped, writer, child, id);
        affected.add(
            new RowWrite(RowWrite.Kind.DELETE, child, id, before, null, null)
                .toChange(mapped, writer.tenant()));
      }
    }
  }

  /** Entries of indexes are checked when they are hit; those of attributes are believed. */
  private static @Nullable Object @Nullable [] stateNeeded(
      MappedEntity<?> mapped, Writer writer, EntityPersister child, Object id) {
    List<CachedAttribute> byValues = new ArrayList<>(mapped.entity().attributes());
    byValues.removeIf(CachedAttribute::byId);
    SharedSessionContractImplementor session = writer.session();
    return byValues.isEmpty() || session == null ? null : child.getDatabaseSnapshot(id, session);
  }
}
