package io.identitycache.hibernate.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The cached entities of a persistence unit. An entity below a cached one is found as the topmost
 * cached one, whose entries it shares. Safe for use by several threads.
 */
public final class MappedEntities {

  private final List<MappedEntity<?>> all;
  private final MappedAssociations associations;
  private final Map<String, MappedEntity<?>> byEntityName = new HashMap<>();
  private final Map<Class<?>, MappedEntity<?>> byClass = new HashMap<>();

  MappedEntities(List<MappedEntity<?>> all, MappedAssociations associations) {
    this.all = List.copyOf(all);
    this.associations = associations;
    for (MappedEntity<?> mapped : all) {
      for (EntityPersister persister : mapped.persisters()) {
        byEntityName.put(persister.getEntityName(), mapped);
        byClass.put(persister.getMappedClass(), mapped);
      }
    }
  }

  /** All of them, each hierarchy once. */
  public List<MappedEntity<?>> all() {
    return all;
  }

  /** The cached associations. */
  public MappedAssociations associations() {
    return associations;
  }

  /** The cached entity whose entries hold the rows of this one; null if there is none. */
  public @Nullable MappedEntity<?> of(EntityPersister persister) {
    return byEntityName.get(persister.getEntityName());
  }

  /** The cached entity whose entries hold the rows of this class; null if there is none. */
  public @Nullable MappedEntity<?> of(Class<?> entityClass) {
    return byClass.get(entityClass);
  }

  /** The classes that {@link #of(Class)} answers for. */
  public List<Class<?>> classes() {
    return new ArrayList<>(byClass.keySet());
  }
}
