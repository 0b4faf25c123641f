package io.identitycache.settings;

/**
 * What becomes of a miss in a read-only transaction, whose snapshot may be older than its lease.
 */
public enum ReadOnlyFill {
  /** The key is loaded once more in the background, over a connection of its own, and stored. */
  BACKGROUND,
  /** What the transaction read is stored. Right for READ COMMITTED without replicas only. */
  DIRECT,
  /** Nothing is stored. */
  NEVER
}
