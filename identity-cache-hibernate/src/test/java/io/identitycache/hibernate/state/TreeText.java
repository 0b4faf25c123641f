package io.identitycache.hibernate.state;

import io.identitycache.annotation.CacheEmbed;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.EntityCollectionPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Says all that an instance and what is embedded in it hold: equal for a loaded and for a hydrated
 * one. Sees to it that one row is one instance.
 */
final class TreeText {

  private final SessionFactoryImplementor factory;
  private final Map<String, Object> seen = new HashMap<>();

  private TreeText(SessionFactoryImplementor factory) {
    this.factory = factory;
  }

  static String of(Object entity, SessionFactoryImplementor factory) {
    return new TreeText(factory).entity("", entity);
  }

  private EntityPersister persister(Object entity) {
    return factory.getMappingMetamodel().getEntityDescriptor(Hibernate.getClass(entity));
  }

  private String entity(String indent, Object given) {
    if (given == null) {
      return "null";
    }
    Object entity = Hibernate.unproxy(given);
    EntityPersister persister = persister(entity);
    String name = name(persister, entity);
    Object known = seen.putIfAbsent(name, entity);
    if (known != null) {
      if (known != entity) {
        throw new AssertionError(name + " is there twice");
      }
      return name;
    }
    return name + "{" + attributes(indent + "  ", persister, entity) + "\n" + indent + "}";
  }

  private static String name(EntityPersister persister, Object entity) {
    return persister.getMappedClass().getSimpleName()
        + "("
        + Reference.idOf(persister, entity)
        + ")";
  }

  private String attributes(String indent, ManagedMappingType type, Object of) {
    StringBuilder text = new StringBuilder();
    type.forEachAttributeMapping(
        attribute ->
            text.append("\n")
                .append(indent)
                .append(attribute.getAttributeName())
                .append(": ")
                .append(attribute(indent, attribute, attribute.getValue(of))));
    return text.toString();
  }

  private String attribute(String indent, AttributeMapping attribute, Object value) {
    boolean embedded =
        attribute.getPropertyAccess().getGetter().getMember() instanceof AnnotatedElement member
            && member.isAnnotationPresent(CacheEmbed.class);
    if (value == null) {
      return "null";
    }
    if (attribute instanceof PluralAttributeMapping plural) {
      return embedded ? collection(indent, plural, value) : "not embedded";
    }
    if (attribute instanceof ToOneAttributeMapping toOne) {
      return embedded
          ? entity(indent, value)
          : "->"
              + Reference.idOf(toOne.getAssociatedEntityMappingType().getEntityPersister(), value);
    }
    if (attribute instanceof EmbeddableValuedModelPart embeddable) {
      return "(" + attributes(indent + "  ", embeddable.getEmbeddableTypeDescriptor(), value) + ")";
    }
    return String.valueOf(value);
  }

  private String collection(String indent, PluralAttributeMapping plural, Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, String> entries = new LinkedHashMap<>();
      List<Map.Entry<?, ?>> inOrder = new ArrayList<>(map.entrySet());
      boolean ordered = map instanceof SortedMap || plural.getOrderByFragment() != null;
      if (!ordered) {
        inOrder.sort((one, other) -> ("" + one.getKey()).compareTo("" + other.getKey()));
      }
      inOrder.forEach(
          each -> entries.put("" + each.getKey(), element(indent, plural, each.getValue())));
      return entries.toString();
    }
    List<Object> elements = new ArrayList<>((Collection<?>) value);
    boolean ordered =
        value instanceof SortedSet || value instanceof List || plural.getOrderByFragment() != null;
    if (!ordered) {
      elements.sort((one, other) -> key(plural, one).compareTo(key(plural, other)));
    }
    return elements.stream().map(each -> element(indent, plural, each)).toList().toString();
  }

  private String key(PluralAttributeMapping plural, Object element) {
    return plural.getElementDescriptor() instanceof EntityCollectionPart
        ? name(persister(element), Hibernate.unproxy(element))
        : element.toString();
  }

  private String element(String indent, PluralAttributeMapping plural, Object element) {
    if (plural.getElementDescriptor() instanceof EntityCollectionPart) {
      return entity(indent + "  ", element);
    }
    if (plural.getElementDescriptor() instanceof EmbeddableValuedModelPart embeddable) {
      EmbeddableMappingType type = embeddable.getEmbeddableTypeDescriptor();
      return "(" + attributes(indent + "  ", type, element) + ")";
    }
    return String.valueOf(element);
  }
}
