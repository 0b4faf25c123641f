package io.identitycache.hibernate.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.bytecode.spi.BytecodeEnhancementMetadata;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * All attributes of one entity by name: those that an index can cover, and for the others the
 * reason why it cannot.
 */
final class AttributePaths {

  /** The synthetic attribute that Hibernate adds for an id class. */
  private static final String ID_CLASS_MAPPER = "_identifierMapper";

  private final EntityPersister entity;
  private final Map<String, AttributePath> usable = new LinkedHashMap<>();
  private final Map<String, String> unusable = new LinkedHashMap<>();

  private final Map<String, AttributePath> basic = new LinkedHashMap<>();

  private AttributePaths(EntityPersister entity) {
    this.entity = entity;
  }

  static AttributePaths of(EntityPersister entity) {
    AttributePaths paths = new AttributePaths(entity);
    paths.addId();
    entity.forEachAttributeMapping(
        attribute -> {
          if (!attribute.getAttributeName().equals(ID_CLASS_MAPPER)) {
            paths.add(attribute, "", attribute, List.of());
          }
        });
    return paths;
  }

  /** The attribute of this name, if an index can cover it. */
  Optional<AttributePath> find(String name) {
    return Optional.ofNullable(usable.get(name));
  }

  /** Why no index can cover the attribute; null if there is none of this name, or one can. */
  @Nullable String whyNot(String name) {
    return unusable.get(name);
  }

  /** The names that an index can cover. */
  List<String> usableNames() {
    return List.copyOf(usable.keySet());
  }

  /** All names. */
  List<String> names() {
    List<String> names = new ArrayList<>(usable.keySet());
    names.addAll(unusable.keySet());
    return names;
  }

  /**
   * The basic values that the id consists of, one of a simple id; in the order in which {@code
   * Identifiers} gives them: by name, level by level.
   */
  List<AttributePath> idParts() {
    return basic.values().stream()
        .filter(AttributePath::isOfId)
        .sorted((one, other) -> Arrays.compare(one.name().split("\\."), other.name().split("\\.")))
        .toList();
  }

  /** The basic attribute of this name, whether or not its values can be compared. */
  Optional<AttributePath> findBasic(String name) {
    return Optional.ofNullable(basic.get(name));
  }

  private void addId() {
    EntityIdentifierMapping id = entity.getIdentifierMapping();
    if (id instanceof NonAggregatedIdentifierMapping split) {
      EmbeddableMappingType ofEntity = split.getVirtualIdEmbeddable();
      EmbeddableMappingType ofId =
          split.getIdClassEmbeddable() == null ? ofEntity : split.getIdClassEmbeddable();
      ofEntity.forEachAttributeMapping(
          attribute -> {
            AttributeMapping inId = ofId.findAttributeMapping(attribute.getAttributeName());
            if (attribute instanceof ToOneAttributeMapping association
                && inId instanceof BasicValuedModelPart basicInId) {
              addIdOfAssociation(association, inId, basicInId);
            } else {
              add(attribute, "", null, List.of(inId == null ? attribute : inId));
            }
          });
    } else if (id instanceof EmbeddableValuedModelPart embedded) {
      addEmbedded(embedded, id.getAttributeName(), null, List.of());
    } else if (id instanceof BasicValuedModelPart basic) {
      addBasic(basic, id.getAttributeName(), null, List.of());
    }
  }

  /** The id class holds the other entity's id, where the entity holds the association. */
  private void addIdOfAssociation(
      ToOneAttributeMapping association, AttributeMapping inId, BasicValuedModelPart basicInId) {
    String name = association.getAttributeName();
    EntityIdentifierMapping targetId =
        association.getAssociatedEntityMappingType().getIdentifierMapping();
    AttributePath path =
        new AttributePath(
            name,
            name + "." + targetId.getAttributeName(),
            basicInId.getSingleJdbcMapping(),
            entity,
            null,
            List.of(inId),
            null);
    basic.put(name, path);
    String reason = Comparability.whyNot(path.type());
    if (reason == null) {
      usable.put(name, path);
    } else {
      unusable.put(name, reason);
    }
  }

