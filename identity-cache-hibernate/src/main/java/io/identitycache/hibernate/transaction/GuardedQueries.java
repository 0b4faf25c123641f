package io.identitycache.hibernate.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks in the application's transaction without putting it at risk: PostgreSQL and its kin refuse
 * every further statement, and the commit, once a single one has failed. So a savepoint is set
 * before the first query, and gone back to if one fails. It is not released: not all drivers can,
 * and it ends with the transaction. Used by one thread, within one callback: what the application
 * writes afterwards must not be undone.
 */
public final class GuardedQueries {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedQueries.class);

  private final SharedSessionContractImplementor session;
  private @Nullable Savepoint savepoint;
  private boolean prepared;

  /** Guards queries over the connection of a session. */
  public GuardedQueries(SharedSessionContractImplementor session) {
    this.session = session;
  }

  /** Asks, and undoes what a failure does to the transaction before it is thrown. */
  public <R> R ask(Supplier<R> query) {
    prepare();
    try {
      return query.get();
    } catch (RuntimeException e) {
      goBack();
      throw e;
    }
  }

  private Connection connection() {
    return session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
  }

  private void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    // statements that wait to be sent together belong before the savepoint, or going back to it
    // would undo them
    session.getJdbcCoordinator().executeBatch();
    try {
      Connection connection = connection();
      if (!connection.getAutoCommit() && connection.getMetaData().supportsSavepoints()) {
        savepoint = connection.setSavepoint();
      }
    } catch (SQLException e) {
      LOG.debug("No savepoint can be set before asking for owners", e);
    }
  }

  private void goBack() {
    if (savepoint != null) {
      try {
        connection().rollback(savepoint);
      } catch (SQLException e) {
        LOG.warn("The savepoint before a failed search for owners cannot be gone back to", e);
      }
    }
  }
}
