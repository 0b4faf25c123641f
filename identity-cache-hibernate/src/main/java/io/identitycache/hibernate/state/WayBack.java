package io.identitycache.hibernate.state;

import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.spi.PropertyAccess;
import org.jspecify.annotations.Nullable;

/**
 * The attribute of a target that an association is mapped by. Where it is not loaded it becomes the
 * owner that has just been given the target, as it is when a session loads both.
 */
final class WayBack {

  private final EntityPersister owner;
  private final Class<?> target;
  private final String name;
  private final PropertyAccess property;

  private WayBack(EntityPersister owner, EntityPersister target, AttributeMapping attribute) {
    this.owner = owner;
    this.target = target.getMappedClass();
    this.name = attribute.getAttributeName();
    this.property = attribute.getPropertyAccess();
  }

  /** The way back of an association; empty if it is not mapped by a to-one of the target. */
  static Optional<WayBack> of(EntityPersister owner, AttributeMapping association) {
    EntityPersister target = null;
    String mappedBy = null;
    if (association instanceof PluralAttributeMapping plural
        && plural.getElementDescriptor() instanceof EntityValuedModelPart entities) {
      target = entities.getEntityMappingType().getEntityPersister();
      mappedBy = plural.getCollectionDescriptor().getMappedByProperty();
    } else if (association instanceof ToOneAttributeMapping toOne) {
      target = toOne.getAssociatedEntityMappingType().getEntityPersister();
      mappedBy = toOne.getReferencedPropertyName();
    }
    return target != null
            && mappedBy != null
            && target.findAttributeMapping(mappedBy) instanceof ToOneAttributeMapping back
        ? Optional.of(new WayBack(owner, target, back))
        : Optional.empty();
  }

  /** Leads a target back to its owner, if that is the row which it names. */
  void lead(Object instance, Object to) {
    if (!target.isInstance(instance) || !Hibernate.isPropertyInitialized(instance, name)) {
      return;
    }
    Object current = property.getGetter().get(instance);
    if (current != null && !Hibernate.isInitialized(current) && isSame(current, to)) {
      property.getSetter().set(instance, to);
    }
  }

  private boolean isSame(Object reference, Object to) {
    @Nullable Object id = owner.getIdentifier(to, (SharedSessionContractImplementor) null);
    return id != null && owner.getIdentifierType().isEqual(id, Reference.idOf(owner, reference));
  }
}
