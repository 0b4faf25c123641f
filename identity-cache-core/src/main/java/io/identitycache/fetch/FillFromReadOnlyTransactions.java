package io.identitycache.fetch;

/** What becomes of an entry that a read-only transaction missed. */
public enum FillFromReadOnlyTransactions {
  /** It is loaded again and stored by a thread of the cache, over another connection. */
  BACKGROUND,
  /**
   * It is stored as the transaction saw it. Right only where every statement sees the latest
   * commits (READ COMMITTED) of the primary database.
   */
  DIRECT,
  /** It is not stored. */
  NEVER
}
