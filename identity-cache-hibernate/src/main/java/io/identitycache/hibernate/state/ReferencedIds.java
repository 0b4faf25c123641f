package io.identitycache.hibernate.state;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.collection.spi.AbstractPersistentCollection;
import org.jspecify.annotations.Nullable;

/**
 * What a referenced collection leads to, carried by the uninitialised collection that stands in its
 * place.
 *
 * <p>It is that collection's snapshot: the one place in it that can hold something of ours, and
 * that goes wherever it goes, through serialization as well. Hibernate reads the snapshot of an
 * initialised collection only; {@code merge} passes an uninitialised one by, and one that is
 * attached again is initialised from the database, its snapshot replaced ({@code TreesTest}).
 *
 * @param keys a map's keys, in the order of the ids; empty for others
 * @param ids in the association's order; null where a list has a hole
 */
record ReferencedIds(ArrayList<@Nullable Object> keys, ArrayList<@Nullable Object> ids)
    implements Serializable {

  /** Those that a value carries; null if it carries none. */
  static @Nullable ReferencedIds of(@Nullable Object value) {
    return value instanceof AbstractPersistentCollection<?> collection
            && collection.getStoredSnapshot() instanceof ReferencedIds ids
        ? ids
        : null;
  }

  /** The ids, without the holes. */
  List<Object> present() {
    List<Object> present = new ArrayList<>(ids.size());
    for (Object id : ids) {
      if (id != null) {
        present.add(id);
      }
    }
    return present;
  }
}
