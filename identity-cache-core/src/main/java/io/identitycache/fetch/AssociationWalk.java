package io.identitycache.fetch;

import io.identitycache.model.AssociationAccess;
import io.identitycache.model.CachedAssociation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows associations from what a call has fetched, level by level: through what is there already
 * at once, and where something has to be read, together with all else that has to be.
 *
 * <p>It ends, circles or not: the includes are a tree, and an instance's eager associations are
 * looked at once. For one thread.
 */
final class AssociationWalk {

  /** Where associations lead that are not loaded. */
  interface Targets {

    /** The instance itself, not a proxy; null if there is none to go on from. */
    @Nullable Object instanceOf(Object entity);

    /** The associations that are followed without being asked for, of an instance's class. */
    List<CachedAssociation> eager(Object instance);

    /** Loads associations, as far as what they lead to exists, all of them together. */
    void load(Map<CachedAssociation, List<Object>> owners);
  }

  private final Targets targets;
  private final Map<Includes, Set<Object>> visited = new IdentityHashMap<>();
  private final Set<Object> visitedEagerly = identitySet();
  private Map<CachedAssociation, Unloaded> level = new LinkedHashMap<>();

  AssociationWalk(Targets targets) {
    this.targets = targets;
  }

  /** The owners of one association that is to be loaded, and where to go on from there. */
  private static final class Unloaded {

    final List<Object> owners = new ArrayList<>();
    final Map<Object, Set<Includes>> onwards = new IdentityHashMap<>();

    void add(Object owner, Includes onward) {
      onwards
          .computeIfAbsent(
              owner,
              o -> {
                owners.add(o);
                return identitySet();
              })
          .add(onward);
    }
  }

  /** Follows what is included, and what is eager. */
  void follow(Collection<?> entities, Includes includes) {
    visit(entities, includes);
    while (!level.isEmpty()) {
      Map<CachedAssociation, Unloaded> current = level;
      level = new LinkedHashMap<>();
      Map<CachedAssociation, List<Object>> owners = new LinkedHashMap<>();
      current.forEach((association, unloaded) -> owners.put(association, unloaded.owners));
      targets.load(owners);
      current.forEach(this::goOn);
    }
  }

  private void goOn(CachedAssociation association, Unloaded loadedNow) {
    for (Object owner : loadedNow.owners) {
      // the one entity that a key leads to may be gone: then there is no way on
      if (association.access().isLoaded(owner)) {
        loadedNow
            .onwards
            .getOrDefault(owner, Set.of())
            .forEach(onward -> visitTargets(association, owner, onward));
      }
    }
  }

  private void visit(Collection<?> entities, Includes includes) {
    for (Object entity : entities) {
      Object instance = targets.instanceOf(entity);
      if (instance == null) {
        continue;
      }
      List<CachedAssociation> eager = targets.eager(instance);
      if (!eager.isEmpty() && visitedEagerly.add(instance)) {
        eager.forEach(association -> step(association, instance, Includes.NONE));
      }
      if (!includes.isEmpty()
          && visited.computeIfAbsent(includes, i -> identitySet()).add(instance)) {
        includes.steps().forEach((association, onward) -> step(association, instance, onward));
      }
    }
  }

  private void step(CachedAssociation association, Object owner, Includes onward) {
    AssociationAccess access = association.access();
    if (!access.isOf(owner)) {
      return;
    }
    if (access.isLoaded(owner)) {
      visitTargets(association, owner, onward);
    } else {
      level.computeIfAbsent(association, a -> new Unloaded()).add(owner, onward);
    }
  }

  private void visitTargets(CachedAssociation association, Object owner, Includes onward) {
    // values of a collection lead nowhere
    if (association.target() != null) {
      visit(association.access().targets(owner), onward);
    }
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
