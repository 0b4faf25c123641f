package io.identitycache.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.identitycache.key.CacheKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in the memory of this process: for tests, and for an application that runs once. An
 * application that runs twice would read what the other one has changed. Times to live are exact;
 * when the memory is used up, the least useful entries go; an entry that would take more than a
 * quarter of it is too large. It never fails and has no threads.
 */
public final class InProcessStore implements CacheStore {

  /** What an entry takes in memory besides its key and its bytes; a guess on the large side. */
  private static final int OVERHEAD = 160;

  /** One entry must not displace nearly all the others. */
  private static final int LARGEST_SHARE = 4;

  private final long maximumBytes;
  private final ConcurrentMap<CacheKey, Stored> entries;

  /**
   * Makes an empty store.
   *
   * @param maximumBytes what the entries may take in memory, all together and about
   */
  public InProcessStore(long maximumBytes) {
    this(maximumBytes, Ticker.systemTicker());
  }

  /**
   * Makes an empty store whose time is the ticker's.
   *
   * @param maximumBytes what the entries may take in memory, all together and about
   * @param ticker tells the time by which entries age
   */
  public InProcessStore(long maximumBytes, Ticker ticker) {
    if (maximumBytes <= 0) {
      throw new IllegalArgumentException("maximumBytes is positive, not " + maximumBytes);
    }
    this.maximumBytes = maximumBytes;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maximumBytes)
            .weigher((CacheKey key, Stored stored) -> weight(key, stored.bytes))
            .expireAfter(Expiry.writing((CacheKey key, Stored stored) -> stored.timeToLive))
            .ticker(ticker)
            .executor(Runnable::run)
            .build()
            .asMap();
  }

  @Override
  public StoreRead read(Collection<CacheKey> keys) {
    Map<CacheKey, byte[]> found = new HashMap<>();
    for (CacheKey key : keys) {
      Stored held = entries.get(key);
      if (held != null) {
        found.put(key, held.bytes.clone());
      }
    }
    return new StoreRead(found, Set.of());
  }

  @Override
  public Map<CacheKey, SwapOutcome> swap(List<Swap> swaps) {
    Map<CacheKey, SwapOutcome> outcomes = new HashMap<>();
    for (Swap swap : swaps) {
      outcomes.put(swap.key(), swap(swap));
    }
    return outcomes;
  }

  private SwapOutcome swap(Swap swap) {
    CacheKey key = swap.key();
    Stored held = entries.get(key);
    if (!Arrays.equals(swap.expected(), held == null ? null : held.bytes)) {
      return SwapOutcome.REFUSED;
    }
    byte[] replacement = swap.replacement();
    if (replacement == null || weight(key, replacement) > maximumBytes / LARGEST_SHARE) {
      // too large: what it would have replaced is not right any more
      if (held != null && !entries.remove(key, held)) {
        return SwapOutcome.REFUSED;
      }
      return replacement == null ? SwapOutcome.DONE : SwapOutcome.TOO_LARGE;
    }
    return exchange(key, held, new Stored(replacement.clone(), swap.timeToLive()))
        ? SwapOutcome.DONE
        : SwapOutcome.REFUSED;
  }

  private boolean exchange(CacheKey key, @Nullable Stored held, Stored replacement) {
    return held == null
        ? entries.putIfAbsent(key, replacement) == null
        : entries.replace(key, held, replacement);
  }

  @Override
  public Set<CacheKey> delete(Collection<CacheKey> keys) {
    keys.forEach(entries::remove);
    return Set.of();
  }

  /** Forgets all entries. */
  @Override
  public void close() {
    entries.clear();
  }

  @Override
  public String toString() {
    return "in-process store of " + maximumBytes + " bytes";
  }

  private static int weight(CacheKey key, byte[] bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (long) OVERHEAD + key.text().length() + bytes.length);
  }

  /** Equal to itself only, so that an exchange sees every change in between. */
  private static final class Stored {

    final byte[] bytes;
    final Duration timeToLive;

    Stored(byte[] bytes, Duration timeToLive) {
      this.bytes = bytes;
      this.timeToLive = timeToLive;
    }
  }
}
