package io.identitycache.invalidation;

import io.identitycache.fetch.CurrentRow;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.EntitySource;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Invalidates by hand, for writes that the library cannot see. In a read-write transaction it takes
 * effect with the commit, otherwise at once. A failure of the store is reported to the listeners
 * and logged, never thrown. Safe for use by several threads.
 *
 * @param <E> the entity's class
 */
public final class ManualInvalidation<E> {

  private final EntitySource<E> source;
  private final CurrentRow<E> currentRow;
  private final RowInvalidator invalidator;
  private final OngoingTransaction transaction;
  private final AssociationGraph graph;
  private final List<CachedAssociation> toOwners;

  /**
   * Invalidates the source's entries.
   *
   * @param dependsOnTargets whether the owners' entries hold something of an association's targets:
   *     not if only their own rows have the foreign key
   */
  public ManualInvalidation(
      EntitySource<E> source,
      CurrentRow<E> currentRow,
      RowInvalidator invalidator,
      OngoingTransaction transaction,
      AssociationGraph graph,
      Predicate<CachedAssociation> dependsOnTargets) {
    this.source = source;
    this.currentRow = currentRow;
    this.invalidator = invalidator;
    this.transaction = transaction;
    this.graph = graph;
    this.toOwners =
        graph
            .typeOf(source.entity().javaType())
            .map(type -> graph.associationsTo(type).stream().filter(dependsOnTargets).toList())
            .orElse(List.of());
  }

  /**
   * Makes the row's entry unreachable, the index and attribute entries for the values it has in the
   * database and had in the cache, and the entries of the owners that embed or reference it; one
   * query, and one more for each level and association whose owners the row does not tell. A null
   * id is that of no row. The id is converted first.
   *
   * <p>An owner that the row had before a write behind the library's back is known only from the
   * row's own entry, if there was one.
   *
   * @throws IllegalArgumentException if it cannot be converted
   */
  public void invalidateById(@Nullable Object id) {
    if (id == null) {
      return;
    }
    Object converted = source.entity().convertId(id);
    invalidate(converted, currentRow.stored(converted), currentRow.inDatabase(converted));
  }

  /**
   * The same, for the values the instance carries; the database is asked only for owners that the
   * instance does not tell.
   */
  public void invalidate(E entity) {
    invalidate(source.idOf(entity), entity, null);
  }

  private void invalidate(Object id, @Nullable E before, @Nullable E after) {
    CachedEntity<E> entity = source.entity();
    Tenant tenant = currentRow.tenant();
    AffectedRows rows = new AffectedRows(graph);
    rows.add(
        new EntityChange(
            entity,
            tenant,
            id,
            values(before),
            values(after),
            Set.copyOf(entity.attributes()),
            true));
    for (CachedAssociation association : toOwners) {
      Function<Object, @Nullable Object> ownerIn = association.ownerIn();
      if (ownerIn == null) {
        rows.addTarget(association, tenant, id);
      } else {
        addOwner(rows, association, tenant, before == null ? null : ownerIn.apply(before));
        addOwner(rows, association, tenant, after == null ? null : ownerIn.apply(after));
      }
    }
    if (!transaction.defer(rows)) {
      invalidator.atOnce(rows);
    }
  }

  private static void addOwner(
      AffectedRows rows,
      CachedAssociation association,
      @Nullable Tenant tenant,
      @Nullable Object owner) {
    if (owner != null) {
      rows.addOwner(association.owner(), tenant, owner);
    }
  }

  private Map<CachedIndex, IndexValue> values(@Nullable E instance) {
    Map<CachedIndex, IndexValue> values = new HashMap<>();
    if (instance != null) {
      source.entity().indexes().forEach(index -> put(values, index, instance));
      for (CachedAttribute attribute : source.entity().attributes()) {
        put(values, attribute.by(), instance);
      }
    }
    return values;
  }

  private void put(Map<CachedIndex, IndexValue> values, CachedIndex index, E instance) {
    IndexValue value = source.valueOf(index, instance);
    if (value != null) {
      values.put(index, value);
    }
  }
}
