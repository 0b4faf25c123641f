package io.identitycache.hibernate.mapping;

import io.identitycache.hibernate.state.AssociationMarks;
import io.identitycache.hibernate.state.StatePlans;
import io.identitycache.model.AssociatedType;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.model.CachedAssociation.Shape;
import io.identitycache.model.CachedEntity;
import io.identitycache.validation.NearestName;
import io.identitycache.validation.Problems;
import jakarta.persistence.OrderBy;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.engine.FetchTiming;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.EntityAssociationMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.EntityValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping.Cardinality;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Reads the associations that are embedded or referenced, and refuses those whose changes could not
 * be followed to their owners. Used once: first {@link #check}, then {@link #read}.
 */
final class AssociationReader {

  private static final String ALLOWED =
      "@CacheEmbed stands on one-to-many, many-to-many, one-to-one and element collections,"
          + " @CacheReference on associations to cached entities";

  private final Collection<EntityPersister> persisters;
  private final Map<EntityPersister, Declarations> declarations;
  private final Function<EntityPersister, @Nullable EntityPersister> topmostCached;
  private final Function<EntityPersister, String> names;
  private final Problems problems;
  private final List<Draft> drafts = new ArrayList<>();

  /** An association before there are stored forms. */
  private record Draft(
      EntityPersister owner,
      AttributeMapping attribute,
      Kind kind,
      @Nullable EntityPersister target,
      Class<?> elementType,
      Shape shape,
      boolean foreignKeyInOwner,
      @Nullable String mappedBy,
      OrderOfIds order,
      boolean restricted) {

    @Override
    public String toString() {
      return owner.getMappedClass().getSimpleName() + "." + attribute.getAttributeName();
    }
  }

  AssociationReader(
      Collection<EntityPersister> persisters,
      Map<EntityPersister, Declarations> declarations,
      Function<EntityPersister, @Nullable EntityPersister> topmostCached,
      Function<EntityPersister, String> names,
      Problems problems) {
    this.persisters = persisters;
    this.declarations = declarations;
    this.topmostCached = topmostCached;
    this.names = names;
    this.problems = problems;
  }

  /**
   * Checks what is declared.
   *
   * @return false if something is wrong: then no stored form may be made of it
   */
  boolean check() {
    int before = problems.size();
    persisters.forEach(
        owner ->
            declarationsOf(owner)
                .associations()
                .forEach((attribute, kind) -> check(owner, attribute, kind)));
    refuseCircles();
    refuseWhatHasNoEffect();
    return problems.size() == before;
  }

  /** Which associations are kept, and how. */
  AssociationMarks marks() {
    return this::kindOf;
  }

  private @Nullable Kind kindOf(EntityPersister entity, String attribute) {
    for (Draft draft : drafts) {
      if (draft.attribute().getAttributeName().equals(attribute)
          && entity.isTypeOrSuperType(draft.owner())) {
        return draft.kind();
      }
    }
    return null;
  }

  /** All entities that are embedded somewhere, with those below them. */
  Set<EntityPersister> embedded() {
    Set<EntityPersister> reached = new LinkedHashSet<>();
    Deque<EntityPersister> open = new ArrayDeque<>();
    persisters.stream().filter(each -> topmostCached.apply(each) != null).forEach(open::add);
    Set<EntityPersister> seen = new LinkedHashSet<>(open);
    while (!open.isEmpty()) {
      EntityPersister from = open.remove();
      for (Draft draft : draftsFrom(from)) {
        if (draft.kind() == Kind.EMBEDDED && draft.target() != null) {
          for (EntityPersister target : related(draft.target())) {
            reached.add(target);
            if (seen.add(target)) {
              open.add(target);
            }
          }
        }
      }
    }
    return reached;
  }

  /** The entities that what is stored of an entity depends on: embedded ones, at any depth. */
  Set<EntityPersister> partsOf(EntityPersister entity) {
    Set<EntityPersister> parts = new LinkedHashSet<>();
    Deque<EntityPersister> open = new ArrayDeque<>(related(entity));
    while (!open.isEmpty()) {
      for (Draft draft : draftsFrom(open.remove())) {
        EntityPersister target = draft.target();
        if (target != null && (draft.kind() == Kind.EMBEDDED || !draft.foreignKeyInOwner())) {
          if (parts.add(target) && draft.kind() == Kind.EMBEDDED) {
            open.addAll(related(target));
          }
        }
      }
    }
    return parts;
  }

  /**
   * Makes the associations.
   *
   * @param plans the stored forms, made with {@link #marks}
   * @param cached the cached entity whose topmost one this is
   */
  MappedAssociations read(
      StatePlans plans, Function<EntityPersister, @Nullable CachedEntity<?>> cached) {
    Map<EntityPersister, AssociatedType> types = new LinkedHashMap<>();
    for (EntityPersister persister : persisters) {
      types.put(
          persister,
          new AssociatedType(
              names.apply(persister),
              persister.getMappedClass(),
              cachedEntities(persister, cached)));
    }
    List<MappedAssociation> mapped = new ArrayList<>();
    for (Draft draft : drafts) {
      EntityPersister target = draft.target();
      OwnerPath ownerPath =
          target == null || draft.mappedBy() == null
              ? null
              : OwnerPath.of(target, draft.owner(), draft.mappedBy()).orElse(null);
      CachedAssociation association =
          new CachedAssociation(
              draft.attribute().getAttributeName(),
              typeOf(types, draft.owner()),
              target == null ? null : typeOf(types, target),
              draft.elementType(),
              draft.kind(),
              draft.shape(),
              draft.kind() == Kind.REFERENCED
                  && draft.attribute().getMappedFetchOptions().getTiming() == FetchTiming.IMMEDIATE,
              plans.accessTo(draft.owner(), draft.attribute()),
              ownerPath == null ? null : ownerPath::ownerIdIn);
      mapped.add(
          new MappedAssociation(
              association,
              draft.owner(),
              target,
              draft.attribute(),
              draft.foreignKeyInOwner(),
              ownerPath,
              draft.mappedBy(),
              draft.order(),
              draft.restricted()));
    }
    return new MappedAssociations(types.values(), mapped);
  }

  private static AssociatedType typeOf(
      Map<EntityPersister, AssociatedType> types, EntityPersister persister) {
    AssociatedType type = types.get(persister);
    if (type == null) {
      throw new IllegalStateException(persister.getEntityName() + " has no class of its own");
    }
    return type;
  }

  private List<CachedEntity<?>> cachedEntities(
      EntityPersister persister, Function<EntityPersister, @Nullable CachedEntity<?>> cached) {
    EntityPersister topmost = topmostCached.apply(persister);
    List<EntityPersister> candidates = new ArrayList<>();
    if (topmost != null) {
      candidates.add(topmost);
    } else {
      persisters.stream()
          .filter(each -> each != persister && each.isTypeOrSuperType(persister))
          .forEach(candidates::add);
    }
    List<CachedEntity<?>> found = new ArrayList<>();
    for (EntityPersister candidate : candidates) {
      CachedEntity<?> entity = cached.apply(candidate);
      if (entity != null) {
        found.add(entity);
      }
    }
    return found;
  }

  // What one association must be like.

  private void check(EntityPersister owner, String name, Kind kind) {
    String label =
        (kind == Kind.EMBEDDED ? "@CacheEmbed" : "@CacheReference") + " on \"" + name + "\"";
    AttributeMapping attribute = owner.findAttributeMapping(name);
    if (attribute == null) {
      refuse(owner, label + ": is not a persistent attribute." + nearestAssociation(owner, name));
    } else if (attribute instanceof DiscriminatedAssociationModelPart) {
      refuse(owner, label + ": may lead to different entities (@Any), which cannot be cached");
    } else if (attribute instanceof PluralAttributeMapping plural) {
      checkCollection(owner, label, plural, kind);
    } else if (attribute instanceof ToOneAttributeMapping toOne) {
      checkToOne(owner, label, toOne, kind);
    } else {
      refuse(
          owner,
          label
              + ": is neither an association nor a collection."
              + nearestAssociation(owner, name));
    }
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

  private void checkCollection(
      EntityPersister owner, String label, PluralAttributeMapping plural, Kind kind) {
    EntityPersister target = null;
    if (plural.getElementDescriptor() instanceof DiscriminatedAssociationModelPart) {
      refuse(
          owner, label + ": may lead to different entities (@ManyToAny), which cannot be cached");
      return;
    }
    if (plural.getElementDescriptor() instanceof EntityValuedModelPart entities) {
      target = entities.getEntityMappingType().getEntityPersister();
    }
    if (kind == Kind.REFERENCED && !checkReferenced(owner, label, target, true)) {
      return;
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
        refuse(
            owner,
            label
                + ": its restriction asks another table, whose changes cannot be followed to here."
                + " Keep what it asks for in a column of the restricted row");
        return;
      }
    }
    Optional<OrderOfIds> order = order(owner, label, plural, target, kind);
    if (order.isEmpty()) {
      return;
    }
    String mappedBy = plural.getCollectionDescriptor().getMappedByProperty();
    CollectionClassification classification =
        plural.getCollectionDescriptor().getCollectionSemantics().getCollectionClassification();
    boolean isMap =
        classification == CollectionClassification.MAP
            || classification == CollectionClassification.ORDERED_MAP
            || classification == CollectionClassification.SORTED_MAP;
    drafts.add(
        new Draft(
            owner,
            plural,
            kind,
            target,
            boxed(plural.getElementDescriptor().getJavaType().getJavaTypeClass()),
            isMap ? Shape.MAP : Shape.MANY,
            false,
            mappedBy == null || mappedBy.isEmpty() ? null : mappedBy,
            order.get(),
            restricted));
  }

  private void checkToOne(
      EntityPersister owner, String label, ToOneAttributeMapping toOne, Kind kind) {
    EntityPersister target = toOne.getAssociatedEntityMappingType().getEntityPersister();
    boolean inverse = toOne.getSideNature() == ForeignKeyDescriptor.Nature.TARGET;
    boolean sharesId = toOne.getCardinality() == Cardinality.ONE_TO_ONE;
    if (kind == Kind.EMBEDDED && toOne.getCardinality() == Cardinality.MANY_TO_ONE) {
      refuse(
          owner,
          label
              + ": is a many-to-one, whose row would be kept with every "
              + names.apply(owner)
              + ". Write @CacheReference, and cache "
              + names.apply(target)
              + " by itself (@IdentityCached)");
      return;
    }
    if (kind == Kind.REFERENCED
        && !checkReferenced(
            owner, label, target, toOne.getCardinality() != Cardinality.MANY_TO_ONE)) {
      return;
    }
    String mappedBy = inverse ? toOne.getReferencedPropertyName() : null;
    if (inverse && mappedBy == null) {
      refuse(
          owner,
          label
              + ": its owner cannot be found from a "
              + names.apply(target)
              + ". Map it with mappedBy, or leave it uncached");
      return;
    }
    drafts.add(
        new Draft(
            owner,
            toOne,
            kind,
            target,
            target.getMappedClass(),
            Shape.ONE,
            !inverse && !(sharesId && toOne.isOptional()),
            mappedBy,
            new OrderOfIds(List.of()),
            !Restrictions.on(target.getMappedClass()).isEmpty()));
  }

  private boolean checkReferenced(
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

  // What all of them together must be like.

  private void refuseCircles() {
    Set<EntityPersister> done = new LinkedHashSet<>();
    for (Draft draft : drafts) {
      if (draft.kind() == Kind.EMBEDDED) {
        follow(draft, new ArrayDeque<>(), done);
      }
    }
  }

  private void follow(Draft draft, Deque<Draft> path, Set<EntityPersister> done) {
    EntityPersister target = draft.target();
    if (target == null || done.contains(target)) {
      return;
    }
    path.addLast(draft);
    List<Draft> steps = new ArrayList<>(path);
    for (int i = 0; i < steps.size(); i++) {
      if (areRelated(steps.get(i).owner(), target)) {
        refuse(
            steps.get(i).owner(),
            "@CacheEmbed leads back to "
                + names.apply(target)
                + " without end: "
                + steps.subList(i, steps.size()).stream()
                    .map(Draft::toString)
                    .reduce((one, other) -> one + " -> " + other)
                    .orElseThrow()
                + ". Reference one of them (@CacheReference)");
        path.removeLast();
        done.add(target);
        return;
      }
    }
    for (Draft next : draftsFrom(target)) {
      if (next.kind() == Kind.EMBEDDED) {
        follow(next, path, done);
      }
    }
    path.removeLast();
    done.add(target);
  }

  private void refuseWhatHasNoEffect() {
    Set<EntityPersister> embedded = embedded();
    for (Draft draft : List.copyOf(drafts)) {
      boolean used =
          related(draft.owner()).stream()
              .anyMatch(each -> topmostCached.apply(each) != null || embedded.contains(each));
      if (!used) {
        drafts.remove(draft);
        Class<?> type = draft.owner().getMappedClass();
        String name = draft.attribute().getAttributeName();
        // a mapped superclass declares it for all, of which some may be cached
        if (Declarations.of(type).associations().containsKey(name)) {
          refuse(
              draft.owner(),
              "what \""
                  + name
                  + "\" declares for the cache has no effect: "
                  + names.apply(draft.owner())
                  + " is neither cached nor embedded. Annotate it with @IdentityCached or"
                  + " @CacheIndex");
        }
      }
    }
  }

  private List<Draft> draftsFrom(EntityPersister entity) {
    return drafts.stream().filter(draft -> areRelated(draft.owner(), entity)).toList();
  }

  private List<EntityPersister> related(EntityPersister entity) {
    return persisters.stream().filter(each -> areRelated(each, entity)).toList();
  }

  private static boolean areRelated(EntityPersister one, EntityPersister other) {
    return isSameOrBelow(one, other) || isSameOrBelow(other, one);
  }

  private static boolean isSameOrBelow(EntityPersister entity, EntityMappingType above) {
    return entity.isTypeOrSuperType(above);
  }

  private Declarations declarationsOf(EntityPersister persister) {
    return declarations.computeIfAbsent(persister, p -> Declarations.of(p.getMappedClass()));
  }

  private void refuse(EntityPersister persister, String problem) {
    problems.add(names.apply(persister), problem);
  }
}
