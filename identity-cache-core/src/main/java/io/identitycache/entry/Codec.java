package io.identitycache.entry;

/**
 * Writes a value as the content of an entry and reads it back. Safe for use by several threads.
 *
 * @param <V> the value
 */
public interface Codec<V> {

  /** The content that stands for the value. */
  byte[] encode(V value);

  /**
   * The value that the content stands for: a new one at each call, nobody else's.
   *
   * @throws UndecodableEntryException if {@link #encode} cannot have written the content
   */
  V decode(byte[] content);
}
