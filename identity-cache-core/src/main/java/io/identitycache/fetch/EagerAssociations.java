package io.identitycache.fetch;

import io.identitycache.model.AssociatedType;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAssociation.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The associations that are followed with every fetch: referenced ones that are eager, and embedded
 * ones on the way to such. Most applications have none, which is known at once. Safe for use by
 * several threads.
 */
final class EagerAssociations {

  private final AssociationGraph graph;
  private final boolean none;
  private final Map<Class<?>, List<CachedAssociation>> byClass = new ConcurrentHashMap<>();

  EagerAssociations(AssociationGraph graph) {
    this.graph = graph;
    this.none =
        graph.associations().stream()
            .noneMatch(association -> association.kind() == Kind.REFERENCED && association.eager());
  }

  boolean isEmpty() {
    return none;
  }

  /**
   * Those that instances of a class may have; {@link io.identitycache.model.AssociationAccess#isOf}
   * tells whether one of them does.
   */
  List<CachedAssociation> of(Class<?> type) {
    List<CachedAssociation> known = byClass.get(type);
    return known != null ? known : byClass.computeIfAbsent(type, this::find);
  }

  private List<CachedAssociation> find(Class<?> type) {
    // a class that the mapping does not know is one that the ORM has made of the class above
    for (Class<?> above = type; above != Object.class; above = above.getSuperclass()) {
      Optional<AssociatedType> associated = graph.typeOf(above);
      if (associated.isPresent()) {
        return graph.associationsOf(associated.get()).stream()
            .filter(association -> isOnTheWay(association, new HashSet<>()))
            .toList();
      }
    }
    return List.of();
  }

  private boolean isOnTheWay(CachedAssociation association, Set<CachedAssociation> seen) {
    if (association.kind() == Kind.REFERENCED) {
      return association.eager();
    }
    AssociatedType target = association.target();
    return target != null
        && seen.add(association)
        && graph.associationsOf(target).stream().anyMatch(next -> isOnTheWay(next, seen));
  }
}
