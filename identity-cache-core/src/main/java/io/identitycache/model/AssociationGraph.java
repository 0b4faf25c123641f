package io.identitycache.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cached associations between entity types, to be followed both ways: from an owner to what its
 * entry holds, and from a changed row to the owners whose entries hold it. Safe for use by several
 * threads.
 */
public final class AssociationGraph {

  private final List<CachedAssociation> associations;
  private final Map<Class<?>, AssociatedType> byClass = new HashMap<>();
  private final Map<AssociatedType, List<CachedAssociation>> from = new HashMap<>();
  private final Map<AssociatedType, List<CachedAssociation>> to = new HashMap<>();

  /** A graph of types, and of associations between them. */
  public AssociationGraph(
      Collection<AssociatedType> types, Collection<CachedAssociation> associations) {
    this.associations = List.copyOf(associations);
    for (AssociatedType type : types) {
      byClass.put(type.javaType(), type);
      List<CachedAssociation> leaving = new ArrayList<>();
      List<CachedAssociation> arriving = new ArrayList<>();
      for (CachedAssociation association : associations) {
        if (areRelated(type, association.owner())) {
          leaving.add(association);
        }
        AssociatedType target = association.target();
        if (target != null && areRelated(type, target)) {
          arriving.add(association);
        }
      }
      from.put(type, List.copyOf(leaving));
      to.put(type, List.copyOf(arriving));
    }
  }

  /** The same row may be of one type and of the other. */
  private static boolean areRelated(AssociatedType one, AssociatedType other) {
    return one.javaType().isAssignableFrom(other.javaType())
        || other.javaType().isAssignableFrom(one.javaType());
  }

  /** All of them. */
  public List<CachedAssociation> associations() {
    return associations;
  }

  /** The type of an entity class; empty if it has nothing to do with any cached association. */
  public Optional<AssociatedType> typeOf(Class<?> entityClass) {
    return Optional.ofNullable(byClass.get(entityClass));
  }

  /** The associations that a type, or one above or below it, declares. */
  public List<CachedAssociation> associationsOf(AssociatedType type) {
    return from.getOrDefault(type, List.of());
  }

  /** The associations that may lead to a row of the type. */
  public List<CachedAssociation> associationsTo(AssociatedType type) {
    return to.getOrDefault(type, List.of());
  }
}
