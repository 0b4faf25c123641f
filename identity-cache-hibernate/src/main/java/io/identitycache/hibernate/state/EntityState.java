package io.identitycache.hibernate.state;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The plan of one concrete class.
 *
 * @param name what the bytes call it
 * @param persister Hibernate's description of it
 * @param attributes how its attributes are stored
 */
@SuppressWarnings("NullAway") // "no session" is null to Hibernate, and arrays of values hold nulls
record EntityState(String name, EntityPersister persister, Attributes attributes) {

  Object newInstance(Object id, SessionFactoryImplementor factory) {
    Object entity =
        HibernateCalls.newEntity(persister.getRepresentationStrategy().getInstantiator(), factory);
    persister.setIdentifier(entity, id, null);
    return entity;
  }

  void setValues(Object entity, @Nullable Object[] values) {
    persister.setPropertyValues(entity, values);
  }
}
