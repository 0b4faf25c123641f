package io.identitycache.settings;

/** Which transactions of a thread keep a fetch from the cache; it then reads the database. */
public enum Bypass {
  /** Every read-write transaction. */
  TRANSACTION,
  /** Read-write transactions that have written. */
  DIRTY_TRANSACTION
}
