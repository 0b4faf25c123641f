package io.identitycache.store;

import io.identitycache.key.CacheKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The store of a cache that is off: no key can be read, so that every fetch reads the database and
 * stores nothing.
 */
public final class NoStore implements CacheStore {

  @Override
  public StoreRead read(Collection<CacheKey> keys) {
    return new StoreRead(Map.of(), Set.copyOf(keys));
  }

  @Override
  public Map<CacheKey, SwapOutcome> swap(List<Swap> swaps) {
    Map<CacheKey, SwapOutcome> outcomes = new LinkedHashMap<>();
    swaps.forEach(swap -> outcomes.put(swap.key(), SwapOutcome.FAILED));
    return outcomes;
  }

  @Override
  public Set<CacheKey> delete(Collection<CacheKey> keys) {
    return Set.of();
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return "no store";
  }
}
