package io.identitycache.hibernate.mapping;

import io.identitycache.hibernate.state.AssociationMarks;
import io.identitycache.hibernate.state.StatePlans;
import io.identitycache.model.CachedEntity;
import io.identitycache.validation.Problems;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.ManagedType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.hibernate.Filter;
import org.hibernate.binder.internal.TenantIdBinder;
import org.hibernate.engine.FetchTiming;
import org.hibernate.engine.spi.LoadQueryInfluencers;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.internal.TenantIdGeneration;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.CompositeIdentifierMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the application declared on its entities, and checks it against Hibernate's runtime
 * metamodel.
 */
public final class MappingReader {

  private static final Logger LOG = LoggerFactory.getLogger(MappingReader.class);

  private final SessionFactoryImplementor factory;
  private final String namespace;
  private final Duration defaultTimeToLive;
  private final Problems problems;
  private final Map<Class<?>, EntityPersister> persisters = new LinkedHashMap<>();
  private final Map<EntityPersister, Declarations> declarations = new HashMap<>();
  private final Set<Class<?>> mappedSuperclasses = new HashSet<>();
  private final Map<EntityPersister, String> names = new HashMap<>();

  private MappingReader(
      SessionFactoryImplementor factory,
      String namespace,
      Duration defaultTimeToLive,
      Problems problems) {
    this.factory = factory;
    this.namespace = namespace;
    this.defaultTimeToLive = defaultTimeToLive;
    this.problems = problems;
  }

  /**
   * Reads all cached entities, once, when the factory has been created. Whatever is wrong is added
   * to the problems, grouped by entity; the entities concerned are then missing from the result.
   *
   * @param namespace of all keys
   * @param defaultTimeToLive of entries whose entity names none
   */
  public static MappedEntities read(
      SessionFactoryImplementor factory,
      String namespace,
      Duration defaultTimeToLive,
      Problems problems) {
    return new MappingReader(factory, namespace, defaultTimeToLive, problems).read();
  }

  private MappedEntities read() {
    findPersisters();
    persisters
        .values()
        .forEach(persister -> declarations.put(persister, declarationsOf(persister)));
    refuseDeclarationsOnEmbeddables();
    AssociationReader associations =
        new AssociationReader(
            persisters.values(), declarations, this::topmostCached, this::nameOf, problems);
    // what is wrong has no stored form; the rest is read all the same, for one complete report
    AssociationMarks marks = associations.check() ? associations.marks() : (entity, name) -> null;
    StatePlans plans = new StatePlans(factory, marks, problems);

    Map<EntityPersister, List<EntityPersister>> hierarchies = new LinkedHashMap<>();
    for (EntityPersister persister : persisters.values()) {
      EntityPersister topmost = topmostCached(persister);
      if (topmost != null) {
        List<EntityPersister> members =
            hierarchies.computeIfAbsent(topmost, t -> new ArrayList<>(List.of(t)));
        if (persister != topmost) {
          members.add(persister);
        }
      }
    }
    refuseAutomaticFilters(associations.embedded());
    List<MappedEntity<?>> entities = new ArrayList<>();
    Map<EntityPersister, CachedEntity<?>> byTopmost = new HashMap<>();
    hierarchies
        .values()
        .forEach(
            members -> {
              refuseAutomaticFilters(members);
              refuseRowsOfTenants(members, associations);
              MappedEntity<?> entity =
                  new HierarchyReader(
                          members,
                          plans,
                          namespace,
                          arePerTenant(members),
                          defaultTimeToLive,
                          names,
                          declarations,
                          problems)
                      .read();
              if (entity != null) {
                entities.add(entity);
                byTopmost.put(members.get(0), entity.entity());
              }
            });
    if (problems.isEmpty()) {
      warnOfEagerAssociations(hierarchies.values(), marks);
    }
    return new MappedEntities(entities, associations.read(plans, byTopmost::get));
  }

  private void findPersisters() {
    Map<Class<?>, String> entityNames = new HashMap<>();
    EntityManagerFactory standard = factory;
    for (ManagedType<?> type : standard.getMetamodel().getManagedTypes()) {
      switch (type.getPersistenceType()) {
        case ENTITY ->
            entityNames.put(
                type.getJavaType(), ((jakarta.persistence.metamodel.EntityType<?>) type).getName());
        case MAPPED_SUPERCLASS -> mappedSuperclasses.add(type.getJavaType());
        default -> {}
      }
    }
    factory
        .getMappingMetamodel()
        .streamEntityDescriptors()
        // entities without a class of their own (dynamic maps) can carry no annotation
        .filter(persister -> entityNames.containsKey(persister.getMappedClass()))
        .sorted(Comparator.comparing(EntityPersister::getEntityName))
        .forEach(
            persister -> {
              persisters.put(persister.getMappedClass(), persister);
              names.put(persister, entityNames.get(persister.getMappedClass()));
            });
  }

