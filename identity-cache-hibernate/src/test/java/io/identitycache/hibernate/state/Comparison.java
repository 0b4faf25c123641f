package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;

/** Compares a hydrated instance with what {@code find} gives, attribute by attribute. */
final class Comparison {

  private Comparison() {}

  static void assertSame(Object found, Object hydrated, SessionFactoryImplementor factory) {
    assertThat(hydrated).isNotSameAs(found).hasSameClassAs(found);
    EntityPersister persister =
        factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(found.getClass());
    assertThat(id(persister, hydrated))
        .as(persister.getEntityName() + "'s id")
        .isEqualTo(id(persister, found));
    assertAttributes(persister.getEntityName(), persister, found, hydrated);
  }

  private static Object id(EntityPersister persister, Object entity) {
    return persister.getIdentifier(
        entity, (org.hibernate.engine.spi.SharedSessionContractImplementor) null);
  }

  private static void assertAttributes(
      String path, ManagedMappingType type, Object expected, Object actual) {
    for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
      AttributeMapping attribute = type.getAttributeMapping(i);
      if (!attribute.getAttributeName().equals("_identifierMapper")) {
        assertAttribute(
            path + "." + attribute.getAttributeName(),
            attribute,
            attribute.getValue(expected),
            attribute.getValue(actual));
      }
    }
  }

  private static void assertAttribute(
      String path, AttributeMapping attribute, Object expected, Object actual) {
    if (attribute instanceof PluralAttributeMapping) {
      assertCollection(path, expected, actual);
    } else if (expected == null || actual == null) {
      assertThat(actual).as(path).isEqualTo(expected);
    } else if (attribute instanceof ToOneAttributeMapping toOne) {
      assertReference(path, toOne, expected, actual);
    } else if (attribute instanceof EmbeddableValuedModelPart embeddable) {
      assertThat(actual).as(path).isNotSameAs(expected).hasSameClassAs(expected);
      assertAttributes(path, embeddable.getEmbeddableTypeDescriptor(), expected, actual);
    } else {
      assertThat(actual).as(path).hasSameClassAs(expected).isEqualTo(expected);
    }
  }

  private static void assertReference(
      String path, ToOneAttributeMapping toOne, Object expected, Object actual) {
    EntityPersister target = toOne.getAssociatedEntityMappingType().getEntityPersister();
    assertThat(Hibernate.isInitialized(actual)).as(path + " is initialised").isFalse();
    assertThat(referencedId(target, actual)).as(path).isEqualTo(referencedId(target, expected));
    assertThatThrownBy(() -> Hibernate.initialize(actual))
        .as(path)
        .isInstanceOf(LazyInitializationException.class);
  }

  private static Object referencedId(EntityPersister target, Object instance) {
    return instance instanceof HibernateProxy proxy
        ? proxy.getHibernateLazyInitializer().getInternalIdentifier()
        : id(target, instance);
  }

  private static void assertCollection(String path, Object expected, Object actual) {
    assertThat(actual).as(path).isNotSameAs(expected).hasSameClassAs(expected);
    assertThat(Hibernate.isInitialized(actual)).as(path + " is initialised").isFalse();
    assertThat(((PersistentCollection<?>) actual).getRole())
        .isEqualTo(((PersistentCollection<?>) expected).getRole());
    assertThatThrownBy(
            () -> {
              if (actual instanceof Map<?, ?> map) {
                map.size();
              } else {
                ((Collection<?>) actual).size();
              }
            })
        .as(path)
        .isInstanceOf(LazyInitializationException.class);
  }
}
