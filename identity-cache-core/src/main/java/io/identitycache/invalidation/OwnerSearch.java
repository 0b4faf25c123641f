package io.identitycache.invalidation;

import io.identitycache.model.CachedAssociation;
import io.identitycache.model.Tenant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The port to the database, to ask it for owners. */
@FunctionalInterface
public interface OwnerSearch {

  /**
   * The ids of the owners whose association leads to any of these rows now. One query.
   *
   * @param tenant whose rows they are, null where there are no tenants
   * @param targetIds ids of the association's target
   */
  Set<Object> owners(
      CachedAssociation association, @Nullable Tenant tenant, Collection<?> targetIds);
}
