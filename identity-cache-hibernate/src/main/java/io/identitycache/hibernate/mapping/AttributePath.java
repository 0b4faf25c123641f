package io.identitycache.hibernate.mapping;

import java.util.List;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * One basic value of an entity that may be part of an index: where it stands in queries, in
 * instances, and in the arrays of change events. Safe for use by several threads.
 *
 * @param name its name in declarations: {@code handle}, {@code address.city}, {@code shop}
 * @param query its path in queries, below the entity: of an association, the path to the id
 * @param type its type; of an association, the type of the id
 * @param declaring the entity it was found on
 * @param root the entity's own attribute at the start of the path; null if the path starts at the
 *     id
 * @param steps the attributes from there on, through embeddables
 * @param target of an association, the entity it leads to
 */
record AttributePath(
    String name,
    String query,
    JdbcMapping type,
    EntityPersister declaring,
    @Nullable AttributeMapping root,
    List<AttributeMapping> steps,
    @Nullable EntityPersister target) {

  AttributePath {
    steps = List.copyOf(steps);
  }

  /** The boxed Java type. */
  Class<?> javaType() {
    return type.getMappedJavaType().getJavaTypeClass();
  }

  boolean isAssociation() {
    return target != null;
  }

  /** Whether it is, or is a part of, the id. */
  boolean isOfId() {
    return root == null;
  }

  /** The value in an instance of the declaring entity; a proxy of that must be initialized. */
  @Nullable Object ofEntity(Object entity) {
    return root == null
        ? follow(idOf(declaring, entity))
        : follow(((AttributeMapping) root).getValue(entity));
  }

  /**
   * The value in the state of a row, as change events carry it.
   *
   * @param concrete the entity that the array belongs to: the declaring one or one below it
   */
  @Nullable Object ofState(EntityPersister concrete, Object id, @Nullable Object[] state) {
    return root == null ? follow(id) : follow(state[positionIn(concrete)]);
  }

  /**
   * The value in an id, if it is part of one.
   *
   * @throws IllegalArgumentException if the id lacks it: no row has such an id
   */
  Object ofId(Object id) {
    Object value = follow(id);
    if (value == null) {
      throw new IllegalArgumentException(
          declaring.getEntityName() + ": the id's part \"" + name + "\" is null");
    }
    return value;
  }

  /** The position of the entity's own attribute in arrays of values; -1 if it starts at the id. */
  int positionIn(EntityPersister concrete) {
    return root == null
        ? -1
        : concrete.findAttributeMapping(root.getAttributeName()).getStateArrayPosition();
  }

  private @Nullable Object follow(@Nullable Object start) {
    Object value = start == LazyPropertyInitializer.UNFETCHED_PROPERTY ? null : start;
    for (AttributeMapping step : steps) {
      if (value == null) {
        return null;
      }
      value = step.getValue(value);
    }
    return value == null || target == null ? value : idOfTarget(value, target);
  }

  /** An id class holds the id itself where the entity holds the association. */
  private static Object idOfTarget(Object value, EntityPersister target) {
    return target.getMappedClass().isInstance(value) ? idOf(target, value) : value;
  }

  /** The id of an instance, without initializing it. */
  static Object idOf(EntityPersister persister, Object entity) {
    LazyInitializer proxy = HibernateProxy.extractLazyInitializer(entity);
    return proxy != null
        ? proxy.getInternalIdentifier()
        : persister.getIdentifier(entity, (SharedSessionContractImplementor) null);
  }
}
