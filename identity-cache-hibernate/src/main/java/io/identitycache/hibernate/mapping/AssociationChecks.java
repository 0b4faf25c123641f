package io.identitycache.hibernate.mapping;

import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.model.CachedAssociation.Shape;
import io.identitycache.validation.NearestName;
import io.identitycache.validation.Problems;
import jakarta.persistence.OrderBy;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.EntityAssociationMapping;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping.Cardinality;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * What one association must be like to be embedded or referenced: its changes must be followed to
 * its owners, by its mapping.
 */
final class AssociationChecks {

  private static final String ALLOWED =
      "@CacheEmbed stands on one-to-many, many-to-many, one-to-one and element collections,"
          + " @CacheReference on associations to cached entities";

  private static final String RESTRICTED_ELSEWHERE =
      ": its restriction asks another table, whose changes cannot be followed to here. Keep what it"
          + " asks for in a column of the restricted row";

  private final Function<EntityPersister, @Nullable EntityPersister> topmostCached;
  private final Function<EntityPersister, String> names;
  private final Problems problems;

  AssociationChecks(
      Function<EntityPersister, @Nullable EntityPersister> topmostCached,
      Function<EntityPersister, String> names,
      Problems problems) {
    this.topmostCached = topmostCached;
    this.names = names;
    this.problems = problems;
  }

  /** Reads what stands on one attribute; empty if it is refused. */
  Optional<DeclaredAssociation> read(EntityPersister owner, String name, Kind kind) {
    String label =
        (kind == Kind.EMBEDDED ? "@CacheEmbed" : "@CacheReference") + " on \"" + name + "\"";
    AttributeMapping attribute = owner.findAttributeMapping(name);
    if (attribute == null) {
      return refuse(
          owner, label + ": is not a persistent attribute." + nearestAssociation(owner, name));
    }
    if (attribute instanceof DiscriminatedAssociationModelPart) {
      return refuse(
          owner, label + ": may lead to different entities (@Any), which cannot be cached");
    }
    if (attribute instanceof PluralAttributeMapping plural) {
      return readCollection(owner, label, plural, kind);
    }
    if (attribute instanceof ToOneAttributeMapping toOne) {
      return readToOne(owner, label, toOne, kind);
    }
    return refuse(
        owner,
        label + ": is neither an association nor a collection." + nearestAssociation(owner, name));
  }

  private static String nearestAssociation(EntityPersister owner, String name) {
    Set<String> known = new TreeSet<>();
    owner.forEachAttributeMapping(
        each -> {
          if (each instanceof EntityAssociationMapping || each instanceof PluralAttributeMapping) {
            known.add(each.getAttributeName());
          }
        });
    return NearestName.hint(name, known)
        + " "
        + ALLOWED
        + (known.isEmpty() ? "" : ". Associations: " + String.join(", ", known));
  }

  private Optional<DeclaredAssociation> readCollection(
      EntityPersister owner, String label, PluralAttributeMapping plural, Kind kind) {
    EntityPersister target = null;
    if (plural.getElementDescriptor() instanceof DiscriminatedAssociationModelPart) {
      return refuse(
          owner, label + ": may lead to different entities (@ManyToAny), which cannot be cached");
    }
    if (plural.getElementDescriptor() instanceof EntityValuedModelPart entities) {
      target = entities.getEntityMappingType().getEntityPersister();
    }
    if (kind == Kind.REFERENCED && !isReferable(owner, label, target, true)) {
      return Optional.empty();
    }
    AnnotatedElement member = memberOf(plural);
    boolean restricted = false;
    List<String> restrictions = new ArrayList<>(Restrictions.on(member));
    if (target != null) {
      restrictions.addAll(Restrictions.on(target.getMappedClass()));
    }
    for (String restriction : restrictions) {
      restricted = true;
      if (Restrictions.reachesElsewhere(restriction)) {
        return refuse(owner, label + RESTRICTED_ELSEWHERE);
      }
    }
    Optional<OrderOfIds> order = order(owner, label, plural, target, kind);
    if (order.isEmpty()) {
      return Optional.empty();
    }
    String mappedBy = plural.getCollectionDescriptor().getMappedByProperty();
    if (mappedBy != null && mappedBy.isEmpty()) {
      mappedBy = null;
    }
    if (target != null && mappedBy != null && isMappedPastId(target, mappedBy)) {
      return refuse(owner, label + ownerUnknown(owner, target, mappedBy));
    }
    CollectionClassification classification =
        plural.getCollectionDescriptor().getCollectionSemantics().getCollectionClassification();
    boolean isMap =
        classification == CollectionClassification.MAP
            || classification == CollectionClassification.ORDERED_MAP
            || classification == CollectionClassification.SORTED_MAP;
    return Optional.of(
        new DeclaredAssociation(
            owner,
            plural,
            kind,
            target,
            boxed(plural.getElementDescriptor().getJavaType().getJavaTypeClass()),
            isMap ? Shape.MAP : Shape.MANY,
            false,
            mappedBy,
            order.get(),
            restricted));
  }

