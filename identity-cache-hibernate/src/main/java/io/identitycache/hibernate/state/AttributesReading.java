package io.identitycache.hibernate.state;

import io.identitycache.validation.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.spi.PropertyAccess;
import org.hibernate.property.access.spi.Setter;
import org.hibernate.type.CustomCollectionType;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of an entity's attributes of Hibernate's mapping, and refuses what has no stored
 * form.
 *
 * @param entity the entity's name, under which problems are reported
 * @param factory the factory, of which the mapping is complete
 * @param problems gets what is refused
 */
record AttributesReading(String entity, SessionFactoryImplementor factory, Problems problems) {

  /** Hibernate's name for the id attributes of an @IdClass, which are in the id already. */
  private static final String ID_CLASS = "_identifierMapper";

  Attributes attributes(String path, ManagedMappingType type) {
    SortedMap<String, Attributes.Placed> byName = new TreeMap<>();
    Set<String> lazy = lazyNames(type);
    int size = type.getNumberOfAttributeMappings();
    for (int i = 0; i < size; i++) {
      int position = i;
      AttributeMapping mapping = type.getAttributeMapping(i);
      String name = mapping.getAttributeName();
      if (!name.equals(ID_CLASS)) {
        attribute(path + "." + name, mapping)
            .ifPresent(
                attribute ->
                    byName.put(
                        name,
                        new Attributes.Placed(
                            position, lazy.contains(name), isPrimitive(mapping), attribute)));
      }
    }
    return new Attributes(size, byName);
  }

  private Optional<? extends Attribute> attribute(String path, AttributeMapping mapping) {
    if (mapping instanceof PluralAttributeMapping plural) {
      return toMany(path, plural);
    }
    if (mapping instanceof ToOneAttributeMapping toOne) {
      return toOne(path, toOne);
    }
    if (mapping instanceof DiscriminatedAssociationModelPart) {
      return refuse(Refusals.any(path));
    }
    if (mapping instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(path, embedded);
    }
    BasicValuedModelPart basic = mapping.asBasicValuedModelPart();
    if (basic == null) {
      return refuse(Refusals.unknown(path, mapping));
    }
    return basic(path, basic);
  }

  private Optional<Attribute> basic(String path, BasicValuedModelPart basic) {
    Optional<ValueCodec> codec = ValueCodec.of(basic.getJdbcMapping());
    return codec.isEmpty()
        ? refuse(Refusals.basic(path, basic.getJdbcMapping()))
        : Optional.of(new BasicAttribute(path, codec.get(), basic));
  }

  private Optional<Attribute> embeddable(String path, EmbeddableValuedModelPart embedded) {
    EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
    if (type.isPolymorphic()) {
      return refuse(Refusals.embeddableInheritance(path));
    }
    return Optional.of(
        new EmbeddableAttribute(
            type,
            attributes(path, type),
            setter(embedded.getParentInjectionAttributePropertyAccess()),
            factory));
  }

  private Optional<Attribute> toOne(String path, ToOneAttributeMapping toOne) {
    EntityPersister target = toOne.getAssociatedEntityMappingType().getEntityPersister();
    String targetName = EntityNames.of(target, factory);
    if (toOne.hasNotFoundAction()) {
      return refuse(Refusals.notFound(path));
    }
    boolean sharesId = toOne.getCardinality() == ToOneAttributeMapping.Cardinality.ONE_TO_ONE;
    if (toOne.getSideNature() == ForeignKeyDescriptor.Nature.TARGET
        || (sharesId && toOne.isOptional())) {
      return refuse(Refusals.presenceElsewhere(path));
    }
    if (!toOne.isReferenceToPrimaryKey()) {
      return refuse(Refusals.notByPrimaryKey(path));
    }
    if (target.getSoftDeleteMapping() != null) {
      return refuse(Refusals.softDeleted(path, targetName));
    }
    Optional<Reference> reference = Reference.to(target, factory);
    if (reference.isEmpty()) {
      return refuse(Refusals.noProxy(path, targetName));
    }
    Identifiers identifiers = Identifiers.of(target, factory, problems);
    return Optional.of(new ToOneAttribute(identifiers, reference.get()));
  }

  @SuppressWarnings("removal") // getCollectionType: 6.6 and 7.4 tell it nowhere else
  private Optional<? extends Attribute> toMany(String path, PluralAttributeMapping plural) {
    if (plural.getElementDescriptor() instanceof DiscriminatedAssociationModelPart) {
      return refuse(Refusals.any(path));
    }
    if (plural.getCollectionDescriptor().getCollectionType() instanceof CustomCollectionType) {
      return refuse(Refusals.customCollection(path));
    }
    Optional<ToManyAttribute> attribute =
        ToManyAttribute.of(
            plural.getCollectionDescriptor().getRole(),
            plural
                .getCollectionDescriptor()
                .getCollectionSemantics()
                .getCollectionClassification());
    return attribute.isEmpty() ? refuse(Refusals.array(path)) : attribute;
  }

  private Optional<Attribute> refuse(String problem) {
    problems.add(entity, problem);
    return Optional.empty();
  }

  private static Set<String> lazyNames(ManagedMappingType type) {
    return type instanceof EntityPersister entity
            && entity.getBytecodeEnhancementMetadata().isEnhancedForLazyLoading()
        ? entity
            .getBytecodeEnhancementMetadata()
            .getLazyAttributesMetadata()
            .getLazyAttributeNames()
        : Set.of();
  }

  private static boolean isPrimitive(AttributeMapping mapping) {
    return mapping.getPropertyAccess().getGetter().getReturnTypeClass().isPrimitive();
  }

  private static @Nullable Setter setter(@Nullable PropertyAccess access) {
    return access == null ? null : access.getSetter();
  }
}
