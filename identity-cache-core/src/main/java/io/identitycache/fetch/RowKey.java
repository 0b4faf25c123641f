package io.identitycache.fetch;

import io.identitycache.model.CachedEntity;
import io.identitycache.model.EntitySource;
import org.jspecify.annotations.Nullable;

/** A row of a cached entity; the same one for all spellings of its id, such as 1.0 and 1.00. */
final class RowKey {

  private final EntitySource<?> source;
  private final CachedEntity<?> entity;
  private final Object id;
  private final Object comparableId;

  /**
   * A row.
   *
   * @param source reads it
   * @param id its id, of the id's type
   */
  RowKey(EntitySource<?> source, Object id) {
    this.source = source;
    this.entity = source.entity();
    this.id = id;
    this.comparableId = entity.comparableId(id);
  }

  EntitySource<?> source() {
    return source;
  }

  CachedEntity<?> entity() {
    return entity;
  }

  Object id() {
    return id;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowKey that
        && source == that.source
        && comparableId.equals(that.comparableId);
  }

  @Override
  public int hashCode() {
    return comparableId.hashCode();
  }

  @Override
  public String toString() {
    return entity.name() + " " + id;
  }
}
