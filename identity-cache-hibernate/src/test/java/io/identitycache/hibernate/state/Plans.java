package io.identitycache.hibernate.state;

import io.identitycache.validation.Problems;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Plans for tests. */
final class Plans {

  private Plans() {}

  /** The plan of an entity none of whose associations is cached. */
  static EntityStates of(
      EntityPersister topmost, SessionFactoryImplementor factory, Problems problems) {
    return new StatePlans(factory, (entity, attribute) -> null, problems).statesOf(topmost);
  }
}
