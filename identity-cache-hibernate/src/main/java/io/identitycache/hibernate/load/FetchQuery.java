package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import jakarta.persistence.EntityGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SharedSessionContract;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.graph.GraphSemantic;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * Loads one association of many owners, the empty ones included, with what it leads to and the
 * to-ones embedded in that; in one statement, as long as the owners' ids fit into one. Hibernate
 * itself makes the collections, in their declared order. Safe for use by several threads.
 */
final class FetchQuery {

  private final MappedAssociation association;
  private final EntityIds ids;
  private final boolean needsGraph;
  private final String ofManaged;

  /** Owners that the session does not have yet are read whole. */
  private final String ofCopies;

  FetchQuery(MappedAssociation association, MappedAssociations associations) {
    this.association = association;
    this.ids = EntityIds.of(association.owner());
    ManagedMappingType element = elementOf(association);
    String joins = element == null ? "" : ToOneJoins.of(element, "t", associations);
    String joinsOfOwner = ToOneJoins.of(association.owner(), "e", associations);
    // what is joined may lead on to what is eager
    this.needsGraph =
        !joins.isEmpty()
            || !joinsOfOwner.isEmpty()
            || EagerAttributes.anyIn(association.owner())
            || (element != null && EagerAttributes.anyIn(element));
    String owners = "select e from " + association.owner().getEntityName() + " e";
    String fetch = " left join fetch e." + association.association().name() + " t" + joins;
    this.ofManaged = owners + fetch + " where ";
    // a one-to-one without a column of its own is among the owner's joins already
    this.ofCopies =
        owners + (association.collection() == null ? "" : fetch) + joinsOfOwner + " where ";
  }

  private static @Nullable ManagedMappingType elementOf(MappedAssociation association) {
    PluralAttributeMapping plural = association.collection();
    if (association.target() != null) {
      return association.target();
    }
    return plural != null
            && plural.getElementDescriptor() instanceof EmbeddableValuedModelPart embeddables
        ? embeddables.getEmbeddableTypeDescriptor()
        : null;
  }

  MappedAssociation association() {
    return association;
  }

  EntityIds ids() {
    return ids;
  }

  /**
   * Loads it.
   *
   * @return the owners, as the session gives them: a stateful one those that it has
   */
  List<Object> run(
      SessionFactoryImplementor factory,
      SharedSessionContractImplementor session,
      Collection<?> owners) {
    List<Object> ownerIds = new ArrayList<>(owners.size());
    owners.forEach(owner -> ownerIds.add(ids.idOf(owner)));
    String start = session instanceof Session ? ofManaged : ofCopies;
    List<Object> found = new ArrayList<>();
    for (List<Object> asked : IdCondition.statements(factory, ids, ownerIds)) {
      IdCondition condition = IdCondition.of("e", ids, asked);
      SelectionQuery<?> query =
          condition.bind(session.createSelectionQuery(start + condition.text(), Object.class));
      if (needsGraph) {
        query.setEntityGraph(
            nothing(session, association.owner().getMappedClass()), GraphSemantic.FETCH);
      }
      ValueQuery.seeChanges(session, query);
      found.addAll(query.getResultList());
    }
    return found;
  }

  /** An empty fetch graph: every association is lazy, whatever its mapping says. */
  @SuppressWarnings("rawtypes") // the graph is of the query's own rows
  static EntityGraph nothing(SharedSessionContract session, Class<?> entityClass) {
    return session.createEntityGraph(entityClass);
  }
}
