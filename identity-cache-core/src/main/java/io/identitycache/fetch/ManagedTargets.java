package io.identitycache.fetch;

import io.identitycache.model.CachedAssociation;
import io.identitycache.model.ManagedAssociations;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What associations of managed instances lead to, loaded through their session: one query for each
 * association at the most. For one thread.
 */
final class ManagedTargets implements AssociationWalk.Targets {

  private final ManagedAssociations managed;

  ManagedTargets(ManagedAssociations managed) {
    this.managed = managed;
  }

  @Override
  public @Nullable Object instanceOf(Object entity) {
    return managed.unproxied(entity);
  }

  /** The session has loaded what is eager. */
  @Override
  public List<CachedAssociation> eager(Object instance) {
    return List.of();
  }

  @Override
  public void load(Map<CachedAssociation, List<Object>> owners) {
    owners.forEach(managed::load);
  }
}
