package io.identitycache.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads entities through the session of a transaction: its managed instances, with its own changes.
 *
 * @param <E> the entity's class
 */
public interface ManagedReader<E> {

  /** The instances with these ids; ids without a row are missing. */
  Map<Object, E> entities(Collection<?> ids);

  /** The instances with these index values, in the order of their ids; every value is a key. */
  Map<IndexValue, List<E>> entities(CachedIndex index, Collection<IndexValue> values);

  /** The attribute of the rows with these values, in the order of the ids; every value is a key. */
  Map<IndexValue, List<@Nullable Object>> attributes(
      CachedAttribute attribute, Collection<IndexValue> values);
}
