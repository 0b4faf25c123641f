package io.identitycache.hibernate.change;

import java.util.Collection;
import java.util.Set;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** The port to the database, to ask it for rows that refer to others. */
public interface ReferringRows {

  /**
   * The ids of a child's rows whose to-one association refers to any of these parents now. One
   * query over the connection of the session.
   */
  Set<Object> idsReferring(
      SharedSessionContractImplementor session,
      EntityPersister child,
      String toOneAttribute,
      EntityPersister parent,
      Collection<?> parentIds);

  /**
   * The ids of the rows that are in this collection of any of these parents now. One query over the
   * connection of the session.
   */
  Set<Object> idsInCollection(
      SharedSessionContractImplementor session,
      EntityPersister parent,
      String collection,
      Collection<?> parentIds);
}
