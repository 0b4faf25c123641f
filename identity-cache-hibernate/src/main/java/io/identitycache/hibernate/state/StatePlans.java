package io.identitycache.hibernate.state;

import io.identitycache.model.AssociationAccess;
import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.validation.Problems;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.jpa.event.spi.CallbackType;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one factory's entities, each made once, when it is first asked for: while the
 * mapping is read, by one thread.
 */
public final class StatePlans {

  private final SessionFactoryImplementor factory;
  private final AssociationMarks marks;
  private final Problems problems;
  private final Map<EntityPersister, EntityStates> states = new HashMap<>();
  private final Map<EntityPersister, EntityState> classes = new HashMap<>();
  private final Map<EntityPersister, Identifiers> identifiers = new HashMap<>();

  /** Those of which the classes have not been read: reading one may lead to others. */
  private final Queue<EntityStates> unread = new ArrayDeque<>();

  private final Queue<Way> ways = new ArrayDeque<>();

  /** A way to the rows of a plan: an association that embeds them, or null for any other. */
  private record Way(EntityStates to, @Nullable ToOneAttributeMapping embedding) {}

  /**
   * No plans yet.
   *
   * @param factory the factory, of which the mapping is complete
   * @param marks tells which associations are cached; those that are embedded lead nowhere back to
   *     the same entity
   * @param problems gets what cannot be stored, by entity and attribute; the plans are not to be
   *     used then
   */
  public StatePlans(SessionFactoryImplementor factory, AssociationMarks marks, Problems problems) {
    this.factory = factory;
    this.marks = marks;
    this.problems = problems;
  }

  /**
   * The plan for the entries of an entity and its subclasses.
   *
   * @param topmost the topmost cached class of a hierarchy
   */
  public EntityStates statesOf(EntityPersister topmost) {
    EntityStates found = embedded(topmost, null);
    while (!unread.isEmpty()) {
      unread.remove().read(this);
    }
    while (!ways.isEmpty()) {
      Way way = ways.remove();
      way.to().reachedBy(way.embedding());
    }
    return found;
  }

  /**
   * The plan for rows that are embedded, which may not be complete before all are.
   *
   * @param embedding the association, if it is a to-one
   */
  EntityStates embedded(EntityPersister target, @Nullable ToOneAttributeMapping embedding) {
    EntityStates found = states.get(target);
    if (found == null) {
      found = new EntityStates(target, factory, identifiersOf(target));
      states.put(target, found);
      unread.add(found);
    }
    ways.add(new Way(found, embedding));
    return found;
  }

  /** The plan of one class, with what it inherits. */
  EntityState classOf(EntityPersister entity) {
    EntityState found = classes.get(entity);
    if (found == null) {
      found = read(entity);
      classes.put(entity, found);
    }
    return found;
  }

  private EntityState read(EntityPersister entity) {
    String name = EntityNames.of(entity, factory);
    boolean calledBack =
        factory
            .getEventEngine()
            .getCallbackRegistry()
            .hasRegisteredCallbacks(entity.getMappedClass(), CallbackType.POST_LOAD);
    if (!entity.isMutable() && calledBack) {
      problems.add(name, Refusals.immutableWithCallback(name));
    }
    return new AttributesReading(name, entity, factory, this).plan();
  }

  /** The ids of an entity. */
  Identifiers identifiersOf(EntityPersister entity) {
    return identifiers.computeIfAbsent(entity, each -> Identifiers.of(each, factory, problems));
  }

  @Nullable Kind markOf(EntityPersister entity, String attribute) {
    return marks.of(entity, attribute);
  }

  void refuse(String entity, String problem) {
    problems.add(entity, problem);
  }

  /**
   * The values of an association in instances.
   *
   * @param declaring the entity that declares it
   * @param attribute a to-one, or a collection
   */
  public AssociationAccess accessTo(EntityPersister declaring, AttributeMapping attribute) {
    return AttributeAccess.to(declaring, attribute);
  }

  /**
   * Whether an owner's row tells what a to-one association leads to, be it nothing. Where it does
   * not, a referenced association's id comes from {@link LoadedReferences}.
   */
  public static boolean isInRow(ToOneAttributeMapping toOne) {
    boolean sharesId = toOne.getCardinality() == ToOneAttributeMapping.Cardinality.ONE_TO_ONE;
    return toOne.getSideNature() != ForeignKeyDescriptor.Nature.TARGET
        && !(sharesId && toOne.isOptional());
  }
}