  /** What the class and its mapped superclasses declare, up to the next entity. */
  private Declarations declarationsOf(EntityPersister persister) {
    Class<?> entityClass = persister.getMappedClass();
    Declarations declared = Declarations.of(entityClass);
    refuseInterfaces(persister, entityClass);
    Class<?> type = entityClass.getSuperclass();
    while (type != null && !persisters.containsKey(type)) {
      Declarations inherited = Declarations.of(type);
      if (mappedSuperclasses.contains(type)) {
        declared.inherit(inherited);
      } else if (inherited.any()) {
        refuse(
            persister,
            type.getSimpleName()
                + " is neither an entity nor a mapped superclass; what it declares for the cache has"
                + " no effect. Add @MappedSuperclass, or move the declarations to the entity");
      }
      refuseInterfaces(persister, type);
      type = type.getSuperclass();
    }
    return declared;
  }

  private void refuseInterfaces(EntityPersister persister, Class<?> type) {
    for (Class<?> implemented : type.getInterfaces()) {
      if (Declarations.of(implemented).any()) {
        refuse(
            persister,
            implemented.getSimpleName()
                + " is an interface; what it declares for the cache has no effect. Move the"
                + " declarations to the entity");
      }
    }
  }

  private void refuseDeclarationsOnEmbeddables() {
    Set<Class<?>> seen = new HashSet<>();
    persisters
        .values()
        .forEach(persister -> refuseDeclarationsOnEmbeddables(persister, persister, seen));
  }

  private void refuseDeclarationsOnEmbeddables(
      EntityPersister persister, ManagedMappingType container, Set<Class<?>> seen) {
    container.forEachAttributeMapping(
        attribute -> {
          if (!(attribute instanceof EmbeddableValuedModelPart embedded)) {
            return;
          }
          Class<?> type = embedded.getEmbeddableTypeDescriptor().getJavaType().getJavaTypeClass();
          // the synthetic attribute of an id class has the entity's class
          if (persisters.containsKey(type) || !seen.add(type)) {
            return;
          }
          if (Declarations.of(type).any()) {
            refuse(
                persister,
                type.getSimpleName()
                    + " is an embeddable; what it declares for the cache has no effect. Declare an"
                    + " index on the entity, with the path: @CacheIndex(\""
                    + attribute.getAttributeName()
                    + ".…\"); an association inside an embeddable is not cached");
          }
          refuseDeclarationsOnEmbeddables(persister, embedded.getEmbeddableTypeDescriptor(), seen);
        });
  }

  private @Nullable EntityPersister topmostCached(EntityPersister persister) {
    EntityPersister topmost = null;
    EntityMappingType type = persister;
    while (type != null) {
      EntityPersister current = type.getEntityPersister();
      Declarations declared = declarations.get(current);
      if (declared != null && declared.makeCached()) {
        topmost = current;
      }
      type = type.getSuperMappingType();
    }
    return topmost;
  }

  /** A filter that is on in every session decides per session what a row is; the cache cannot. */
  private void refuseAutomaticFilters(Collection<EntityPersister> members) {
    Set<String> automatic = new TreeSet<>();
    factory.getAutoEnabledFilters().forEach(filter -> automatic.add(filter.getFilterName()));
    // Hibernate's own filter for @TenantId belongs to finding by id as well
    automatic.remove(TenantIdBinder.FILTER_NAME);
    for (EntityPersister member : members) {
      for (String filter : automatic) {
        if (isFilteredBy(filter, member)) {
          refuse(
              member,
              "the filter \""
                  + filter
                  + "\" is enabled in every session (autoEnabled = true); rows that it hides from some"
                  + " sessions cannot be cached. Enable it where it is needed, or remove the entity"
                  + " from the cache");
        }
      }
    }
  }

