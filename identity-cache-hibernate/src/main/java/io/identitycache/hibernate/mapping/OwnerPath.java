package io.identitycache.hibernate.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.AttributeMetadata;
import org.hibernate.metamodel.mapping.BasicEntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The way from a row to its owner's id, where the row has the foreign key: the attribute that a
 * one-to-many or a one-to-one is mapped by, perhaps inside an embeddable or in the row's id.
 *
 * @param target the entity whose rows have it
 * @param owner the entity that it leads to
 * @param root the target's own attribute at the start; null if the way starts at the row's id
 * @param steps the attributes from there on, the association last; empty if the start is it
 */
record OwnerPath(
    EntityPersister target,
    EntityPersister owner,
    @Nullable AttributeMapping root,
    List<AttributeMapping> steps) {

  OwnerPath {
    steps = List.copyOf(steps);
  }

  /** The path of this name; empty if it does not lead to the owner's id by columns of the row. */
  static Optional<OwnerPath> of(EntityPersister target, EntityPersister owner, String mappedBy) {
    Optional<OwnerPath> inId = inId(target, owner, mappedBy);
    if (inId.isPresent()) {
      return inId;
    }
    List<AttributeMapping> found = new ArrayList<>();
    for (String name : mappedBy.split("\\.")) {
      AttributeMapping next =
          found.isEmpty() ? target.findAttributeMapping(name) : part(found, name);
      if (next == null) {
        return Optional.empty();
      }
      found.add(next);
    }
    if (found.get(0).getStateArrayPosition() < 0
        || !(found.get(found.size() - 1) instanceof ToOneAttributeMapping toOne)
        || !refersToId(toOne)) {
      return Optional.empty();
    }
    return writtenInstead(target, owner, toOne)
        .or(
            () ->
                Optional.of(
                    new OwnerPath(target, owner, found.get(0), found.subList(1, found.size()))));
  }

  private static boolean refersToId(ToOneAttributeMapping toOne) {
    return toOne.getSideNature() == ForeignKeyDescriptor.Nature.KEY
        && toOne.isReferenceToPrimaryKey();
  }

  /** Of an association that is itself a part of the id, whose class may hold the owner's id. */
  private static Optional<OwnerPath> inId(
      EntityPersister target, EntityPersister owner, String mappedBy) {
    return target.getIdentifierMapping() instanceof NonAggregatedIdentifierMapping split
            && split.getVirtualIdEmbeddable().findAttributeMapping(mappedBy)
                instanceof ToOneAttributeMapping toOne
            && refersToId(toOne)
        ? Optional.of(new OwnerPath(target, owner, null, List.of(inIdClass(split, toOne))))
        : Optional.empty();
  }

  private static AttributeMapping inIdClass(
      NonAggregatedIdentifierMapping split, AttributeMapping attribute) {
    EmbeddableMappingType idClass = split.getIdClassEmbeddable();
    AttributeMapping inIdClass =
        idClass == null ? null : idClass.findAttributeMapping(attribute.getAttributeName());
    return inIdClass == null ? attribute : inIdClass;
  }

  /**
   * By the basic attribute, perhaps of the id, by which the foreign key is written, where the
   * association only reads its column ({@code insertable = false, updatable = false}): the
   * association itself need not know of a new owner then.
   */
  private static Optional<OwnerPath> writtenInstead(
      EntityPersister target, EntityPersister owner, ToOneAttributeMapping toOne) {
    AttributeMetadata association = toOne.getAttributeMetadata();
    ForeignKeyDescriptor key = toOne.getForeignKeyDescriptor();
    if (association.isInsertable() || association.isUpdatable() || key.getJdbcTypeCount() != 1) {
      return Optional.empty();
    }
    SelectableMapping column = key.getSelectable(0);
    Class<?> idType = owner.getIdentifierMapping().getJavaType().getJavaTypeClass();
    EntityIdentifierMapping id = target.getIdentifierMapping();
    if (id instanceof NonAggregatedIdentifierMapping split) {
      AttributeMapping part = writing(column, split.getVirtualIdEmbeddable(), idType);
      if (part != null) {
        return Optional.of(new OwnerPath(target, owner, null, List.of(inIdClass(split, part))));
      }
    } else if (id instanceof EmbeddableValuedModelPart embedded) {
      AttributeMapping part = writing(column, embedded.getEmbeddableTypeDescriptor(), idType);
      if (part != null) {
        return Optional.of(new OwnerPath(target, owner, null, List.of(part)));
      }
    } else if (id instanceof SelectableMapping simple && areOne(simple, column)) {
      return Optional.of(new OwnerPath(target, owner, null, List.of()));
    }
    AttributeMapping written = writing(column, target, idType);
    return written == null
        ? Optional.empty()
        : Optional.of(new OwnerPath(target, owner, written, List.of()));
  }

  private static @Nullable AttributeMapping writing(
      SelectableMapping column, ManagedMappingType type, Class<?> idType) {
    for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
      AttributeMapping each = type.getAttributeMapping(i);
      if (each instanceof SelectableMapping candidate
          && areOne(candidate, column)
          && each.getJavaType().getJavaTypeClass() == idType) {
        return each;
      }
    }
    return null;
  }

  private static boolean areOne(SelectableMapping one, SelectableMapping other) {
    return one.getSelectionExpression().equals(other.getSelectionExpression())
        && one.getContainingTableExpression().equals(other.getContainingTableExpression());
  }

  private static @Nullable AttributeMapping part(List<AttributeMapping> found, String name) {
    return found.get(found.size() - 1) instanceof EmbeddableValuedModelPart embedded
        ? embedded.getEmbeddableTypeDescriptor().findAttributeMapping(name)
        : null;
  }

  /** The owner's id in an instance. Null if it has none, or is of another class. */
  @Nullable Object ownerIdIn(Object instance) {
    Object row = Hibernate.unproxy(instance);
    if (!target.getMappedClass().isInstance(row)) {
      return null;
    }
    AttributeMapping start = root;
    return follow(start == null ? AttributePath.idOf(target, row) : start.getValue(row));
  }

  /**
   * The owner's id in the state of a row, as change events carry it. Null if it has none, or the
   * entity has no such attribute.
   */
  @Nullable Object ownerIdIn(EntityPersister concrete, Object id, @Nullable Object[] state) {
    if (root == null) {
      return concrete.isTypeOrSuperType(target) ? follow(id) : null;
    }
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
    return root == null
        || (steps.isEmpty()
            && owner.getIdentifierMapping() instanceof BasicEntityIdentifierMapping);
  }

  /** Makes it one that is not loaded; not inside an embeddable, whose other values are right. */
  void hideIn(EntityPersister concrete, @Nullable Object[] state) {
    int position = positionIn(concrete);
    if (position >= 0 && steps.isEmpty()) {
      state[position] = LazyPropertyInitializer.UNFETCHED_PROPERTY;
    }
  }

  /** The position of the root attribute in arrays of values; -1 if it is not there. */
  int positionIn(EntityPersister concrete) {
    return root != null && concrete.isTypeOrSuperType(target)
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
