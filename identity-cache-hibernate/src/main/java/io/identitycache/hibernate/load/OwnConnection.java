package io.identitycache.hibernate.load;

import io.identitycache.model.Tenant;
import java.util.function.Function;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A short session on a connection of its own, with one explicit transaction around all its
 * statements: without one, a session takes another pooled connection for each.
 */
final class OwnConnection implements SessionUse {

  private final SessionFactoryImplementor factory;
  private final @Nullable Tenant tenant;

  OwnConnection(SessionFactoryImplementor factory, @Nullable Tenant tenant) {
    this.factory = factory;
    this.tenant = tenant;
  }

  @Override
  public <R> R read(Function<Session, R> reading) {
    SessionBuilder options = optionsOf(factory).flushMode(FlushMode.MANUAL);
    if (tenant != null) {
      options = options.tenantIdentifier(tenant.identifier());
    }
    try (Session session = options.openSession()) {
      prepare(session);
      session.beginTransaction();
      try {
        return reading.apply(session);
      } finally {
        // nothing was written: ends the snapshot, and gives the connection back clean
        session.getTransaction().rollback();
      }
    }
  }

  /** The implementor's method has another return type in Hibernate 7. */
  static SessionBuilder optionsOf(SessionFactory factory) {
    return factory.withOptions();
  }

  /**
   * Nothing is written, and the second-level cache neither asked nor filled. The session is not
   * read-only: then it would not keep the values it has read, apart from what {@code @PostLoad}
   * makes of them.
   */
  static void prepare(Session session) {
    session.setHibernateFlushMode(FlushMode.MANUAL);
    session.setCacheMode(CacheMode.IGNORE);
  }
}
