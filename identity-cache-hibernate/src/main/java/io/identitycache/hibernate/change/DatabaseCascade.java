package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedAssociation;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Rows that the database itself deletes or changes when a row goes that they refer to.
 *
 * @param parent the entity whose row goes
 * @param child the entity whose rows refer to it
 * @param attribute the child's association to the parent
 * @param deletes whether the child's rows go as well; otherwise their foreign key is set to null
 */
record DatabaseCascade(
    EntityPersister parent, EntityPersister child, String attribute, boolean deletes) {

  /** Whether the association leads from the parent to these very rows: its owner goes with them. */
  boolean isInverseOf(MappedAssociation mapped) {
    return attribute.equals(mapped.mappedBy())
        && (parent.isTypeOrSuperType(mapped.owner()) || mapped.owner().isTypeOrSuperType(parent));
  }
}