  private void add(
      AttributeMapping attribute,
      String prefix,
      @Nullable AttributeMapping root,
      List<AttributeMapping> steps) {
    String name = prefix + attribute.getAttributeName();
    if (attribute instanceof PluralAttributeMapping) {
      unusable.put(name, "is a collection");
    } else if (attribute instanceof ToOneAttributeMapping association) {
      addAssociation(association, name, root, steps);
    } else if (attribute instanceof EmbeddableValuedModelPart embedded) {
      addEmbedded(embedded, name, root, steps);
    } else if (attribute instanceof BasicValuedModelPart basic) {
      addBasic(basic, name, root, steps);
    } else {
      unusable.put(name, "leads to entities of several types (@Any)");
    }
  }

  private void addEmbedded(
      EmbeddableValuedModelPart embedded,
      String name,
      @Nullable AttributeMapping root,
      List<AttributeMapping> steps) {
    EmbeddableMappingType embeddable = embedded.getEmbeddableTypeDescriptor();
    List<String> parts = new ArrayList<>();
    embeddable.forEachAttributeMapping(
        part -> {
          List<AttributeMapping> further = new ArrayList<>(steps);
          further.add(part);
          add(part, name + ".", root, further);
          parts.add("\"" + name + "." + part.getAttributeName() + "\"");
        });
    unusable.put(name, "is an embeddable; name its parts: " + String.join(", ", parts));
  }

  private void addBasic(
      BasicValuedModelPart part,
      String name,
      @Nullable AttributeMapping root,
      List<AttributeMapping> steps) {
    JdbcMapping type = part.getSingleJdbcMapping();
    if (part.getSelectable(0).isFormula()) {
      unusable.put(name, "is computed by a formula");
      return;
    }
    AttributePath path = new AttributePath(name, name, type, entity, root, steps, null);
    basic.put(name, path);
    String reason =
        isLazy(name)
            ? "is lazy, and may not be there when a hit is checked; load it eagerly"
            : Comparability.whyNot(type);
    if (reason == null) {
      usable.put(name, path);
    } else {
      unusable.put(name, reason);
    }
  }

  /** Only bytecode enhancement makes basic attributes lazy; an embeddable is lazy as a whole. */
  private boolean isLazy(String name) {
    BytecodeEnhancementMetadata enhancement = entity.getBytecodeEnhancementMetadata();
    return enhancement.isEnhancedForLazyLoading()
        && enhancement.getLazyAttributesMetadata().isLazyAttribute(name.split("\\.", 2)[0]);
  }

  private void addAssociation(
      ToOneAttributeMapping association,
      String name,
      @Nullable AttributeMapping root,
      List<AttributeMapping> steps) {
    EntityPersister target = association.getAssociatedEntityMappingType().getEntityPersister();
    EntityIdentifierMapping targetId = target.getIdentifierMapping();
    if (association.getSideNature() == ForeignKeyDescriptor.Nature.TARGET) {
      unusable.put(name, "is an association whose foreign key is in the other table");
    } else if (!association.isReferenceToPrimaryKey()) {
      unusable.put(name, "is an association that does not refer to the other entity's id");
    } else if (!(targetId instanceof BasicValuedModelPart basic)) {
      unusable.put(name, "is an association to an entity with a composite id");
    } else {
      String reason = Comparability.whyNot(basic.getSingleJdbcMapping());
      if (reason != null) {
        unusable.put(name, "is an association to an entity whose id " + reason);
      } else {
        usable.put(
            name,
            new AttributePath(
                name,
                name + "." + targetId.getAttributeName(),
                basic.getSingleJdbcMapping(),
                entity,
                root,
                steps,
                target));
      }
    }
  }
}
