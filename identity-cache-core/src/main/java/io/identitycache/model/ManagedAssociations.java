package io.identitycache.model;

import java.util.Collection;

/** Loads associations of managed instances through the session of this thread's transaction. */
public interface ManagedAssociations {

  /**
   * Loads one association of all owners, with at most one query; afterwards each owner's is loaded.
   * The session's own changes are seen. Owners whose association is loaded already are passed over.
   *
   * @param owners managed instances of the declaring class, not proxies
   */
  void load(CachedAssociation association, Collection<?> owners);
}
