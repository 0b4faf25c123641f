package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.state.LoadedReferences;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.engine.spi.EffectiveEntityGraph;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.graph.GraphSemantic;
import org.hibernate.graph.spi.RootGraphImplementor;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * Loads rows of one entity with all that is embedded in them: one statement for the rows and their
 * embedded to-ones, one for each embedded collection, whatever its depth, and one for each
 * referenced association of which ids are kept; however many owners there are. Nothing else is
 * read: every query has an empty fetch graph, under which no association is followed because its
 * mapping says so. Safe for use by several threads.
 *
 * @param <E> the entity's class
 */
final class TreeQueries<E> {

  private final SessionFactoryImplementor factory;
  private final MappedEntity<E> mapped;
  private final EntityIds ids;
  private final String joins;
  private final boolean needsGraph;
  private final boolean byQuery;
  private final EmbeddedTree tree;
  private final List<FetchQuery> collections = new ArrayList<>();
  private final List<ReferenceQuery> references = new ArrayList<>();

  TreeQueries(
      SessionFactoryImplementor factory, MappedEntity<E> mapped, MappedAssociations associations) {
    this.factory = factory;
    this.mapped = mapped;
    this.ids = EntityIds.of(mapped.persister());
    this.joins = ToOneJoins.of(mapped.persister(), "e", associations);
    this.needsGraph = !joins.isEmpty() || EagerAttributes.anyIn(mapped.persister());
    this.byQuery = !joins.isEmpty() || IdQuery.isNeededFor(mapped.persister());
    this.tree = EmbeddedTree.of(mapped.persister(), associations);
    tree.collections().forEach(role -> collections.add(new FetchQuery(role, associations)));
    tree.references().forEach(each -> references.add(new ReferenceQuery(each)));
  }

  /** The rows alone, with their embedded to-ones. One statement. */
  List<?> roots(Session session, List<Object> asked) {
    return byQuery ? query(session, asked) : load(session, asked);
  }

  /**
   * Loads all that is embedded in the rows, and the ids of what they reference.
   *
   * @param roots what {@link #roots} has given
   */
  LoadedReferences complete(Session session, Collection<?> roots) {
    Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    roots.forEach(root -> addWithToOnes(root, known));
    for (FetchQuery query : collections) {
      MappedAssociation role = query.association();
      List<Object> owners = ownersOf(role, known);
      if (!owners.isEmpty()) {
        query.run(factory, (SharedSessionContractImplementor) session, owners);
      }
      if (role.target() != null) {
        for (Object owner : owners) {
          role.association().access().targets(owner).forEach(each -> addWithToOnes(each, known));
        }
      }
    }
    if (references.isEmpty()) {
      return LoadedReferences.NONE;
    }
    FoundReferences found = new FoundReferences();
    for (ReferenceQuery query : references) {
      query.run(factory, session, ownersOf(query.association(), known), found);
    }
    return found;
  }

  private void addWithToOnes(Object row, Set<Object> known) {
    // a to-one of a row that came earlier may have made a proxy of it, which has no values itself
    Object instance = Hibernate.unproxy(row);
    if (known.add(instance)) {
      for (MappedAssociation toOne : tree.toOnes()) {
        if (toOne.owner().getMappedClass().isInstance(instance)) {
          toOne
              .association()
              .access()
              .targets(instance)
              .forEach(target -> addWithToOnes(target, known));
        }
      }
    }
  }

  private static List<Object> ownersOf(MappedAssociation association, Set<Object> known) {
    Class<?> declaring = association.owner().getMappedClass();
    return known.stream().filter(declaring::isInstance).toList();
  }

  private List<?> load(Session session, List<Object> asked) {
    EffectiveEntityGraph graph =
        ((SharedSessionContractImplementor) session)
            .getLoadQueryInfluencers()
            .getEffectiveEntityGraph();
    if (needsGraph && graph.getGraph() == null) {
      graph.applyGraph(
          (RootGraphImplementor<?>) FetchQuery.nothing(session, mapped.entity().javaType()),
          GraphSemantic.FETCH);
    }
    List<Object> found = new ArrayList<>(asked.size());
    for (@Nullable Object entity :
        session
            .byMultipleIds(mapped.persister().getEntityName())
            .withBatchSize(asked.size())
            .enableOrderedReturn(false)
            .multiLoad(asked)) {
      if (entity != null) {
        found.add(entity);
      }
    }
    return found;
  }

  private List<?> query(Session session, List<Object> asked) {
    IdCondition condition = IdCondition.of("e", ids, asked);
    SelectionQuery<E> query =
        session.createSelectionQuery(
            "select e from " + mapped.entity().name() + " e" + joins + " where " + condition.text(),
            mapped.entity().javaType());
    condition.bind(query);
    if (needsGraph) {
      query.setEntityGraph(
          FetchQuery.nothing(session, mapped.entity().javaType()), GraphSemantic.FETCH);
    }
    return query.getResultList();
  }
}
