package io.identitycache.invalidation;

import org.jspecify.annotations.Nullable;

/**
 * Invalidates by hand, for writes that the library cannot see. Safe for use by several threads.
 *
 * @param <E> the entity's class
 */
public interface ManualInvalidation<E> {

  /**
   * Makes the row's entry unreachable, and the index and attribute entries for the values it has in
   * the database and had in the cache. A null id is that of no row. The id is converted first.
   */
  void invalidateById(@Nullable Object id);

  /** The same, for the values the instance carries; the database is not asked. */
  void invalidate(E entity);
}
