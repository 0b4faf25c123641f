package io.identitycache.hibernate.mapping;

import io.identitycache.hibernate.state.EntityStates;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * A cached entity with its way to the rows: the declaration, the stored form, and access to the
 * values of its indexes in instances and in change events. Safe for use by several threads.
 *
 * @param <E> the entity's class
 */
public final class MappedEntity<E> {

  private final CachedEntity<E> entity;
  private final EntityStates states;
  private final EntityPersister persister;
  private final List<EntityPersister> persisters;
  private final List<AttributePath> idParts;
  // by identity: a key space has one index
  private final Map<Object, IndexPaths> paths = new IdentityHashMap<>();
  private final Map<Object, AttributePath> attributePaths = new IdentityHashMap<>();

  MappedEntity(
      CachedEntity<E> entity,
      EntityStates states,
      List<EntityPersister> persisters,
      List<AttributePath> idParts,
      Map<CachedIndex, IndexPaths> indexPaths,
      Map<CachedAttribute, AttributePlan> attributes) {
    this.entity = entity;
    this.states = states;
    this.persister = persisters.get(0);
    this.persisters = List.copyOf(persisters);
    this.idParts = List.copyOf(idParts);
    indexPaths.forEach((index, ofIndex) -> paths.put(index.keys(), ofIndex));
    attributes.forEach(
        (attribute, plan) -> attributePaths.put(attribute.by().keys(), plan.value()));
  }

  /** Where the attributes of an index stand. */
  record IndexPaths(EntityPersister declaring, List<AttributePath> attributes) {}

  /** Where an attribute stands, and what it is fetched by. */
  record AttributePlan(AttributePath value, IndexPaths by) {}

  /** The declaration. */
  public CachedEntity<E> entity() {
    return entity;
  }

  /** The stored form of its rows. */
  public EntityStates states() {
    return states;
  }

  /** The topmost cached entity. */
  public EntityPersister persister() {
    return persister;
  }

  /** The topmost cached entity and all below it, that one first. */
  public List<EntityPersister> persisters() {
    return persisters;
  }

  /** The entity that an index was declared on; it finds only rows of that one and those below. */
  public EntityPersister persisterOf(CachedIndex index) {
    return pathsOf(index).declaring();
  }

  /** The id of an instance; a proxy is not initialized. */
  public Object idOf(Object instance) {
    return AttributePath.idOf(persister, instance);
  }

  /**
   * The one of the ids asked for that has found an instance: the instance's own id may be written
   * otherwise, such as 1.00 for 1.
   */
  public Object idOf(Object instance, Set<Object> asked) {
    Object id = idOf(instance);
    return asked.contains(id)
        ? id
        : asked.stream().filter(each -> states.identifiers().same(each, id)).findFirst().orElse(id);
  }

  /**
   * The value that an instance has in an index now. Null if the index is not of its class.
   *
   * @param instance the instance itself, not a proxy
   */
  public @Nullable IndexValue valueOf(CachedIndex index, Object instance) {
    IndexPaths ofIndex = pathsOf(index);
    if (!ofIndex.declaring().getMappedClass().isInstance(instance)) {
      return null;
    }
    List<@Nullable Object> items = new ArrayList<>(ofIndex.attributes().size());
    for (AttributePath attribute : ofIndex.attributes()) {
      items.add(attribute.ofEntity(instance));
    }
    return index.valueOf(items);
  }

  /**
   * The value that a row has in an index, from the state that a change event carries. Null if the
   * index is not of the row's entity.
   *
   * @param concrete the row's entity, to which the state belongs
   */
  public @Nullable IndexValue valueOf(
      CachedIndex index, EntityPersister concrete, Object id, @Nullable Object[] state) {
    IndexPaths ofIndex = pathsOf(index);
    if (!concrete.isTypeOrSuperType(ofIndex.declaring())) {
      return null;
    }
    List<@Nullable Object> items = new ArrayList<>(ofIndex.attributes().size());
    for (AttributePath attribute : ofIndex.attributes()) {
      items.add(attribute.ofState(concrete, id, state));
    }
    return index.valueOf(items);
  }

  /**
   * Whether a change of these properties can change the row's value in an index.
   *
   * @param concrete the row's entity
   * @param dirty the positions of the changed properties in {@code concrete}
   */
  public boolean dependsOn(CachedIndex index, EntityPersister concrete, int[] dirty) {
    IndexPaths ofIndex = pathsOf(index);
    if (!concrete.isTypeOrSuperType(ofIndex.declaring())) {
      return false;
    }
    for (AttributePath attribute : ofIndex.attributes()) {
      if (isAmong(attribute, concrete, dirty)) {
        return true;
      }
    }
    return false;
  }

  /** The same for an attribute cached by itself: for its value, and for what it is fetched by. */
  public boolean dependsOn(CachedAttribute attribute, EntityPersister concrete, int[] dirty) {
    EntityPersister declaring = pathsOf(attribute.by()).declaring();
    return concrete.isTypeOrSuperType(declaring)
        && (isAmong(pathOf(attribute), concrete, dirty)
            || dependsOn(attribute.by(), concrete, dirty));
  }

  /** The paths of an index's attributes in queries. */
  public List<String> queryPathsOf(CachedIndex index) {
    return pathsOf(index).attributes().stream().map(AttributePath::query).toList();
  }

  /** The path of an attribute in queries. */
  public String queryPathOf(CachedAttribute attribute) {
    return pathOf(attribute).query();
  }

  /** The paths of the id's parts in queries. */
  public List<String> queryPathsOfId() {
    return idParts.stream().map(AttributePath::query).toList();
  }

  /** The type of an attribute. */
  public JdbcMapping typeOf(CachedAttribute attribute) {
    return pathOf(attribute).type();
  }

  private static boolean isAmong(AttributePath attribute, EntityPersister concrete, int[] dirty) {
    int position = attribute.positionIn(concrete);
    for (int changed : dirty) {
      if (changed == position) {
        return true;
      }
    }
    return false;
  }

  private IndexPaths pathsOf(CachedIndex index) {
    IndexPaths found = paths.get(index.keys());
    if (found == null) {
      throw new IllegalArgumentException(index.name() + " is not an index of " + entity.name());
    }
    return found;
  }

  private AttributePath pathOf(CachedAttribute attribute) {
    AttributePath found = attributePaths.get(attribute.by().keys());
    if (found == null) {
      throw new IllegalArgumentException(
          attribute.by().name() + " is not an attribute of " + entity.name());
    }
    return found;
  }
}
