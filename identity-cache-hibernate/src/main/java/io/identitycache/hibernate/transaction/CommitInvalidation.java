package io.identitycache.hibernate.transaction;

import io.identitycache.invalidation.AffectedRows;
import io.identitycache.invalidation.OwnerSearch;
import io.identitycache.invalidation.RowInvalidator;
import io.identitycache.model.AssociationGraph;
import java.util.function.Function;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * What one factory does about the rows that its transactions affect: before the commit it asks for
 * their owners over the transaction's own connection, after it the keys are deleted. Never throws.
 * Safe for use by several threads.
 */
public final class CommitInvalidation {

  private final AssociationGraph graph;
  private final RowInvalidator invalidator;
  private final Function<SharedSessionContractImplementor, OwnerSearch> transactionSearch;

  /**
   * Invalidates for a factory.
   *
   * @param transactionSearch asks over the connection of a session's transaction, without flushing
   */
  public CommitInvalidation(
      AssociationGraph graph,
      RowInvalidator invalidator,
      Function<SharedSessionContractImplementor, OwnerSearch> transactionSearch) {
    this.graph = graph;
    this.invalidator = invalidator;
    this.transactionSearch = transactionSearch;
  }

  /** Rows to be filled by writes; nothing yet. */
  public AffectedRows noRows() {
    return new AffectedRows(graph);
  }

  /**
   * Asks over the connection of a session, now and on this thread. A query that fails is logged,
   * finds nothing, and leaves the session's transaction usable.
   */
  public OwnerSearch searchIn(SharedSessionContractImplementor session) {
    return invalidator.reported(guardedSearchIn(session));
  }

  private OwnerSearch guardedSearchIn(SharedSessionContractImplementor session) {
    GuardedQueries queries = new GuardedQueries(session);
    OwnerSearch search = transactionSearch.apply(session);
    return (association, tenant, ids) -> queries.ask(() -> search.owners(association, tenant, ids));
  }

  /** Asks over a connection of its own. A query that fails is logged, and finds nothing. */
  public OwnerSearch ownSearch() {
    return invalidator.ownConnection();
  }

  void beforeCommit(AffectedRows rows, SharedSessionContractImplementor session) {
    if (rows.needsSearch()) {
      invalidator.beforeCommit(rows, guardedSearchIn(session));
    }
  }

  void afterCommit(AffectedRows rows) {
    invalidator.afterCommit(rows);
  }

  /** Invalidates what a statement without a transaction has affected: it has committed itself. */
  public void atOnce(AffectedRows rows) {
    invalidator.atOnce(rows);
  }
}
