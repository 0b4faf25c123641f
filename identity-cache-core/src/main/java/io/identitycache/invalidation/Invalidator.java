package io.identitycache.invalidation;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListeners;
import io.identitycache.key.CacheKey;
import io.identitycache.store.CacheStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes affected keys from the store. Called when the database has committed already, so it never
 * throws: what fails is reported to the listeners and logged with its keys. Safe for use by several
 * threads.
 */
public final class Invalidator {

  private static final Logger LOG = LoggerFactory.getLogger(Invalidator.class);

  private static final int KEYS_PER_LINE = 100;

  private final CacheStore store;
  private final CacheListeners listeners;

  /** Deletes from a store. */
  public Invalidator(CacheStore store, CacheListeners listeners) {
    this.store = store;
    this.listeners = listeners;
  }

  /** Deletes the keys in one batch; nothing is done for none. */
  @SuppressWarnings("CatchingUnchecked") // whatever happens, the commit stands
  public void delete(AffectedKeys affected) {
    if (affected.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    Set<CacheKey> failed;
    try {
      failed = store.delete(affected.keys());
    } catch (Throwable e) {
      LOG.error("The invalidation failed unexpectedly", e);
      failed = Set.copyOf(affected.keys());
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    List<CacheKey> sent = new ArrayList<>(affected.keys());
    sent.removeAll(failed);
    affected
        .countsByName(sent)
        .forEach((name, count) -> listeners.report(Kind.INVALIDATION_SENT, name, count, time));
    affected
        .countsByName(failed)
        .forEach((name, count) -> listeners.report(Kind.INVALIDATION_FAILED, name, count, time));
    LOG.debug("invalidated {}", sent);
    if (!failed.isEmpty()) {
      LOG.error(
          "The store has not confirmed the invalidation of {} keys; what it holds under them may be"
              + " stale until it expires: {}",
          failed.size(),
          shortened(failed));
    }
  }

  /** One line stays readable; the rest of a large transaction's keys is in the debug log. */
  private static String shortened(Set<CacheKey> keys) {
    if (keys.size() <= KEYS_PER_LINE) {
      return keys.toString();
    }
    LOG.debug("not confirmed: {}", keys);
    return keys.stream().limit(KEYS_PER_LINE).map(CacheKey::text).toList()
        + " and "
        + (keys.size() - KEYS_PER_LINE)
        + " more, which the debug log lists";
  }
}
