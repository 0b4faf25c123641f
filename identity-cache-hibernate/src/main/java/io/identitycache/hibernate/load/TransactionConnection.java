package io.identitycache.hibernate.load;

import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * A short session on the connection of the application's open transaction. It has a persistence
 * context of its own, so that the application's stays as it is, and leaves transaction and
 * connection alone.
 */
final class TransactionConnection implements SessionUse {

  private final SessionFactoryImplementor factory;
  private final Supplier<SharedSessionContractImplementor> current;

  TransactionConnection(
      SessionFactoryImplementor factory, Supplier<SharedSessionContractImplementor> current) {
    this.factory = factory;
    this.current = current;
  }

  @Override
  public <R> R read(Function<Session, R> reading) {
    SharedSessionContractImplementor application = current.get();
    // the connection itself, not sessionWithOptions(): a stateless session of 6.6 has none
    SessionBuilder options =
        OwnConnection.optionsOf(factory)
            .flushMode(FlushMode.MANUAL)
            .connection(
                application.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection());
    Object tenant = application.getTenantIdentifierValue();
    if (tenant != null) {
      options = options.tenantIdentifier(tenant);
    }
    try (Session session = options.openSession()) {
      OwnConnection.prepare(session);
      return reading.apply(session);
    }
  }
}
