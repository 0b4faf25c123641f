package io.identitycache.fetch;

import io.identitycache.model.CachedEntity;
import io.identitycache.model.Tenant;
import org.jspecify.annotations.Nullable;

/** Tells what a fetch on this thread may do, by the transaction it is in. */
@FunctionalInterface
public interface UsagePolicy {

  /** The caller of a fetch of this entity, now. Costs no query and opens no session. */
  Caller caller(CachedEntity<?> entity);

  /**
   * Who fetches.
   *
   * @param usage what it may do
   * @param tenant its tenant, null where there are none
   */
  record Caller(Usage usage, @Nullable Tenant tenant) {}

  /** What a fetch may do. */
  enum Usage {
    /** No transaction: the store is read and filled, over connections of the cache's own. */
    CACHE,
    /**
     * A read-only transaction: the store is read; what is not there is read over the transaction's
     * connection, whose state of the database may be too old to be stored.
     */
    CACHE_IN_READ_ONLY_TRANSACTION,
    /** A read-write transaction: its session answers, and the store is left alone. */
    SESSION
  }
}
