package io.identitycache.hibernate.state;

import io.identitycache.model.AssociationAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.spi.PropertyAccess;
import org.jspecify.annotations.Nullable;

/** The values of one association, through the way that its mapping has to the attribute. */
abstract class AttributeAccess implements AssociationAccess {

  private final Class<?> declaring;
  private final String name;
  private final PropertyAccess property;
  private final Optional<WayBack> wayBack;

  private AttributeAccess(EntityPersister declaring, AttributeMapping attribute) {
    this.declaring = declaring.getMappedClass();
    this.name = attribute.getAttributeName();
    this.property = attribute.getPropertyAccess();
    this.wayBack = WayBack.of(declaring, attribute);
  }

  /** The access to a to-one association, or a collection. */
  static AssociationAccess to(EntityPersister declaring, AttributeMapping attribute) {
    if (attribute instanceof PluralAttributeMapping plural) {
      return new ToMany(declaring, plural);
    }
    if (attribute instanceof ToOneAttributeMapping toOne) {
      return new ToOne(declaring, toOne);
    }
    throw new IllegalArgumentException(
        declaring.getEntityName() + "." + attribute.getAttributeName() + " is no association");
  }

  @Override
  public final boolean isOf(Object instance) {
    return declaring.isInstance(instance);
  }

  @Override
  public final boolean isLoaded(Object owner) {
    return isFetched(owner) && Hibernate.isInitialized(value(owner));
  }

  @Override
  public final @Nullable Object value(Object owner) {
    // the getter of a lazy attribute that was not fetched would ask for a session
    return isFetched(owner) ? property.getGetter().get(owner) : null;
  }

  /** Whether a lazy attribute of an enhanced class is there at all. */
  private boolean isFetched(Object owner) {
    return Hibernate.isPropertyInitialized(owner, name);
  }

  @Override
  public final void resolve(Object owner, Function<Object, @Nullable Object> target) {
    Object resolved = resolved(owner, target);
    if (resolved != null) {
      property.getSetter().set(owner, resolved);
      wayBack.ifPresent(back -> targets(owner).forEach(each -> back.lead(each, owner)));
    }
  }

  private static Object unwrapped(Object entity) {
    return Hibernate.isInitialized(entity) ? Hibernate.unproxy(entity) : entity;
  }

  /** One entity, or none. */
  private static final class ToOne extends AttributeAccess {

    private final EntityPersister target;

    ToOne(EntityPersister declaring, ToOneAttributeMapping toOne) {
      super(declaring, toOne);
      this.target = toOne.getAssociatedEntityMappingType().getEntityPersister();
    }

    @Override
    public List<Object> targets(Object owner) {
      Object value = value(owner);
      return value == null ? List.of() : List.of(unwrapped(value));
    }

    @Override
    public @Nullable List<Object> ids(Object owner) {
      Object value = value(owner);
      if (value == null) {
        return isLoaded(owner) ? List.of() : null;
      }
      return List.of(Reference.idOf(target, value));
    }

    @Override
    public @Nullable Object resolved(Object owner, Function<Object, @Nullable Object> target) {
      List<Object> ids = ids(owner);
      return ids == null || ids.isEmpty() ? null : target.apply(ids.get(0));
    }
  }

  /** A collection. */
  private static final class ToMany extends AttributeAccess {

    private final PlainCollection collection;

    ToMany(EntityPersister declaring, PluralAttributeMapping plural) {
      super(declaring, plural);
      this.collection = new PlainCollection(plural.getCollectionDescriptor());
    }

    @Override
    public List<Object> targets(Object owner) {
      Object value = value(owner);
      Collection<?> elements =
          value instanceof Map<?, ?> map
              ? map.values()
              : value instanceof Collection<?> some ? some : List.of();
      List<Object> targets = new ArrayList<>(elements.size());
      for (Object element : elements) {
        if (element != null) {
          targets.add(unwrapped(element));
        }
      }
      return targets;
    }

    @Override
    public @Nullable List<Object> ids(Object owner) {
      ReferencedIds ids = ReferencedIds.of(value(owner));
      return ids == null ? null : ids.present();
    }

    @Override
    public @Nullable Object resolved(Object owner, Function<Object, @Nullable Object> target) {
      ReferencedIds ids = ReferencedIds.of(value(owner));
      if (ids == null) {
        return null;
      }
      int size = ids.ids().size();
      List<@Nullable Object> keys = new ArrayList<>(size);
      List<@Nullable Object> elements = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        Object id = ids.ids().get(i);
        Object element = id == null ? null : target.apply(id);
        // a hole stays one; a row that is gone leaves none
        if (element != null || id == null) {
          elements.add(element);
          if (!ids.keys().isEmpty()) {
            keys.add(ids.keys().get(i));
          }
        }
      }
      Object plain = collection.sized(elements.size());
      PlainCollection.fill(plain, keys, elements);
      return plain;
    }
  }
}
