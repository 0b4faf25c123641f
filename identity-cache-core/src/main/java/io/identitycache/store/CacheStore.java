package io.identitycache.store;

import io.identitycache.key.CacheKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps bytes under keys for a limited time: memcached, or memory of this process.
 *
 * <p>Every method takes a whole batch and answers for each key by itself, so that one server's
 * failure costs only that server's keys. None throws for a failure of the store: a key whose
 * outcome is not known is reported as such. A store may forget any entry at any time; it must never
 * bring an older content back after a newer one, or after a delete that was confirmed.
 *
 * <p>The lease protocol needs these call sequences: {@code read}, {@code swap} of nothing for a
 * lease, {@code swap} of that lease for a value; and, whoever is reading, {@code delete}.
 *
 * <p>Byte arrays are given away on both sides: neither the store nor its caller changes one later.
 * Implementations are safe for use by several threads.
 */
public interface CacheStore extends AutoCloseable {

  /** Reads all keys at once. An empty collection costs nothing. */
  StoreRead read(Collection<CacheKey> keys);

  /**
   * Makes each swap whose key still holds what the swap expects; each is atomic by itself. Keys are
   * distinct within a batch.
   *
   * @return an outcome for every key of the batch
   */
  Map<CacheKey, SwapOutcome> swap(List<Swap> swaps);

  /**
   * Removes what the keys hold, leases included.
   *
   * @return the keys for which the store has not confirmed it; empty when all went well
   */
  Set<CacheKey> delete(Collection<CacheKey> keys);

  /** Ends threads and connections. Takes at most two seconds, a hung server or not. */
  @Override
  void close();
}
