package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedAssociation;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Rows that the database itself deletes or changes when a row goes that they refer to.
 *
 * @param parent the entity whose row goes
 * @param child the entity whose rows refer to it
 * @param link how they refer to it
 * @param attribute the child's to-one association to the parent, or the parent's collection of them
 * @param deletes whether the child's rows go as well; otherwise their foreign key is set to null
 */
record DatabaseCascade(
    EntityPersister parent,
    EntityPersister child,
    OnDeleteActions.Link link,
    String attribute,
    boolean deletes) {

  /** Whether the association leads from the parent to these very rows: its owner goes with them. */
  boolean isInverseOf(MappedAssociation mapped) {
    boolean isSameKey =
        link == OnDeleteActions.Link.TO_ONE
            ? attribute.equals(mapped.mappedBy())
            : mapped.mappedBy() == null && attribute.equals(mapped.association().name());
    return isSameKey
        && (parent.isTypeOrSuperType(mapped.owner()) || mapped.owner().isTypeOrSuperType(parent));
  }
}
