package io.identitycache.repository;

import jakarta.persistence.EntityNotFoundException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one entity type through the cache. An application extends it with an interface of its own
 * and declares finders there, whose names say which index they use; see {@code
 * docs/repositories.md}.
 *
 * <p>Outside a read-write transaction every instance is detached and the caller's own; inside one
 * it is the session's managed instance. A null id, or one that no row has, is "no such row". Safe
 * for use by several threads.
 *
 * @param <E> the entity's class
 * @param <K> the class of its id
 */
public interface CacheRepository<E, K> {

  /**
   * The entity with this id.
   *
   * @throws EntityNotFoundException if there is none
   */
  E fetch(@Nullable K id);

  /** The entity with this id, if there is one. */
  Optional<E> fetchById(@Nullable K id);

  /**
   * The entities with these ids, in the order of the ids. An id without a row is left out, one that
   * is given twice is there twice.
   */
  List<E> fetchMulti(Collection<? extends @Nullable K> ids);

  /** Whether there is an entity with this id. */
  boolean exists(@Nullable K id);

  /**
   * Makes everything stored about a row unreachable, for a write that the library could not see.
   * Never fails for the store's sake.
   */
  void invalidateById(@Nullable K id);

  /**
   * The same for an entity in hand, under the values it carries: no query, unless it is a proxy
   * that has to be initialized for it.
   */
  void invalidate(E entity);
}
