package io.identitycache.hibernate.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicEntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The way from a row to its owner's id, where the row has the foreign key: the attribute that a
 * one-to-many or a one-to-one is mapped by, perhaps inside an embeddable.
 *
 * @param target the entity whose rows have it
 * @param owner the entity that it leads to
 * @param root the target's own attribute at the start
 * @param steps the attributes from there on, the association last; empty if the root is it
 */
record OwnerPath(
    EntityPersister target,
    EntityPersister owner,
    AttributeMapping root,
    List<AttributeMapping> steps) {

  OwnerPath {
    steps = List.copyOf(steps);
  }

  /** The path of this name; empty if it does not lead to the owner's id by columns of the row. */
  static Optional<OwnerPath> of(EntityPersister target, EntityPersister owner, String mappedBy) {
    List<AttributeMapping> found = new ArrayList<>();
    for (String name : mappedBy.split("\\.")) {
      AttributeMapping next =
          found.isEmpty() ? target.findAttributeMapping(name) : part(found, name);
      if (next == null) {
        return Optional.empty();
      }
      found.add(next);
    }
    return found.get(0).getStateArrayPosition() >= 0
            && found.get(found.size() - 1) instanceof ToOneAttributeMapping toOne
            && toOne.getSideNature() == ForeignKeyDescriptor.Nature.KEY
            && toOne.isReferenceToPrimaryKey()
        ? Optional.of(new OwnerPath(target, owner, found.get(0), found.subList(1, found.size())))
        : Optional.empty();
  }

  private static @Nullable AttributeMapping part(List<AttributeMapping> found, String name) {
    return found.get(found.size() - 1) instanceof EmbeddableValuedModelPart embedded
        ? embedded.getEmbeddableTypeDescriptor().findAttributeMapping(name)
        : null;
  }

  /** The owner's id in an instance. Null if it has none, or is of another class. */
  @Nullable Object ownerIdIn(Object instance) {
    Object row = Hibernate.unproxy(instance);
    return target.getMappedClass().isInstance(row) ? follow(root.getValue(row)) : null;
  }

  /**
   * The owner's id in the state of a row, as change events carry it. Null if it has none, or the
   * entity has no such attribute.
   */
  @Nullable Object ownerIdIn(EntityPersister concrete, @Nullable Object[] state) {
    int position = positionIn(concrete);
    return position < 0 ? null : follow(state[position]);
  }

  /** Whether the state has what {@link #ownerIdIn} needs: a lazy attribute may not be loaded. */
  boolean isIn(EntityPersister concrete, @Nullable Object[] state) {
    int position = positionIn(concrete);
    return position < 0 || state[position] != LazyPropertyInitializer.UNFETCHED_PROPERTY;
  }

  /**
   * Whether the state that Hibernate reads from the database as a row's snapshot has it. Of an id
   * of several columns Hibernate 6.6 and 7 make an empty one there, or none.
   */
  boolean isInSnapshots() {
    return steps.isEmpty() && owner.getIdentifierMapping() instanceof BasicEntityIdentifierMapping;
  }

  /** Makes it one that is not loaded; not inside an embeddable, whose other values are right. */
  void hideIn(EntityPersister concrete, @Nullable Object[] state) {
    int position = positionIn(concrete);
    if (position >= 0 && steps.isEmpty()) {
      state[position] = LazyPropertyInitializer.UNFETCHED_PROPERTY;
    }
  }

  /** The position of the root attribute in arrays of values; -1 if the entity does not have it. */
  int positionIn(EntityPersister concrete) {
    return concrete.isTypeOrSuperType(target)
        ? concrete.findAttributeMapping(root.getAttributeName()).getStateArrayPosition()
        : -1;
  }

  private @Nullable Object follow(@Nullable Object start) {
    Object value = start == LazyPropertyInitializer.UNFETCHED_PROPERTY ? null : start;
    for (AttributeMapping step : steps) {
      if (value == null) {
        return null;
      }
      value = step.getValue(value);
    }
    // what was read from the database to know a row's state has the id itself
    return value == null || !owner.getMappedClass().isInstance(value)
        ? value
        : AttributePath.idOf(owner, value);
  }
}
