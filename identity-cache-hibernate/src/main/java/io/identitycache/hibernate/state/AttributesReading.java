package io.identitycache.hibernate.state;

import io.identitycache.model.CachedAssociation.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.CollectionPart;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.EntityCollectionPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.spi.PropertyAccess;
import org.hibernate.property.access.spi.Setter;
import org.hibernate.type.CustomCollectionType;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of an entity's attributes of Hibernate's mapping, and refuses what has no stored
 * form.
 *
 * @param name the entity's name, under which problems are reported
 * @param entity the entity
 * @param factory the factory, of which the mapping is complete
 * @param plans those of which this will be one; get what is refused
 */
record AttributesReading(
    String name, EntityPersister entity, SessionFactoryImplementor factory, StatePlans plans) {

  /** Hibernate's name for the id attributes of an @IdClass, which are in the id already. */
  private static final String ID_CLASS = "_identifierMapper";

  EntityState plan() {
    return new EntityState(name, entity, attributes(name, entity));
  }

  private Attributes attributes(String path, ManagedMappingType type) {
    SortedMap<String, Attributes.Placed> byName = new TreeMap<>();
    Set<String> lazy = lazyNames(type);
    int size = type.getNumberOfAttributeMappings();
    for (int i = 0; i < size; i++) {
      int position = i;
      AttributeMapping mapping = type.getAttributeMapping(i);
      String attributeName = mapping.getAttributeName();
      if (!attributeName.equals(ID_CLASS)) {
        attribute(path + "." + attributeName, mapping, type == entity)
            .ifPresent(
                attribute ->
                    byName.put(
                        attributeName,
                        new Attributes.Placed(
                            position,
                            lazy.contains(attributeName),
                            isPrimitive(mapping),
                            attribute)));
      }
    }
    return new Attributes(size, byName);
  }

  /**
   * @param own whether it is an attribute of the entity itself, not of an embeddable: only those
   *     can be marked
   */
  private Optional<? extends Attribute> attribute(
      String path, AttributeMapping mapping, boolean own) {
    Kind mark = own ? plans.markOf(entity, mapping.getAttributeName()) : null;
    if (mapping instanceof PluralAttributeMapping plural) {
      return toMany(path, plural, mark);
    }
    if (mapping instanceof ToOneAttributeMapping toOne) {
      return toOne(path, toOne, mark, own);
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

  private Optional<Attribute> toOne(
      String path, ToOneAttributeMapping toOne, @Nullable Kind mark, boolean own) {
    EntityPersister target = toOne.getAssociatedEntityMappingType().getEntityPersister();
    if (toOne.hasNotFoundAction()) {
      return refuse(Refusals.notFound(path));
    }
    if (mark == Kind.EMBEDDED) {
      return Optional.of(new EmbeddedRow(path, plans.embedded(target, toOne)));
    }
    boolean elsewhere = !StatePlans.isInRow(toOne);
    if (elsewhere && mark == null) {
      return own
          ? Optional.of(new OwnerSide(toOne, () -> refuse(Refusals.presenceElsewhere(path))))
          : refuse(Refusals.presenceElsewhere(path));
    }
    if (!elsewhere && !toOne.isReferenceToPrimaryKey()) {
      return refuse(Refusals.notByPrimaryKey(path));
    }
    String targetName = EntityNames.of(target, factory);
    if (target.getSoftDeleteMapping() != null) {
      return refuse(Refusals.softDeleted(path, targetName));
    }
    Optional<Reference> reference = Reference.to(target, factory);
    if (reference.isEmpty()) {
      return refuse(Refusals.noProxy(path, targetName));
    }
    Target referenced =
        new Target(
            target.getRootEntityName(),
            target.getMappedClass(),
            plans.identifiersOf(target),
            reference.get());
    return Optional.of(
        elsewhere
            ? new ReferencedElsewhere(toOne.getAttributeName(), referenced)
            : new ToOneAttribute(referenced));
  }

  @SuppressWarnings("removal") // getCollectionType: 6.6 and 7.4 tell it nowhere else
  private Optional<Attribute> toMany(
      String path, PluralAttributeMapping plural, @Nullable Kind mark) {
    CollectionPersister collection = plural.getCollectionDescriptor();
    if (plural.getElementDescriptor() instanceof DiscriminatedAssociationModelPart) {
      return refuse(Refusals.any(path));
    }
    if (collection.getCollectionType() instanceof CustomCollectionType) {
      return refuse(Refusals.customCollection(path));
    }
    Optional<UnloadedCollection> unloaded =
        UnloadedCollection.of(collection.getRole(), CollectionOrder.classification(plural));
    if (unloaded.isEmpty()) {
      return refuse(Refusals.array(path));
    }
    return mark == null
        ? Optional.of(new ToManyAttribute(CollectionOrder.kindOf(plural), unloaded.get()))
        : cached(path, plural, mark, unloaded.get());
  }

  private Optional<Attribute> cached(
      String path, PluralAttributeMapping plural, Kind mark, UnloadedCollection unloaded) {
    if (plural.getElementDescriptor() instanceof EntityCollectionPart entities
        && entities.getNotFoundAction() != null) {
      return refuse(Refusals.notFound(path));
    }
    CollectionPart index = plural.getIndexDescriptor();
    Optional<Attribute> key = Optional.empty();
    if (index != null && CollectionOrder.isMap(plural)) {
      if (index instanceof EntityCollectionPart) {
        return refuse(Refusals.entityAsKey(path));
      }
      key = part(path + "[key]", index);
      if (key.isEmpty()) {
        return Optional.empty();
      }
    }
    Attribute keys = key.orElse(null);
    if (mark == Kind.REFERENCED) {
      return plural.getElementDescriptor() instanceof EntityCollectionPart entities
          ? Optional.of(
              new ReferencedCollection(
                  plural, unloaded, keys, plans.identifiersOf(persister(entities))))
          : refuse(Refusals.referencedValues(path));
    }
    return part(path + "[]", plural.getElementDescriptor())
        .map(element -> new EmbeddedCollection(path, plural, keys, element));
  }

  /** The keys or the elements of a collection. */
  private Optional<Attribute> part(String path, CollectionPart part) {
    if (part instanceof EntityCollectionPart entities) {
      return Optional.of(new EmbeddedRow(path, plans.embedded(persister(entities), null)));
    }
    if (part instanceof EmbeddableValuedModelPart embedded) {
      return embeddable(path, embedded);
    }
    BasicValuedModelPart basic = part.asBasicValuedModelPart();
    return basic == null ? refuse(Refusals.any(path)) : basic(path, basic);
  }

  private static EntityPersister persister(EntityCollectionPart entities) {
    return entities.getAssociatedEntityMappingType().getEntityPersister();
  }

  private Optional<Attribute> refuse(String problem) {
    plans.refuse(name, problem);
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
