package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedEntities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;

/**
 * What the database deletes or changes by itself when a row is deleted, as far as some entry holds
 * it: the rest needs no query. Safe for use by several threads.
 */
final class DatabaseCascades {

  private final MappedEntities entities;
  private final List<EntityPersister> persisters = new ArrayList<>();
  private final List<DatabaseCascade> all = new ArrayList<>();

  /** Finds out what matters of a mapping's actions. */
  DatabaseCascades(
      SessionFactoryImplementor factory, MappedEntities entities, OnDeleteActions actions) {
    this.entities = entities;
    factory.getMappingMetamodel().forEachEntityDescriptor(persisters::add);
    List<DatabaseCascade> mapped = new ArrayList<>();
    for (OnDeleteActions.Action action : actions.actions()) {
      mapped.add(
          new DatabaseCascade(
              factory.getMappingMetamodel().getEntityDescriptor(action.parent()),
              factory.getMappingMetamodel().getEntityDescriptor(action.child()),
              action.link(),
              action.attribute(),
              action.deletes()));
    }
    for (DatabaseCascade cascade : mapped) {
      if (matters(cascade, mapped, new HashSet<>())) {
        all.add(cascade);
      }
    }
  }

  private boolean matters(
      DatabaseCascade cascade, List<DatabaseCascade> mapped, Set<DatabaseCascade> seen) {
    if (!seen.add(cascade)) {
      return false;
    }
    for (EntityPersister child : persisters) {
      if (isRelated(child, cascade.child())
          && (entities.of(child) != null
              || entities.associations().to(child).stream()
                  .anyMatch(
                      each ->
                          FollowedEntities.dependsOnTargets(each) && !cascade.isInverseOf(each)))) {
        return true;
      }
    }
    return cascade.deletes()
        && mapped.stream()
            .anyMatch(
                next -> isRelated(next.parent(), cascade.child()) && matters(next, mapped, seen));
  }

  /** What a deleted row of this entity causes, at the first level. */
  List<DatabaseCascade> from(EntityPersister entity) {
    return all.stream().filter(cascade -> isRelated(cascade.parent(), entity)).toList();
  }

  private static boolean isRelated(EntityPersister one, EntityPersister other) {
    return one.isTypeOrSuperType(other) || other.isTypeOrSuperType(one);
  }
}
