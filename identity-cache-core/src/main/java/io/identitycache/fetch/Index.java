package io.identitycache.fetch;

import io.identitycache.key.CacheKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * All that the read path needs to know about one kind of entry. Rows by id, ids by index value and
 * attributes are each an index; it is made for one fetch, bound to its caller's tenant and
 * connection.
 *
 * @param <K> what an entry is asked for by, with {@code equals} and {@code hashCode}
 * @param <V> what the caller gets
 */
interface Index<K, V> {

  /** The name in events and logs under which an entry is reported. */
  String nameOf(K key);

  /** Where the entry is stored. */
  CacheKey keyOf(K key);

  /**
   * Reads all keys from the database, in a state of it that is not older than the call. A key that
   * is missing in the result has nothing there.
   */
  Map<K, Loaded> load(Collection<K> keys);

  /** Whether {@link #load} takes a connection from the pool, rather than use the caller's. */
  boolean takesConnection();

  /**
   * Makes the caller's own value.
   *
   * @throws io.identitycache.entry.UndecodableEntryException if the content is not this index's
   */
  V decode(K key, byte[] content);

  /** How long a stored value lives at the most. */
  Duration timeToLive(K key);
}
