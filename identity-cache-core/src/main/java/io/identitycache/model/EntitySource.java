package io.identitycache.model;

import io.identitycache.entry.Codec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to the ORM: one cached entity's rows, and their stored form. Safe for use by several
 * threads.
 *
 * @param <E> the entity's class
 */
public interface EntitySource<E> {

  /** The declaration. */
  CachedEntity<E> entity();

  /** Reads rows over a connection of its own. */
  RowReader rows(@Nullable Tenant tenant);

  /** Reads rows over the connection of this thread's transaction. */
  RowReader rowsOfTransaction();

  /** Reads through the session of this thread's transaction. */
  ManagedReader<E> managed();

  /**
   * A new detached instance with all that is embedded in it, the caller's own. A row that has an
   * instance in the call already gets no second one.
   *
   * @param state the content of what {@link RowReader#states} gave
   * @param instances those of the call; takes the new ones, if nothing is thrown
   * @throws io.identitycache.entry.UndecodableEntryException if the state is not that of the row
   *     with this id
   */
  E hydrate(Object id, byte[] state, Instances instances);

  /** The instance that a row has in a call; null if it has none. */
  @Nullable E known(Object id, Instances instances);

  /** The id of an instance. */
  Object idOf(E entity);

  /** The value that an instance has in an index now. Null if the index is not of its class. */
  @Nullable IndexValue valueOf(CachedIndex index, E entity);

  /** How lists of ids are stored. */
  Codec<List<Object>> idsCodec();

  /** How values of an attribute are stored. */
  Codec<List<@Nullable Object>> valuesCodec(CachedAttribute attribute);
}
