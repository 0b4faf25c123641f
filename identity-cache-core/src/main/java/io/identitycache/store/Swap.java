package io.identitycache.store;

import io.identitycache.key.CacheKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A change of what a key holds, made only if the key holds the expected bytes (all of them) at that
 * moment.
 *
 * @param key the key
 * @param expected what it must hold, null for nothing
 * @param replacement what it shall hold, null for nothing
 * @param timeToLive how long the replacement lives, zero if there is none; a store may round it up
 *     to 2 whole seconds or more, and down to 30 days
 */
@SuppressWarnings("ArrayRecordComponent") // swaps are made and carried out, never compared
public record Swap(
    CacheKey key, byte @Nullable [] expected, byte @Nullable [] replacement, Duration timeToLive) {

  /** Checks that something changes. */
  public Swap(
      CacheKey key,
      byte @Nullable [] expected,
      byte @Nullable [] replacement,
      Duration timeToLive) {
    if (expected == null && replacement == null) {
      throw new IllegalArgumentException("Nothing is to be swapped for nothing under " + key);
    }
    this.key = key;
    this.expected = expected;
    this.replacement = replacement;
    this.timeToLive = timeToLive;
  }

  /** Stores bytes where there are none. */
  public static Swap add(CacheKey key, byte[] bytes, Duration timeToLive) {
    return new Swap(key, null, bytes, timeToLive);
  }

  /** Stores bytes in the place of others. */
  public static Swap replace(
      CacheKey key, byte[] expected, byte[] replacement, Duration timeToLive) {
    return new Swap(key, expected, replacement, timeToLive);
  }

  /** Removes the expected bytes. */
  public static Swap remove(CacheKey key, byte[] expected) {
    return new Swap(key, expected, null, Duration.ZERO);
  }
}
