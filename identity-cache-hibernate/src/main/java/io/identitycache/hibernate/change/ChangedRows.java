package io.identitycache.hibernate.change;

import io.identitycache.hibernate.transaction.CommitInvalidation;
import io.identitycache.hibernate.transaction.TransactionUsage;
import io.identitycache.hibernate.transaction.TransactionWatch;
import io.identitycache.hibernate.transaction.WatchedTransaction;
import io.identitycache.invalidation.AffectedRows;
import io.identitycache.invalidation.OwnerSearch;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Brings what written rows affect to where it is invalidated: to the writer's transaction, or to an
 * end at once where each statement commits itself. Safe for use by several threads.
 */
public final class ChangedRows {

  private final SessionFactoryImplementor factory;
  private final TransactionWatch watch;
  private final TransactionUsage tenants;
  private final CommitInvalidation invalidation;

  /** Without a transaction, what was found before a statement, until it has run. */
  private final ThreadLocal<@Nullable AffectedRows> found = new ThreadLocal<>();

  /** Has the rows of a factory's sessions invalidated. */
  public ChangedRows(
      SessionFactoryImplementor factory,
      TransactionWatch watch,
      TransactionUsage tenants,
      CommitInvalidation invalidation) {
    this.factory = factory;
    this.watch = watch;
    this.tenants = tenants;
    this.invalidation = invalidation;
  }

  /** Forgets what was found before a statement that has failed, or was vetoed. */
  void startStatement() {
    found.remove();
  }

  /** Who has caused an event. */
  Writer writerOf(Object event) {
    SharedSessionContractImplementor session = EventSession.of(event);
    List<WatchedTransaction> transactions =
        session != null
            ? watch.transactionOf(session).stream().toList()
            : watch.statelessOnThisThread(factory);
    if (session == null && !transactions.isEmpty()) {
      session = transactions.get(transactions.size() - 1).session();
    }
    return new Writer(
        session,
        session == null ? tenants.currentTenant() : tenants.tenantOf(session),
        transactions);
  }

  /** Asks before a statement, over the writer's connection where it is known. */
  void before(Writer writer, BiConsumer<AffectedRows, OwnerSearch> question) {
    if (writer.transactions().isEmpty()) {
      AffectedRows rows = found.get();
      if (rows == null) {
        rows = invalidation.noRows();
        found.set(rows);
      }
      SharedSessionContractImplementor session = writer.session();
      question.accept(
          rows, session == null ? invalidation.ownSearch() : invalidation.searchIn(session));
      return;
    }
    for (WatchedTransaction transaction : writer.transactions()) {
      SharedSessionContractImplementor session = transaction.session();
      if (session != null) {
        transaction.add(
            invalidation, rows -> question.accept(rows, invalidation.searchIn(session)));
      }
    }
  }

  /** Adds what a statement that has run affects. */
  void after(Writer writer, Consumer<AffectedRows> addition) {
    if (writer.transactions().isEmpty()) {
      AffectedRows rows = found.get();
      found.remove();
      if (rows == null) {
        rows = invalidation.noRows();
      }
      addition.accept(rows);
      if (!rows.isEmpty()) {
        invalidation.atOnce(rows);
      }
    } else {
      writer.transactions().forEach(transaction -> transaction.add(invalidation, addition));
    }
  }
}
