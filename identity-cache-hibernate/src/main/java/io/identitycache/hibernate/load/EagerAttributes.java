package io.identitycache.hibernate.load;

import org.hibernate.engine.FetchTiming;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Tells whether a query for rows would follow associations by itself, because their mapping is
 * eager. Only then does it need an empty fetch graph: Hibernate keeps no plan of a query with a
 * graph, and translates it anew every time.
 */
final class EagerAttributes {

  private EagerAttributes() {}

  /** Whether an entity, one below it, or an embeddable of theirs has an eager association. */
  static boolean anyIn(ManagedMappingType type) {
    if (type instanceof EntityPersister entity) {
      for (String name : entity.getEntityMetamodel().getSubclassEntityNames()) {
        if (anyOf(entity.getFactory().getMappingMetamodel().getEntityDescriptor(name))) {
          return true;
        }
      }
    }
    return anyOf(type);
  }

  private static boolean anyOf(ManagedMappingType type) {
    for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
      if (isEager(type, type.getAttributeMapping(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEager(ManagedMappingType type, AttributeMapping attribute) {
    if (attribute instanceof PluralAttributeMapping || attribute instanceof ToOneAttributeMapping) {
      return attribute.getMappedFetchOptions().getTiming() == FetchTiming.IMMEDIATE;
    }
    return attribute instanceof EmbeddableValuedModelPart embedded
        && embedded.getEmbeddableTypeDescriptor() != type
        && anyOf(embedded.getEmbeddableTypeDescriptor());
  }
}