  private Optional<DeclaredAssociation> readToOne(
      EntityPersister owner, String label, ToOneAttributeMapping toOne, Kind kind) {
    EntityPersister target = toOne.getAssociatedEntityMappingType().getEntityPersister();
    boolean inverse = toOne.getSideNature() == ForeignKeyDescriptor.Nature.TARGET;
    boolean sharesId = toOne.getCardinality() == Cardinality.ONE_TO_ONE;
    if (kind == Kind.EMBEDDED && toOne.getCardinality() == Cardinality.MANY_TO_ONE) {
      return refuse(
          owner,
          label
              + ": is a many-to-one, whose row would be kept with every "
              + names.apply(owner)
              + ". Write @CacheReference, and cache "
              + names.apply(target)
              + " by itself (@IdentityCached)");
    }
    if (kind == Kind.REFERENCED
        && !isReferable(owner, label, target, toOne.getCardinality() != Cardinality.MANY_TO_ONE)) {
      return Optional.empty();
    }
    String mappedBy = inverse ? toOne.getReferencedPropertyName() : null;
    if (inverse && mappedBy == null) {
      return refuse(
          owner,
          label
              + ": its owner cannot be found from a "
              + names.apply(target)
              + ". Map it with mappedBy, or leave it uncached");
    }
    if (mappedBy != null && isMappedPastId(target, mappedBy)) {
      return refuse(owner, label + ownerUnknown(owner, target, mappedBy));
    }
    List<String> restrictions = Restrictions.on(target.getMappedClass());
    if (restrictions.stream().anyMatch(Restrictions::reachesElsewhere)) {
      return refuse(owner, label + RESTRICTED_ELSEWHERE);
    }
    return Optional.of(
        new DeclaredAssociation(
            owner,
            toOne,
            kind,
            target,
            target.getMappedClass(),
            Shape.ONE,
            !inverse && !(sharesId && toOne.isOptional()),
            mappedBy,
            new OrderOfIds(List.of()),
            !restrictions.isEmpty()));
  }

  /** Whether the other side names its owner by something else than the owner's id. */
  private static boolean isMappedPastId(EntityPersister target, String mappedBy) {
    return target.findAttributeMapping(mappedBy) instanceof ToOneAttributeMapping back
        && !back.isReferenceToPrimaryKey();
  }

  private String ownerUnknown(EntityPersister owner, EntityPersister target, String mappedBy) {
    return ": its owner cannot be found from a "
        + names.apply(target)
        + ", whose \""
        + mappedBy
        + "\" does not refer to the id of "
        + names.apply(owner)
        + ". Let it refer to the id, or leave the association uncached";
  }

  private boolean isReferable(
      EntityPersister owner,
      String label,
      @Nullable EntityPersister target,
      boolean couldBeEmbedded) {
    if (target == null) {
      refuse(owner, label + ": is a collection of values, which have no ids. Write @CacheEmbed");
      return false;
    }
    if (topmostCached.apply(target) == null) {
      refuse(
          owner,
          label
              + ": "
              + names.apply(target)
              + " is not cached by itself. Annotate it with @IdentityCached or @CacheIndex"
              + (couldBeEmbedded ? ", or write @CacheEmbed" : ""));
      return false;
    }
    return true;
  }

  /** The declared order, empty if it is refused. Only ids have to be asked for in that order. */
  private Optional<OrderOfIds> order(
      EntityPersister owner,
      String label,
      PluralAttributeMapping plural,
      @Nullable EntityPersister target,
      Kind kind) {
    OrderOfIds none = new OrderOfIds(List.of());
    boolean ordered =
        plural.getOrderByFragment() != null || plural.getManyToManyOrderByFragment() != null;
    if (kind == Kind.EMBEDDED || target == null || !ordered) {
      return Optional.of(none);
    }
    AnnotatedElement member = memberOf(plural);
    OrderBy orderBy = member == null ? null : member.getAnnotation(OrderBy.class);
    if (orderBy != null && orderBy.value().isBlank()) {
      return Optional.of(none);
    }
    Optional<OrderOfIds> order =
        orderBy == null ? Optional.empty() : OrderOfIds.parse(orderBy.value());
    if (order.isEmpty() || !order.get().rootAttributes().stream().allMatch(r -> has(target, r))) {
      refuse(
          owner,
          label
              + ": its order is not by plain attributes of "
              + names.apply(target)
              + ", so that it cannot be kept by ids. Write @OrderBy with attributes, or"
              + " @CacheEmbed");
      return Optional.empty();
    }
    return order;
  }

  private static boolean has(EntityPersister target, String root) {
    AttributeMapping attribute = target.findAttributeMapping(root);
    return root.equals("id")
        || root.equals(target.getIdentifierPropertyName())
        || (attribute != null
            && !(attribute instanceof EntityAssociationMapping)
            && !(attribute instanceof PluralAttributeMapping));
  }

  private static @Nullable AnnotatedElement memberOf(AttributeMapping attribute) {
    Member member = attribute.getPropertyAccess().getGetter().getMember();
    return member instanceof AnnotatedElement annotated ? annotated : null;
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private Optional<DeclaredAssociation> refuse(EntityPersister persister, String problem) {
    problems.add(names.apply(persister), problem);
    return Optional.empty();
  }
}
