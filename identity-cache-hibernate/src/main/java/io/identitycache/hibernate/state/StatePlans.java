package io.identitycache.hibernate.state;

import io.identitycache.model.AssociationAccess;
import io.identitycache.validation.Problems;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The plans of one factory's entities, each made once, when it is first asked for: while the
 * mapping is read, by one thread.
 */
public final class StatePlans {

  private final SessionFactoryImplementor factory;
  private final AssociationMarks marks;
  private final Problems problems;
  private final Map<EntityPersister, EntityStates> states = new HashMap<>();

  /**
   * No plans yet.
   *
   * @param factory the factory, of which the mapping is complete
   * @param marks tells which associations are cached; they lead back to the same entity without end
   *     nowhere
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
    return states.computeIfAbsent(topmost, entity -> EntityStates.of(entity, factory, problems));
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
