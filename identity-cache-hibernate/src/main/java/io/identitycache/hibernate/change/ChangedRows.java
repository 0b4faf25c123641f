package io.identitycache.hibernate.change;

import io.identitycache.hibernate.transaction.TransactionUsage;
import io.identitycache.hibernate.transaction.WatchedTransaction;
import io.identitycache.invalidation.AffectedRows;
import io.identitycache.invalidation.Invalidator;
import io.identitycache.model.AssociationGraph;
import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Brings what written rows affect to where it is deleted. Safe for use by several threads. */
public final class ChangedRows {

  private final TransactionUsage tenants;
  private final Invalidator invalidator;
  private final AssociationGraph graph;

  /** Has affected keys deleted by the invalidator. */
  public ChangedRows(TransactionUsage tenants, Invalidator invalidator, AssociationGraph graph) {
    this.tenants = tenants;
    this.invalidator = invalidator;
    this.graph = graph;
  }

  void add(
      RowWrite write,
      @Nullable SharedSessionContractImplementor session,
      List<WatchedTransaction> transactions) {
    AffectedRows rows = new AffectedRows(graph);
    rows.add(write.toChange(session == null ? tenants.currentTenant() : tenants.tenantOf(session)));
    if (transactions.isEmpty()) {
      // a stateless session without a transaction: the statement has committed itself
      invalidator.delete(rows.keys());
    } else {
      transactions.forEach(transaction -> transaction.defer(rows, invalidator));
    }
  }
}
