package io.identitycache.store;

/** How a {@link Swap} ended. */
public enum SwapOutcome {
  /** The key holds the replacement. */
  DONE,
  /** The key holds something else than expected; it was left as it is. */
  REFUSED,
  /**
   * The replacement is larger than the store's limit. It was not stored, and the key does not hold
   * the expected bytes any more, unless the store failed to remove them.
   */
  TOO_LARGE,
  /** The store did not answer in time, or failed: the swap may or may not have been made. */
  FAILED
}
