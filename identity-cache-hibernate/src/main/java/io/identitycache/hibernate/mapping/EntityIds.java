package io.identitycache.hibernate.mapping;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
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

  /**
   * What is equal for two ids that identify one row: classes of ids need not have an {@code
   * equals}, and 1.0 is 1.00 to a database.
   */
  @SuppressWarnings("JavaUtilDate") // ids may be of this type
  public Object comparable(Object id) {
    List<Object> comparable = new ArrayList<>(parts.size());
    for (Object part : parts(id)) {
      if (part instanceof BigDecimal number) {
        comparable.add(number.stripTrailingZeros());
      } else if (part instanceof Date date) {
        comparable.add(date.getTime());
      } else if (part instanceof byte[] bytes) {
        comparable.add(ByteBuffer.wrap(bytes));
      } else {
        comparable.add(part);
      }
    }
    return comparable;
  }

  /** The id of an instance; a proxy is not initialized. */
  public Object idOf(Object instance) {
    return AttributePath.idOf(entity, instance);
  }
}
