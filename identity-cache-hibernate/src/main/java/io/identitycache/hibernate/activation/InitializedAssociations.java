package io.identitycache.hibernate.activation;

import io.identitycache.model.CachedAssociation;
import io.identitycache.model.ManagedAssociations;
import java.util.Collection;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;

/** Associations of managed instances, each initialized as the application itself would do it. */
final class InitializedAssociations implements ManagedAssociations {

  @Override
  public void load(CachedAssociation association, Collection<?> owners) {
    owners.forEach(owner -> Hibernate.initialize(association.access().value(owner)));
  }

  @Override
  public @Nullable Object unproxied(Object entity) {
    return Hibernate.isInitialized(entity) ? Hibernate.unproxy(entity) : null;
  }
}
