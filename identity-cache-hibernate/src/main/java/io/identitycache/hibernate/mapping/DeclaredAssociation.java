package io.identitycache.hibernate.mapping;

import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.model.CachedAssociation.Shape;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * An association that is declared rightly, before there are stored forms.
 *
 * @param owner the entity that declares it
 * @param attribute its attribute there
 * @param kind how it is kept
 * @param target the entity it leads to; null for a collection of values
 * @param elementType the class of what it leads to, boxed
 * @param shape what it is like
 * @param foreignKeyInOwner whether the owner's row alone tells what it leads to
 * @param mappedBy the attribute of the target that it is mapped by; null if this side holds it
 * @param order the declared order, if ids are to be asked for in it
 * @param restricted whether a condition decides which rows it leads to
 */
record DeclaredAssociation(
    EntityPersister owner,
    AttributeMapping attribute,
    Kind kind,
    @Nullable EntityPersister target,
    Class<?> elementType,
    Shape shape,
    boolean foreignKeyInOwner,
    @Nullable String mappedBy,
    OrderOfIds order,
    boolean restricted) {

  @Override
  public String toString() {
    return owner.getMappedClass().getSimpleName() + "." + attribute.getAttributeName();
  }
}
