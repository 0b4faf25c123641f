package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.invalidation.AffectedRows;
import io.identitycache.invalidation.EntityChange;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Tenant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * One written row in Hibernate's terms.
 *
 * @param kind what was written
 * @param persister its own entity
 * @param id its id
 * @param before its state before, null if there was none or it is not known
 * @param after its state after, null if there is none
 * @param dirty the positions of what has changed, null if that is not known
 */
record RowWrite(
    Kind kind,
    EntityPersister persister,
    Object id,
    @Nullable Object @Nullable [] before,
    @Nullable Object @Nullable [] after,
    int @Nullable [] dirty) {

  private static final @Nullable Object[] UNKNOWN = {};

  /** What can be written. */
  enum Kind {
    INSERT,
    UPDATE,
    /** An insert or an update, which the writer did not know. */
    UPSERT,
    DELETE
  }

  RowWrite as(Kind other) {
    return new RowWrite(other, persister, id, before, after, dirty);
  }

  /**
   * Adds the owners whose entries hold something of the row that has changed. Pure.
   *
   * @param associations those that may lead to the row
   */
  void addOwners(
      List<MappedAssociation> associations, @Nullable Tenant tenant, AffectedRows affected) {
    for (MappedAssociation mapped : associations) {
      if (!isHeldBy(mapped)) {
        continue;
      }
      boolean isOwnerKnown = isOwnerIn(mapped, before) || isOwnerIn(mapped, after);
      if (isOwnerKnown) {
        addOwner(mapped, before, tenant, affected);
        addOwner(mapped, after, tenant, affected);
      } else if (kind == Kind.UPDATE || kind == Kind.UPSERT) {
        affected.addTarget(mapped.association(), tenant, id);
      }
      // what leads to an inserted row is written after it, by an event of its own; and the owners
      // of a deleted one were asked for before
    }
  }

  private boolean isOwnerIn(MappedAssociation mapped, @Nullable Object @Nullable [] state) {
    return mapped.isOwnerInTarget() && state != null && mapped.isOwnerIn(persister, state);
  }

  private boolean isHeldBy(MappedAssociation mapped) {
    return mapped.isEmbedded()
        || (mapped.storesIds() && (kind != Kind.UPDATE || mapped.idsDependOn(persister, dirty)));
  }

  private void addOwner(
      MappedAssociation mapped,
      @Nullable Object @Nullable [] state,
      @Nullable Tenant tenant,
      AffectedRows affected) {
    Object owner = state == null ? null : mapped.ownerIdIn(persister, id, state);
    if (owner != null) {
      affected.addOwner(mapped.association().owner(), tenant, owner);
    }
  }

  /**
   * What it does to the entries of its own.
   *
   * @param mapped the cached entity whose entries hold the row
   */
  EntityChange toChange(MappedEntity<?> mapped, @Nullable Tenant tenant) {
    boolean unchangedToo = dirty == null || (after != null && writesEveryColumn());
    return new EntityChange(
        mapped.entity(),
        tenant,
        id,
        values(mapped, before),
        values(mapped, after),
        changedAttributes(mapped, unchangedToo),
        unchangedToo);
  }

  private boolean writesEveryColumn() {
    return !persister.isVersioned()
        && !persister.getMappedClass().isAnnotationPresent(DynamicUpdate.class);
  }

  private Set<CachedAttribute> changedAttributes(MappedEntity<?> mapped, boolean all) {
    Set<CachedAttribute> changed = new HashSet<>();
    for (CachedAttribute attribute : mapped.entity().attributes()) {
      if (all || dirty == null || mapped.dependsOn(attribute, persister, dirty)) {
        changed.add(attribute);
      }
    }
    return changed;
  }

  private Map<CachedIndex, IndexValue> values(
      MappedEntity<?> mapped, @Nullable Object @Nullable [] state) {
    Map<CachedIndex, IndexValue> values = new HashMap<>();
    CachedEntity<?> entity = mapped.entity();
    if (state == null) {
      // what is fetched by the id is known all the same
      entity.attributes().stream()
          .filter(CachedAttribute::byId)
          .forEach(attribute -> put(mapped, values, attribute.by(), UNKNOWN));
    } else {
      entity.indexes().forEach(index -> put(mapped, values, index, state));
      entity.attributes().forEach(attribute -> put(mapped, values, attribute.by(), state));
    }
    return values;
  }

  private void put(
      MappedEntity<?> mapped,
      Map<CachedIndex, IndexValue> values,
      CachedIndex index,
      @Nullable Object[] state) {
    IndexValue value = mapped.valueOf(index, persister, id, state);
    if (value != null) {
      values.put(index, value);
    }
  }
}
