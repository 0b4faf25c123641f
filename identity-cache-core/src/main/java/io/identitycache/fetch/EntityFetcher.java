package io.identitycache.fetch;

import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one entity type: by id, by index, or single attributes; one or many, it is one path. Safe
 * for use by several threads.
 *
 * @param <E> the entity's class
 */
public final class EntityFetcher<E> {

  private final CachedEntity<E> entity;

  EntityFetcher(CachedEntity<E> entity) {
    this.entity = entity;
  }

  /** The declaration of what is fetched. */
  public CachedEntity<E> entity() {
    return entity;
  }

  /** The entity with this id; a null id is that of no row. The id is converted first. */
  public Optional<E> byId(@Nullable Object id) {
    throw new UnsupportedOperationException("comes with the read path: " + id);
  }

  /** The entities with these ids: argument order, unknown ids left out, duplicates repeated. */
  public List<E> byIds(Collection<? extends @Nullable Object> ids) {
    throw new UnsupportedOperationException("comes with the read path: " + ids);
  }

  /** Whether a row has this id. */
  public boolean exists(@Nullable Object id) {
    return byId(id).isPresent();
  }

  /**
   * The entities with these index values, in the order of their ids; every distinct value is a key,
   * in the order given.
   */
  public Map<IndexValue, List<E>> byIndex(CachedIndex index, Collection<IndexValue> values) {
    throw new UnsupportedOperationException("comes with the read path: " + index + values);
  }

  /**
   * The attribute of the rows with these values, in the order of their ids; every distinct value is
   * a key, in the order given.
   */
  public Map<IndexValue, List<@Nullable Object>> attribute(
      CachedAttribute attribute, Collection<IndexValue> values) {
    throw new UnsupportedOperationException("comes with the read path: " + attribute + values);
  }
}
