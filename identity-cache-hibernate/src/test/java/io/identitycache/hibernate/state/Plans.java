package io.identitycache.hibernate.state;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.validation.Problems;
import java.lang.reflect.AnnotatedElement;
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

  /** All plans, of what the annotations say. */
  static StatePlans annotated(SessionFactoryImplementor factory, Problems problems) {
    return new StatePlans(factory, Plans::annotated, problems);
  }

  private static Kind annotated(EntityPersister entity, String attribute) {
    AnnotatedElement member =
        (AnnotatedElement)
            entity.findAttributeMapping(attribute).getPropertyAccess().getGetter().getMember();
    return member.isAnnotationPresent(CacheEmbed.class)
        ? Kind.EMBEDDED
        : member.isAnnotationPresent(CacheReference.class) ? Kind.REFERENCED : null;
  }
}
