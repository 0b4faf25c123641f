package io.identitycache.invalidation;

import io.identitycache.key.CacheKey;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Tenant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that changed rows occupy, each once: what is collected during a transaction and deleted
 * after it. Adding is a pure derivation, without a store or a database. Used by one thread at a
 * time.
 */
public final class AffectedKeys {

  /** The name of the entity, index or attribute that a key belongs to, in the order of adding. */
  private final Map<CacheKey, String> names = new LinkedHashMap<>();

  /** Adds the keys that a change affects. */
  public void add(EntityChange change) {
    CachedEntity<?> entity = change.entity();
    addEntry(entity, change.tenant(), change.id());
    for (CachedIndex index : entity.indexes()) {
      addValues(change, index, change.unchangedToo());
    }
    for (CachedAttribute attribute : entity.attributes()) {
      addValues(change, attribute.by(), change.changedAttributes().contains(attribute));
    }
  }

  /** Adds the key of a row's own entry. */
  void addEntry(CachedEntity<?> entity, @Nullable Tenant tenant, Object id) {
    add(entity.keyOf(tenant, id), entity.name());
  }

  /** These keys without those that another has. */
  AffectedKeys without(AffectedKeys others) {
    AffectedKeys left = new AffectedKeys();
    left.addAll(this);
    left.removeAll(others);
    return left;
  }

  /** Leaves out what another does not have. */
  void retainAll(AffectedKeys others) {
    names.keySet().retainAll(others.names.keySet());
  }

  /** Leaves out what another has. */
  public void removeAll(AffectedKeys other) {
    names.keySet().removeAll(other.names.keySet());
  }

  private void addValues(EntityChange change, CachedIndex index, boolean unchangedToo) {
    IndexValue before = change.before().get(index);
    IndexValue after = change.after().get(index);
    if (unchangedToo || before == null || !before.equals(after)) {
      addValue(change, index, before);
      addValue(change, index, after);
    }
  }

  private void addValue(EntityChange change, CachedIndex index, @Nullable IndexValue value) {
    if (value != null) {
      add(index.keyOf(change.tenant(), value), index.name());
    }
  }

  private void add(CacheKey key, String name) {
    names.put(key, name);
  }

  /** Adds another collection's keys. */
  public void addAll(AffectedKeys other) {
    names.putAll(other.names);
  }

  /** The keys. */
  public Collection<CacheKey> keys() {
    return Collections.unmodifiableSet(names.keySet());
  }

  /** Whether nothing is affected. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** How many of the given keys belong to each entity, index or attribute. */
  Map<String, Integer> countsByName(Collection<CacheKey> of) {
    Map<String, Integer> counts = new TreeMap<>();
    of.forEach(key -> counts.merge(names.getOrDefault(key, "?"), 1, Integer::sum));
    return counts;
  }

  @Override
  public String toString() {
    return names.keySet().toString();
  }
}
