package io.identitycache.invalidation;

import io.identitycache.model.CachedAssociation;
import io.identitycache.model.Tenant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A search that finds nothing where it fails, and logs the association: the others go on. */
final class ReportedSearch implements OwnerSearch {

  private static final Logger LOG = LoggerFactory.getLogger(ReportedSearch.class);

  private final OwnerSearch search;
  private final String consequence;
  private boolean hasFailed;

  /**
   * Reports what another search throws.
   *
   * @param consequence what it means for the entries of the owners
   */
  ReportedSearch(OwnerSearch search, String consequence) {
    this.search = search;
    this.consequence = consequence;
  }

  /** Whether a query has failed; only of use for a search by one thread. */
  boolean hasFailed() {
    return hasFailed;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // whatever happens, what was written stands
  public Set<Object> owners(
      CachedAssociation association, @Nullable Tenant tenant, Collection<?> targetIds) {
    try {
      return search.owners(association, tenant, targetIds);
    } catch (Throwable e) {
      hasFailed = true;
      LOG.error(
          "The owners of {} rows changed in {} cannot be asked for; of their entries, {}",
          targetIds.size(),
          association,
          consequence,
          e);
      return Set.of();
    }
  }
}
