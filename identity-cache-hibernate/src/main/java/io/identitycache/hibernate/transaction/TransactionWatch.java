package io.identitycache.hibernate.transaction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * Knows the transactions that are open, by thread and by session, for all factories of one service
 * registry. It is told of them by {@link WatchedTransactions}, without any slot that an application
 * may want for itself.
 *
 * <p>A session that is closed without ending its transaction leaves an entry behind; such entries
 * are recognised and dropped at the next look. Safe for use by several threads.
 */
public final class TransactionWatch implements Service {

  private static final long serialVersionUID = 1;

  /** Innermost last. */
  private final transient ThreadLocal<@Nullable List<WatchedTransaction>> ofThread =
      new ThreadLocal<>();

  /** Keys by identity and weakly; a value must not reach its key strongly. */
  private final transient Cache<TransactionCoordinator, WatchedTransaction> ofCoordinator =
      Caffeine.newBuilder().weakKeys().build();

  void begun(WatchedTransaction transaction, TransactionCoordinator coordinator) {
    List<WatchedTransaction> transactions = ofThread.get();
    if (transactions == null) {
      transactions = new ArrayList<>(2);
      ofThread.set(transactions);
    }
    transactions.removeIf(known -> known == transaction || !known.isLive());
    transactions.add(transaction);
    ofCoordinator.put(coordinator, transaction);
  }

  /** Usually called on the thread on which it began; elsewhere its own thread finds it ended. */
  void ended(WatchedTransaction transaction) {
    List<WatchedTransaction> transactions = ofThread.get();
    if (transactions != null) {
      transactions.remove(transaction);
      if (transactions.isEmpty()) {
        ofThread.remove();
      }
    }
  }

  /** The factory's transactions that are open on this thread, innermost last. */
  List<WatchedTransaction> onThisThread(SessionFactoryImplementor factory) {
    List<WatchedTransaction> transactions = ofThread.get();
    if (transactions == null) {
      return List.of();
    }
    for (WatchedTransaction transaction : List.copyOf(transactions)) {
      if (!transaction.isLive()) {
        transaction.abandoned();
        transactions.remove(transaction);
      }
    }
    if (transactions.isEmpty()) {
      ofThread.remove();
      return List.of();
    }
    return transactions.stream().filter(transaction -> transaction.isOf(factory)).toList();
  }

  /** The session of the innermost transaction that is open on this thread, if there is one. */
  public Optional<SharedSessionContractImplementor> currentSession(
      SessionFactoryImplementor factory) {
    List<WatchedTransaction> transactions = onThisThread(factory);
    return transactions.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(transactions.get(transactions.size() - 1).session());
  }

  /**
   * The transactions that stateless sessions have open on this thread, innermost last: an event of
   * Hibernate 6.6 does not tell which of them it comes from.
   */
  public List<WatchedTransaction> statelessOnThisThread(SessionFactoryImplementor factory) {
    return onThisThread(factory).stream()
        .filter(transaction -> transaction.session() instanceof StatelessSession)
        .toList();
  }

  /** The transaction that a session, or one that shares its connection, is in; if it is in one. */
  public Optional<WatchedTransaction> transactionOf(SharedSessionContractImplementor session) {
    return Optional.ofNullable(ofCoordinator.getIfPresent(session.getTransactionCoordinator()))
        .filter(WatchedTransaction::isLive);
  }
}
