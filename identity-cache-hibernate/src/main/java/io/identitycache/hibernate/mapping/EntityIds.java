package io.identitycache.hibernate.mapping;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The ids of one entity, cached or not, as queries ask for them. Safe for use by several threads.
 */
public final class EntityIds {

  private final EntityPersister entity;
  private final List<AttributePath> parts;

  private EntityIds(EntityPersister entity, List<AttributePath> parts) {
    this.entity = entity;
    this.parts = parts;
  }

  /** Those of an entity. */
  public static EntityIds of(EntityPersister entity) {
    return new EntityIds(entity, AttributePaths.of(entity).idParts());
  }

  /** The paths of the id's parts in queries, below the entity; one of a simple id. */
  public List<String> queryPaths() {
    return parts.stream().map(AttributePath::query).toList();
  }

  /** The basic values of an id, as queries take them, in the order of {@link #queryPaths}. */
  public List<Object> parts(Object id) {
    List<Object> values = new ArrayList<>(parts.size());
    for (AttributePath part : parts) {
      values.add(part.ofId(id));
    }
    return values;
  }

  /** The id of an instance; a proxy is not initialized. */
  public Object idOf(Object instance) {
    return AttributePath.idOf(entity, instance);
  }
}
