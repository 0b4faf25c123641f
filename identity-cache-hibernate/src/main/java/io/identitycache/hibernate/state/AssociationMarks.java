package io.identitycache.hibernate.state;

import io.identitycache.model.CachedAssociation.Kind;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Tells which associations are cached, and how. Safe for use by several threads. */
@FunctionalInterface
public interface AssociationMarks {

  /**
   * How an association is kept; null if it is not cached.
   *
   * @param entity the entity that has the attribute, its own or inherited
   * @param attribute the attribute's name
   */
  @Nullable Kind of(EntityPersister entity, String attribute);
}
