package io.identitycache.hibernate.state;

import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** The names by which the application knows its entities. */
final class EntityNames {

  private EntityNames() {}

  /** The name that queries use. */
  static String of(EntityPersister entity, SessionFactoryImplementor factory) {
    return factory
        .getRuntimeMetamodels()
        .getJpaMetamodel()
        .entity(entity.getEntityName())
        .getName();
  }
}
