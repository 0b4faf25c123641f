package io.identitycache.hibernate.change;

import io.identitycache.hibernate.transaction.TransactionUsage;
import io.identitycache.hibernate.transaction.WatchedTransaction;
import io.identitycache.invalidation.AffectedKeys;
import io.identitycache.invalidation.Invalidator;
import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Brings what written rows affect to where it is deleted. Safe for use by several threads. */
public final class ChangedRows {

  private final TransactionUsage tenants;
  private final Invalidator invalidator;

  /** Has affected keys deleted by the invalidator. */
  public ChangedRows(TransactionUsage tenants, Invalidator invalidator) {
    this.tenants = tenants;
    this.invalidator = invalidator;
  }

  void add(
      RowWrite write,
      @Nullable SharedSessionContractImplementor session,
      List<WatchedTransaction> transactions) {
    AffectedKeys keys = new AffectedKeys();
    keys.add(write.toChange(session == null ? tenants.currentTenant() : tenants.tenantOf(session)));
    if (transactions.isEmpty()) {
      // a stateless session without a transaction: the statement has committed itself
      invalidator.delete(keys);
    } else {
      transactions.forEach(transaction -> transaction.defer(keys, invalidator));
    }
  }
}
