package io.identitycache.fetch;

import org.jspecify.annotations.Nullable;

/**
 * What one key was answered with.
 *
 * @param value the value, null for an absence
 * @param origin where it comes from
 * @param stored the bytes that it was read from, null unless it comes from the store
 * @param <V> the value
 */
record Answer<V>(@Nullable V value, Origin origin, byte @Nullable [] stored) {

  @SuppressWarnings("NullAway") // array component, see https://github.com/uber/NullAway/issues/1207
  static <V> Answer<V> loaded(@Nullable V value, Origin origin) {
    return new Answer<>(value, origin, null);
  }

  enum Origin {
    /** The store. */
    STORED,
    /** The database, under a lease of this or another thread. */
    LOADED,
    /** The database, because the caller may not fill. */
    UNFILLED,
    /** The database, since the store did not answer. */
    UNREACHABLE,
    /** The database, by rules of equality that Java does not know: right as it is. */
    UNEQUAL_IN_JAVA
  }
}
