package io.identitycache.store;

/** How a {@link Swap} ended. */
public enum SwapOutcome {
  /** The key holds the replacement. */
  DONE,
  /** The key holds something else than expected; it was left as it is. */
  REFUSED,
  /** The replacement is larger than the store's limit. The key holds nothing, or what it held. */
  TOO_LARGE,
  /** The store did not answer in time, or failed: the swap may or may not have been made. */
  FAILED
}
