package io.identitycache.entry;

import io.identitycache.key.CacheKey;

/**
 * What a store holds under a key: a value, the knowledge that there is none, or a lease.
 *
 * <p>The bytes begin with the format version; {@link #encode} and {@link #decode} are the only
 * places that know them (see {@code docs/stored-format.md}). The key takes part in the checksum, so
 * an entry that was copied under another key does not decode there.
 */
public sealed interface CacheEntry {

  /**
   * The version of everything that is stored. It stands in every key and every entry; raise it with
   * any change of what there is already, and all older entries are out of reach. A further state of
   * the entry needs no new version: to a process that does not know it, it is undecodable.
   */
  int FORMAT = 1;

  /**
   * A stored value.
   *
   * @param content the bytes that its {@link Codec} wrote; not to be changed
   */
  record Value(byte[] content) implements CacheEntry {}

  /** The database has no such row. */
  record Absence() implements CacheEntry {}

  /**
   * Somebody is loading the value, and alone may store it.
   *
   * @param token tells this lease from every other one
   */
  record Lease(LeaseToken token) implements CacheEntry {}

  /** The bytes to store under the key. */
  default byte[] encode(CacheKey key) {
    return EntryFormat.encode(key, this);
  }

  /**
   * Reads stored bytes.
   *
   * @throws UndecodableEntryException if they are not an entry of this version, stored under this
   *     key, whole and unchanged
   */
  static CacheEntry decode(CacheKey key, byte[] bytes) {
    return EntryFormat.decode(key, bytes);
  }
}
