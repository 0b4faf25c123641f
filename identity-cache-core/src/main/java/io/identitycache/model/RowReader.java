package io.identitycache.model;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of one entity from the database. Each call sees one state of the database, not older
 * than the call (over a connection of its own), or that of the transaction whose connection it
 * uses.
 */
public interface RowReader {

  /**
   * The stored form of the rows with these ids, with all that is embedded in them; ids without a
   * row are missing.
   */
  Map<Object, RowState> states(Collection<?> ids);

  /**
   * A detached instance of the row with this id, with none of its associations to many; null if
   * there is no such row. One query.
   */
  @Nullable Object row(Object id);

  /** The ids of the rows with these index values, in the order of the ids; every value is a key. */
  Map<IndexValue, Rows<Object>> ids(CachedIndex index, Collection<IndexValue> values);

  /** The attribute of the rows with these values, in the order of the ids; every value is a key. */
  Map<IndexValue, Rows<@Nullable Object>> attributes(
      CachedAttribute attribute, Collection<IndexValue> values);
}
