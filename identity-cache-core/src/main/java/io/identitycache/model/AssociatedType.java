package io.identitycache.model;

import java.util.List;

/**
 * An entity type that has cached associations, or is led to by some. It need not have entries of
 * its own: its rows may only be kept inside those of their owners. Compared by identity.
 */
public final class AssociatedType {

  private final String name;
  private final Class<?> javaType;
  private final List<CachedEntity<?>> entities;

  /**
   * A type.
   *
   * @param name the entity's name
   * @param javaType its class
   * @param entities the cached entities among whose rows its own are: one if it is cached, or below
   *     a cached one; none, or those below it, if it is not
   */
  public AssociatedType(String name, Class<?> javaType, List<CachedEntity<?>> entities) {
    this.name = name;
    this.javaType = javaType;
    this.entities = List.copyOf(entities);
  }

  /** The entity's name. */
  public String name() {
    return name;
  }

  /** Its class. */
  public Class<?> javaType() {
    return javaType;
  }

  /** The cached entities whose entries may hold a row of this type by its id. */
  public List<CachedEntity<?>> entities() {
    return entities;
  }

  @Override
  public String toString() {
    return name;
  }
}
