package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.invalidation.EntityChange;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Tenant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * One written row in Hibernate's terms.
 *
 * @param mapped the cached entity whose entries hold it
 * @param persister its own entity, perhaps one below
 * @param id its id
 * @param before its state before, null if there was none or it is not known
 * @param after its state after, null if there is none
 * @param dirty the positions of what has changed, null if that is not known
 */
record RowWrite(
    MappedEntity<?> mapped,
    EntityPersister persister,
    Object id,
    @Nullable Object @Nullable [] before,
    @Nullable Object @Nullable [] after,
    int @Nullable [] dirty) {

  private static final @Nullable Object[] UNKNOWN = {};

  /** The same in the terms of the core. Pure. */
  EntityChange toChange(@Nullable Tenant tenant) {
    boolean unchangedToo = dirty == null || (after != null && writesEveryColumn());
    return new EntityChange(
        mapped.entity(),
        tenant,
        id,
        values(before),
        values(after),
        changedAttributes(unchangedToo),
        unchangedToo);
  }

  private boolean writesEveryColumn() {
    return !persister.isVersioned()
        && !persister.getMappedClass().isAnnotationPresent(DynamicUpdate.class);
  }

  private Set<CachedAttribute> changedAttributes(boolean all) {
    Set<CachedAttribute> changed = new HashSet<>();
    for (CachedAttribute attribute : mapped.entity().attributes()) {
      if (all || dirty == null || mapped.dependsOn(attribute, persister, dirty)) {
        changed.add(attribute);
      }
    }
    return changed;
  }

  private Map<CachedIndex, IndexValue> values(@Nullable Object @Nullable [] state) {
    Map<CachedIndex, IndexValue> values = new HashMap<>();
    CachedEntity<?> entity = mapped.entity();
    if (state == null) {
      // what is fetched by the id is known all the same
      entity.attributes().stream()
          .filter(CachedAttribute::byId)
          .forEach(attribute -> put(values, attribute.by(), UNKNOWN));
    } else {
      entity.indexes().forEach(index -> put(values, index, state));
      entity.attributes().forEach(attribute -> put(values, attribute.by(), state));
    }
    return values;
  }

  private void put(
      Map<CachedIndex, IndexValue> values, CachedIndex index, @Nullable Object[] state) {
    IndexValue value = mapped.valueOf(index, persister, id, state);
    if (value != null) {
      values.put(index, value);
    }
  }
}
