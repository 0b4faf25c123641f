package io.identitycache.hibernate.change;

import io.identitycache.hibernate.transaction.WatchedTransaction;
import io.identitycache.model.Tenant;
import java.util.List;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Who writes.
 *
 * @param session the session; null for a stateless one of Hibernate 6.6 without a transaction
 * @param tenant whose rows are written, null where there are no tenants
 * @param transactions those whose commit brings the write: one, or none if each statement commits
 *     itself; several only if it is not known which it is
 */
record Writer(
    @Nullable SharedSessionContractImplementor session,
    @Nullable Tenant tenant,
    List<WatchedTransaction> transactions) {

  Writer {
    transactions = List.copyOf(transactions);
  }

  boolean isStateless() {
    return session == null || session instanceof StatelessSession;
  }

  /**
   * Sends the statements that wait in a batch, before anything is asked. They are the
   * application's: what they throw must reach it, so this is called outside of what guards it from
   * our own failures. A later query would send them all the same.
   */
  void sendPending() {
    if (session != null) {
      session.getJdbcCoordinator().executeBatch();
    }
    for (WatchedTransaction transaction : transactions) {
      SharedSessionContractImplementor each = transaction.session();
      if (each != null && each != session) {
        each.getJdbcCoordinator().executeBatch();
      }
    }
  }

  void markDirty() {
    transactions.forEach(WatchedTransaction::markDirty);
  }

  /** Notes something that is done once in a transaction; false if it has been noted. */
  boolean announce(Object event) {
    boolean first = transactions.isEmpty();
    for (WatchedTransaction transaction : transactions) {
      first |= transaction.announce(event);
    }
    return first;
  }

  /** Whether it has been noted in the transaction. */
  boolean hasAnnounced(Object event) {
    return !transactions.isEmpty()
        && transactions.stream().allMatch(transaction -> transaction.isAnnounced(event));
  }
}