  private boolean isFilteredBy(String filter, EntityPersister entity) {
    LoadQueryInfluencers alone = new LoadQueryInfluencers(factory);
    Set.copyOf(alone.getEnabledFilterNames()).forEach(alone::disableFilter);
    Filter enabled = alone.enableFilter(filter);
    // Hibernate 6.6 wants to see arguments; which ones makes no difference here
    for (String parameter : enabled.getFilterDefinition().getParameterNames()) {
      enabled.setParameterList(parameter, List.of());
    }
    return entity.isAffectedByEnabledFilters(alone, false);
  }

  /**
   * Whether each tenant has rows of its own. An entity without {@code @TenantId} in the tenants'
   * common database has the same rows for all: a write by one of them is one to every other's.
   */
  private boolean arePerTenant(List<EntityPersister> members) {
    return factory.getSessionFactoryOptions().isMultiTenancyEnabled()
        || (factory.getDefinedFilterNames().contains(TenantIdBinder.FILTER_NAME)
            && members.stream().anyMatch(this::hasTenantId));
  }

  /** An entry for all tenants cannot hold rows that only one of them may see. */
  private void refuseRowsOfTenants(List<EntityPersister> members, AssociationReader associations) {
    if (arePerTenant(members)) {
      return;
    }
    for (EntityPersister part : associations.partsOf(members.get(0))) {
      if (arePerTenant(List.of(part))) {
        refuse(
            members.get(0),
            "its entries are the same for all tenants, but would hold rows of "
                + nameOf(part)
                + ", which belong to one (@TenantId). Give "
                + nameOf(members.get(0))
                + " a @TenantId too, or leave the association uncached");
      }
    }
  }

  private boolean hasTenantId(EntityPersister entity) {
    boolean outsideTheId =
        Arrays.stream(entity.getEntityMetamodel().getGenerators())
            .anyMatch(TenantIdGeneration.class::isInstance);
    // the filter alone does not tell: an association to rows of a tenant counts as well
    return outsideTheId
        || (entity.getIdentifierMapping() instanceof CompositeIdentifierMapping
            && isFilteredBy(TenantIdBinder.FILTER_NAME, entity));
  }

  private void warnOfEagerAssociations(
      Iterable<List<EntityPersister>> hierarchies, AssociationMarks marks) {
    Set<String> eager = new LinkedHashSet<>();
    for (List<EntityPersister> members : hierarchies) {
      for (EntityPersister member : members) {
        collectEager(nameOf(member), member, name -> marks.of(member, name) != null, eager);
      }
    }
    if (!eager.isEmpty()) {
      LOG.warn(
          "Fetched instances leave these associations uninitialized, although their mapping says"
              + " EAGER: {}. Mark them with @CacheReference or @CacheEmbed; or declare them LAZY, so"
              + " that the code reads the same with and without the cache",
          String.join(", ", eager));
    }
  }

  private void collectEager(
      String prefix, ManagedMappingType container, Predicate<String> cached, Set<String> eager) {
    container.forEachAttributeMapping(
        attribute -> {
          if (isAssociation(attribute)) {
            if (attribute.getMappedFetchOptions().getTiming() == FetchTiming.IMMEDIATE
                && isDeclaredBy(container, attribute)
                && !cached.test(attribute.getAttributeName())) {
              eager.add(prefix + "." + attribute.getAttributeName());
            }
          } else if (attribute instanceof EmbeddableValuedModelPart embedded
              && !attribute.getAttributeName().startsWith("_")) {
            collectEager(
                prefix + "." + attribute.getAttributeName(),
                embedded.getEmbeddableTypeDescriptor(),
                name -> false,
                eager);
          }
        });
  }

  /** An inherited attribute is listed once, with the entity at the top. */
  private boolean isDeclaredBy(ManagedMappingType container, AttributeMapping attribute) {
    if (!(container instanceof EntityPersister persister)) {
      return true;
    }
    EntityMappingType parent = persister.getSuperMappingType();
    return parent == null
        || topmostCached(parent.getEntityPersister()) == null
        || parent.findAttributeMapping(attribute.getAttributeName()) == null;
  }

  private static boolean isAssociation(AttributeMapping attribute) {
    return attribute instanceof ToOneAttributeMapping
        || attribute instanceof PluralAttributeMapping;
  }

  private void refuse(EntityPersister persister, String problem) {
    problems.add(nameOf(persister), problem);
  }

  private String nameOf(EntityPersister persister) {
    return names.getOrDefault(persister, persister.getEntityName());
  }
}
