package io.identitycache.fetch;

import io.identitycache.model.AssociatedType;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.model.CachedEntity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What referenced associations of fetched instances lead to, read through the cache: all ids of all
 * owners and associations in one batch. For one thread.
 */
final class StoredTargets implements AssociationWalk.Targets {

  private final FetchEnvironment environment;
  private final FetchCall call;

  StoredTargets(FetchEnvironment environment, FetchCall call) {
    this.environment = environment;
    this.call = call;
  }

  @Override
  public Object instanceOf(Object entity) {
    return entity;
  }

  @Override
  public List<CachedAssociation> eager(Object instance) {
    return environment.eager().of(instance.getClass());
  }

  @Override
  public void load(Map<CachedAssociation, List<Object>> owners) {
    Set<RowKey> keys = new LinkedHashSet<>();
    owners.forEach(
        (association, each) -> each.forEach(owner -> keys.addAll(keys(association, owner))));
    Map<RowKey, Object> rows = call.instances(keys);
    owners.forEach(
        (association, each) -> {
          for (Object owner : each) {
            if (knowsIds(association, owner)) {
              association.access().resolve(owner, id -> target(association, id, rows));
            }
          }
        });
  }

  /** What would stand in the place of a referenced association; the owner knows the ids. */
  @Nullable Object resolved(CachedAssociation association, Object owner) {
    Map<RowKey, Object> rows = call.instances(keys(association, owner));
    return association.access().resolved(owner, id -> target(association, id, rows));
  }

  static boolean knowsIds(CachedAssociation association, Object owner) {
    return association.kind() == Kind.REFERENCED && association.access().ids(owner) != null;
  }

  private Set<RowKey> keys(CachedAssociation association, Object owner) {
    Set<RowKey> keys = new LinkedHashSet<>();
    List<Object> ids =
        association.kind() == Kind.REFERENCED ? association.access().ids(owner) : null;
    if (ids != null) {
      ids.forEach(id -> keys.addAll(keysOf(association, id)));
    }
    return keys;
  }

  /** Of a target that is not cached, but some below it are, the row is one of theirs. */
  private List<RowKey> keysOf(CachedAssociation association, Object id) {
    AssociatedType target = association.target();
    List<RowKey> keys = new ArrayList<>(1);
    if (target != null) {
      for (CachedEntity<?> entity : target.entities()) {
        keys.add(new RowKey(environment.sourceOf(entity), id));
      }
    }
    return keys;
  }

  private @Nullable Object target(
      CachedAssociation association, Object id, Map<RowKey, Object> rows) {
    for (RowKey key : keysOf(association, id)) {
      Object row = rows.get(key);
      // a row of another class of the hierarchy is none that the association can lead to
      if (association.elementType().isInstance(row)) {
        return row;
      }
    }
    return null;
  }
}
