package io.identitycache.hibernate.transaction;

import org.hibernate.engine.jdbc.spi.JdbcCoordinator;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.jdbc.spi.PhysicalConnectionHandlingMode;
import org.hibernate.resource.transaction.spi.DdlTransactionIsolator;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorOwner;
import org.hibernate.tool.schema.internal.exec.JdbcContext;

/**
 * Hibernate's transaction coordinators, JDBC or JTA as configured, each with an observer that the
 * {@link TransactionWatch} learns of transactions by.
 */
public final class WatchedTransactions implements TransactionCoordinatorBuilder {

  private static final long serialVersionUID = 1;

  private final transient TransactionCoordinatorBuilder delegate;
  private final transient TransactionWatch watch;

  /** Watches what the delegate builds. */
  public WatchedTransactions(TransactionCoordinatorBuilder delegate, TransactionWatch watch) {
    this.delegate = delegate;
    this.watch = watch;
  }

  @Override
  public TransactionCoordinator buildTransactionCoordinator(
      TransactionCoordinatorOwner owner, Options options) {
    // the delegate's own object goes back: Hibernate asks for its class
    TransactionCoordinator coordinator = delegate.buildTransactionCoordinator(owner, options);
    if (owner instanceof JdbcCoordinator jdbc
        && jdbc.getJdbcSessionOwner() instanceof SharedSessionContractImplementor session) {
      coordinator.addObserver(new WatchedTransaction(watch, session));
    }
    return coordinator;
  }

  @Override
  public boolean isJta() {
    return delegate.isJta();
  }

  @Override
  public PhysicalConnectionHandlingMode getDefaultConnectionHandlingMode() {
    return delegate.getDefaultConnectionHandlingMode();
  }

  @Override
  public DdlTransactionIsolator buildDdlTransactionIsolator(JdbcContext context) {
    return delegate.buildDdlTransactionIsolator(context);
  }
}
