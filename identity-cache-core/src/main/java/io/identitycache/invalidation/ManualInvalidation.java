package io.identitycache.invalidation;

import io.identitycache.fetch.CurrentRow;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.EntitySource;
import io.identitycache.model.IndexValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
  private final Invalidator invalidator;
  private final OngoingTransaction transaction;
  private final AssociationGraph graph;

  /** Invalidates the source's entries. */
  public ManualInvalidation(
      EntitySource<E> source,
      CurrentRow<E> currentRow,
      Invalidator invalidator,
      OngoingTransaction transaction,
      AssociationGraph graph) {
    this.source = source;
    this.currentRow = currentRow;
    this.invalidator = invalidator;
    this.transaction = transaction;
    this.graph = graph;
  }

  /**
   * Makes the row's entry unreachable, and the index and attribute entries for the values it has in
   * the database and had in the cache; one query. A null id is that of no row. The id is converted
   * first.
   *
   * @throws IllegalArgumentException if it cannot be converted
   */
  public void invalidateById(@Nullable Object id) {
    if (id == null) {
      return;
    }
    Object converted = source.entity().convertId(id);
    invalidate(
        converted, values(currentRow.stored(converted)), values(currentRow.inDatabase(converted)));
  }

  /** The same, for the values the instance carries; the database is not asked. */
  public void invalidate(E entity) {
    invalidate(source.idOf(entity), values(entity), Map.of());
  }

  private void invalidate(
      Object id, Map<CachedIndex, IndexValue> before, Map<CachedIndex, IndexValue> after) {
    CachedEntity<E> entity = source.entity();
    AffectedRows rows = new AffectedRows(graph);
    rows.add(
        new EntityChange(
            entity, currentRow.tenant(), id, before, after, Set.copyOf(entity.attributes()), true));
    if (!transaction.defer(rows)) {
      invalidator.delete(rows.keys());
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
