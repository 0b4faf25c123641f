package io.identitycache.hibernate.mapping;

import io.identitycache.hibernate.state.AssociationMarks;
import io.identitycache.hibernate.state.StatePlans;
import io.identitycache.model.AssociatedType;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.model.CachedEntity;
import io.identitycache.validation.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.engine.FetchTiming;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Reads the associations that are embedded or referenced, and refuses those whose changes could not
 * be followed to their owners. Used once: first {@link #check}, then {@link #read}.
 */
final class AssociationReader {

  private final Collection<EntityPersister> persisters;
  private final Map<EntityPersister, Declarations> declarations;
  private final Function<EntityPersister, @Nullable EntityPersister> topmostCached;
  private final Function<EntityPersister, String> names;
  private final Problems problems;
  private final AssociationChecks checks;
  private final List<DeclaredAssociation> declared = new ArrayList<>();

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
    this.checks = new AssociationChecks(topmostCached, names, problems);
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
                .forEach(
                    (attribute, kind) ->
                        checks.read(owner, attribute, kind).ifPresent(declared::add)));
    refuseCircles();
    refuseWhatHasNoEffect();
    return problems.size() == before;
  }

  /** Which associations are kept, and how. */
  AssociationMarks marks() {
    return this::kindOf;
  }

  private @Nullable Kind kindOf(EntityPersister entity, String attribute) {
    for (DeclaredAssociation association : declared) {
      if (association.attribute().getAttributeName().equals(attribute)
          && entity.isTypeOrSuperType(association.owner())) {
        return association.kind();
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
      for (DeclaredAssociation association : declaredFrom(from)) {
        if (association.kind() == Kind.EMBEDDED && association.target() != null) {
          for (EntityPersister target : related(association.target())) {
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
      for (DeclaredAssociation association : declaredFrom(open.remove())) {
        EntityPersister target = association.target();
        if (target != null
            && (association.kind() == Kind.EMBEDDED || !association.foreignKeyInOwner())) {
          if (parts.add(target) && association.kind() == Kind.EMBEDDED) {
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
    for (DeclaredAssociation association : declared) {
      EntityPersister target = association.target();
      OwnerPath ownerPath =
          target == null || association.mappedBy() == null
              ? null
              : OwnerPath.of(target, association.owner(), association.mappedBy()).orElse(null);
      CachedAssociation cachedAssociation =
          new CachedAssociation(
              association.attribute().getAttributeName(),
              typeOf(types, association.owner()),
              target == null ? null : typeOf(types, target),
              association.elementType(),
              association.kind(),
              association.shape(),
              association.kind() == Kind.REFERENCED
                  && association.attribute().getMappedFetchOptions().getTiming()
                      == FetchTiming.IMMEDIATE,
              plans.accessTo(association.owner(), association.attribute()),
              ownerPath == null ? null : ownerPath::ownerIdIn);
      mapped.add(
          new MappedAssociation(
              cachedAssociation,
              association.owner(),
              target,
              association.attribute(),
              association.foreignKeyInOwner(),
              ownerPath,
              association.mappedBy(),
              association.order(),
              association.restricted()));
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

  private void refuseCircles() {
    Set<EntityPersister> done = new LinkedHashSet<>();
    for (DeclaredAssociation association : declared) {
      if (association.kind() == Kind.EMBEDDED) {
        follow(association, new ArrayDeque<>(), done);
      }
    }
  }

  private void follow(
      DeclaredAssociation association, Deque<DeclaredAssociation> path, Set<EntityPersister> done) {
    EntityPersister target = association.target();
    if (target == null || done.contains(target)) {
      return;
    }
    path.addLast(association);
    List<DeclaredAssociation> steps = new ArrayList<>(path);
    for (int i = 0; i < steps.size(); i++) {
      if (areRelated(steps.get(i).owner(), target)) {
        refuse(
            steps.get(i).owner(),
            "@CacheEmbed leads back to "
                + names.apply(target)
                + " without end: "
                + steps.subList(i, steps.size()).stream()
                    .map(DeclaredAssociation::toString)
                    .reduce((one, other) -> one + " -> " + other)
                    .orElseThrow()
                + ". Reference one of them (@CacheReference)");
        path.removeLast();
        done.add(target);
        return;
      }
    }
    for (DeclaredAssociation next : declaredFrom(target)) {
      if (next.kind() == Kind.EMBEDDED) {
        follow(next, path, done);
      }
    }
    path.removeLast();
    done.add(target);
  }

  private void refuseWhatHasNoEffect() {
    Set<EntityPersister> embedded = embedded();
    for (DeclaredAssociation association : List.copyOf(declared)) {
      boolean used =
          related(association.owner()).stream()
              .anyMatch(each -> topmostCached.apply(each) != null || embedded.contains(each));
      if (!used) {
        declared.remove(association);
        Class<?> type = association.owner().getMappedClass();
        String name = association.attribute().getAttributeName();
        // a mapped superclass declares it for all, of which some may be cached
        if (Declarations.of(type).associations().containsKey(name)) {
          refuse(
              association.owner(),
              "what \""
                  + name
                  + "\" declares for the cache has no effect: "
                  + names.apply(association.owner())
                  + " is neither cached nor embedded. Annotate it with @IdentityCached or"
                  + " @CacheIndex");
        }
      }
    }
  }

  private List<DeclaredAssociation> declaredFrom(EntityPersister entity) {
    return declared.stream()
        .filter(association -> areRelated(association.owner(), entity))
        .toList();
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
