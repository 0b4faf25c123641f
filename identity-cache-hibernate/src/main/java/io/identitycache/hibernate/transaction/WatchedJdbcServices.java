package io.identitycache.hibernate.transaction;

import org.hibernate.engine.jdbc.internal.JdbcServicesImpl;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.sql.exec.spi.JdbcMutationExecutor;

/**
 * Hibernate's JDBC services, which also tell of HQL, criteria and native statements that write: a
 * transaction is dirty from the first of them on.
 */
public final class WatchedJdbcServices extends JdbcServicesImpl {

  private static final long serialVersionUID = 1;

  private final transient TransactionWatch watch;

  /** Watches the statements of a registry's factories. */
  public WatchedJdbcServices(ServiceRegistryImplementor registry, TransactionWatch watch) {
    super(registry);
    this.watch = watch;
  }

  @Override
  public JdbcMutationExecutor getJdbcMutationExecutor() {
    JdbcMutationExecutor executor = super.getJdbcMutationExecutor();
    return (mutation, bindings, statements, expectation, context) -> {
      watch.transactionOf(context.getSession()).ifPresent(WatchedTransaction::markDirty);
      return executor.execute(mutation, bindings, statements, expectation, context);
    };
  }
}
