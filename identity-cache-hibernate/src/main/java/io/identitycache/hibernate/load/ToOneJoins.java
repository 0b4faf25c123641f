package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping.Cardinality;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The to-one associations that a query for entities has to join: embedded ones, and those that
 * Hibernate cannot leave unread, because the row does not tell whether there is anything at the
 * other end. It would ask for each of those with a statement of its own, for every row.
 */
final class ToOneJoins {

  private final MappedAssociations associations;
  private final StringBuilder text = new StringBuilder();
  private final Set<Object> onThisPath = new LinkedHashSet<>();
  private final String prefix;
  private int aliases;

  private ToOneJoins(MappedAssociations associations, String prefix) {
    this.associations = associations;
    this.prefix = prefix;
  }

  /**
   * The joins, as they follow the row's own; empty if there are none.
   *
   * @param row an entity, or the embeddable that is the element of a collection
   * @param alias of the row in the query
   */
  static String of(ManagedMappingType row, String alias, MappedAssociations associations) {
    ToOneJoins joins = new ToOneJoins(associations, alias);
    joins.addAllOf(row, alias);
    return joins.text.toString();
  }

  private void addAllOf(ManagedMappingType row, String alias) {
    row.forEachAttributeMapping(attribute -> add(row, attribute, alias));
    if (row instanceof EntityPersister entity) {
      attributesBelow(entity)
          .forEach(
              (attribute, declaring) ->
                  add(
                      declaring,
                      attribute,
                      "treat(" + alias + " as " + declaring.getEntityName() + ")"));
    }
  }

  /** Those that only subclasses have, each with the topmost that has it. */
  private static Map<AttributeMapping, EntityPersister> attributesBelow(EntityPersister entity) {
    Map<AttributeMapping, EntityPersister> below = new LinkedHashMap<>();
    for (String name : new TreeSet<>(entity.getEntityMetamodel().getSubclassEntityNames())) {
      EntityPersister sub = entity.getFactory().getMappingMetamodel().getEntityDescriptor(name);
      EntityMappingType above = sub.getSuperMappingType();
      if (sub != entity && above != null) {
        sub.forEachAttributeMapping(
            attribute -> {
              if (above.findAttributeMapping(attribute.getAttributeName()) == null) {
                below.put(attribute, sub);
              }
            });
      }
    }
    return below;
  }

  private void add(ManagedMappingType declaring, AttributeMapping attribute, String path) {
    String attributePath = path + "." + attribute.getAttributeName();
    if (attribute instanceof ToOneAttributeMapping toOne) {
      if (isEmbedded(declaring, toOne) || cannotBeLazy(toOne)) {
        join(toOne, attributePath);
      }
    } else if (attribute instanceof EmbeddableValuedModelPart embedded
        && !(embedded.getEmbeddableTypeDescriptor() == declaring)) {
      embedded
          .getEmbeddableTypeDescriptor()
          .forEachAttributeMapping(
              part -> add(embedded.getEmbeddableTypeDescriptor(), part, attributePath));
    }
  }

  private void join(ToOneAttributeMapping toOne, String path) {
    // the other side of the association that led here is the row it came from; Hibernate knows
    Object foreignKey = toOne.getForeignKeyDescriptor().getAssociationKey();
    if (onThisPath.add(foreignKey)) {
      String alias = prefix + "_" + aliases++;
      text.append(" left join fetch ").append(path).append(' ').append(alias);
      addAllOf(toOne.getAssociatedEntityMappingType().getEntityPersister(), alias);
      onThisPath.remove(foreignKey);
    }
  }

  private boolean isEmbedded(ManagedMappingType declaring, ToOneAttributeMapping toOne) {
    return declaring instanceof EntityPersister entity
        && associations.from(entity).stream()
            .filter(MappedAssociation::isEmbedded)
            .anyMatch(
                mapped ->
                    entity.isTypeOrSuperType(mapped.owner())
                        && mapped.association().name().equals(toOne.getAttributeName()));
  }

  private static boolean cannotBeLazy(ToOneAttributeMapping toOne) {
    EntityPersister target = toOne.getAssociatedEntityMappingType().getEntityPersister();
    boolean enhanced = target.getBytecodeEnhancementMetadata().isEnhancedForLazyLoading();
    return toOne.getSideNature() == ForeignKeyDescriptor.Nature.TARGET
        || (toOne.getCardinality() == Cardinality.ONE_TO_ONE && toOne.isOptional())
        || toOne.hasNotFoundAction()
        || target.getSoftDeleteMapping() != null
        || (!target.hasProxy() && !enhanced);
  }
}
