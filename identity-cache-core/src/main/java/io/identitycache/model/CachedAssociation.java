package io.identitycache.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A validated declaration: an association that is embedded in, or referenced by, its owner's
 * entries. Compared by identity.
 */
public final class CachedAssociation {

  /** How an association is kept in its owner's entry. */
  public enum Kind {
    /** With all that it leads to. */
    EMBEDDED,
    /** By the ids of what it leads to; not at all, if the owner's row has the foreign key. */
    REFERENCED
  }

  /** What a collection is like. */
  public enum Shape {
    /** One entity, or none. */
    ONE,
    /** A list, a set or a bag. */
    MANY,
    /** A map; its values are what the association leads to. */
    MAP
  }

  private final String name;
  private final AssociatedType owner;
  private final @Nullable AssociatedType target;
  private final Class<?> elementType;
  private final Kind kind;
  private final Shape shape;
  private final boolean eager;
  private final AssociationAccess access;
  private final @Nullable Function<Object, @Nullable Object> ownerIn;

  /**
   * An association.
   *
   * @param name the attribute's name
   * @param owner the entity that declares it
   * @param target the entity it leads to; null for a collection of values
   * @param elementType the class of what it leads to, boxed
   * @param kind how it is kept
   * @param shape what it is like
   * @param eager whether it is resolved with every fetch of its owner, being referenced
   * @param access its values in instances
   * @param ownerIn the owner's id in an instance of the target, null in one that has no owner or is
   *     of another class; null if the target's rows do not tell
   */
  public CachedAssociation(
      String name,
      AssociatedType owner,
      @Nullable AssociatedType target,
      Class<?> elementType,
      Kind kind,
      Shape shape,
      boolean eager,
      AssociationAccess access,
      @Nullable Function<Object, @Nullable Object> ownerIn) {
    this.name = name;
    this.owner = owner;
    this.target = target;
    this.elementType = elementType;
    this.kind = kind;
    this.shape = shape;
    this.eager = eager;
    this.access = access;
    this.ownerIn = ownerIn;
  }

  /** The attribute's name. */
  public String name() {
    return name;
  }

  /** The entity that declares it. */
  public AssociatedType owner() {
    return owner;
  }

  /** The entity it leads to; null for a collection of values. */
  public @Nullable AssociatedType target() {
    return target;
  }

  /** The class of what it leads to, boxed. */
  public Class<?> elementType() {
    return elementType;
  }

  /** How it is kept. */
  public Kind kind() {
    return kind;
  }

  /** What it is like. */
  public Shape shape() {
    return shape;
  }

  /** Whether it is resolved with every fetch of its owner. */
  public boolean eager() {
    return eager;
  }

  /** Its values in instances. */
  public AssociationAccess access() {
    return access;
  }

  /**
   * Finds the owner's id in an instance of the target: in the foreign key of a one-to-many that is
   * mapped by it, or in a shared primary key. It gives null for an instance that has no owner, or
   * is of another class. Null if the target's rows do not tell their owners.
   */
  public @Nullable Function<Object, @Nullable Object> ownerIn() {
    return ownerIn;
  }

  /** Its owner's name and its own: {@code Product.variants}. */
  @Override
  public String toString() {
    return owner + "." + name;
  }
}
