package io.identitycache.invalidation;

/** The port to the transaction of the calling thread. */
public interface OngoingTransaction {

  /**
   * Takes rows whose keys shall be deleted when the thread's read-write transaction has committed,
   * and dropped if it does not.
   *
   * @return false if there is no such transaction: the caller deletes them itself
   */
  boolean defer(AffectedRows rows);
}
