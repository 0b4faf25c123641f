package io.identitycache.model;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Loads associations of managed instances through the session of this thread's transaction. */
public interface ManagedAssociations {

  /**
   * Loads one association of all owners, with at most one query; afterwards each owner's is loaded,
   * and so is each entity that it leads to. The session's own changes are seen. Owners whose
   * association is loaded already are passed over.
   *
   * @param owners managed instances of the declaring class, not proxies
   */
  void load(CachedAssociation association, Collection<?> owners);

  /**
   * The instance behind a proxy, whether it is managed or not; the entity itself if it is none.
   * Null for a proxy that is not initialized. Costs no query.
   */
  @Nullable Object unproxied(Object entity);
}
