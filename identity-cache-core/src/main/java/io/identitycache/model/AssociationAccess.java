package io.identitycache.model;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of one association in instances of its owner. An owner is an instance itself, not a
 * proxy, and of the declaring class; see {@link #isOf}. Safe for use by several threads.
 */
public interface AssociationAccess {

  /** Whether the instance is of the class that declares the association, or one below. */
  boolean isOf(Object instance);

  /**
   * Whether the instance holds what the association leads to: a collection that is initialized, an
   * entity that is, or null.
   */
  boolean isLoaded(Object owner);

  /** The attribute's value as it is: a collection, a map, an entity, or null. */
  @Nullable Object value(Object owner);

  /**
   * What a loaded association leads to, in its order: elements, a map's values, or the one entity.
   * Nulls are left out.
   */
  List<Object> targets(Object owner);

  /**
   * The ids of what a referenced association that is not loaded leads to, in its order; holes are
   * left out. Null if the instance does not know them: only one that was fetched does, or one whose
   * row has the foreign key.
   */
  @Nullable List<Object> ids(Object owner);

  /**
   * Puts entities in the place of a referenced association that is not loaded, in a collection of
   * the declared kind. Only for an owner that knows the ids.
   *
   * @param target gives the entity with an id, null if there is none; then it is left out, or the
   *     one entity is left as it is
   */
  void resolve(Object owner, Function<Object, @Nullable Object> target);

  /**
   * What {@link #resolve} would put there, while the owner is left as it is: a collection of the
   * declared kind, a map, or the one entity; null if there is none. Only for an owner that knows
   * the ids.
   */
  @Nullable Object resolved(Object owner, Function<Object, @Nullable Object> target);
}
