package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import io.identitycache.invalidation.OwnerSearch;
import io.identitycache.model.CachedAssociation;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database who owns rows, by the columns that it holds now: one statement for each
 * question, as long as the ids fit into the parameters of one. Never through a session of the
 * application, which would flush, or is flushing.
 *
 * <p>Filters of the application's session do not apply. Rows that a mapping's own restriction or
 * soft delete hides are not seen, on either side: no entry holds them, and no entry is of them. A
 * write that hides a row, or shows it, tells its owners itself, by its foreign keys before and
 * after.
 *
 * <p>Safe for use by several threads.
 */
public final class OwnerQueries {

  private final SessionFactoryImplementor factory;
  private final MappedAssociations associations;
  private final Map<CachedAssociation, Question> questions = new IdentityHashMap<>();
  private final Map<EntityPersister, EntityIds> ids = new ConcurrentHashMap<>();

  /** A query up to its condition, which is about rows of an alias or path. */
  private record Question(String start, String asked, EntityIds ids) {}

  /** Prepares the queries for all associations to entities. */
  public OwnerQueries(SessionFactoryImplementor factory, MappedAssociations associations) {
    this.factory = factory;
    this.associations = associations;
    for (MappedAssociation mapped : associations.all()) {
      EntityPersister target = mapped.target();
      if (target != null) {
        questions.put(mapped.association(), question(mapped, target));
      }
    }
  }

  private Question question(MappedAssociation mapped, EntityPersister target) {
    String start =
        // Hibernate cannot select the id of an association to an entity with an id class
        mapped.isOwnerInTarget()
                && !(mapped.owner().getIdentifierMapping()
                    instanceof NonAggregatedIdentifierMapping)
            // the target's row tells, without its owner's
            ? "select id(t." + mapped.mappedBy() + ") from " + target.getEntityName() + " t where "
            : "select id(e) from "
                + mapped.owner().getEntityName()
                + " e join e."
                + mapped.association().name()
                + " t where ";
    return new Question(start, "t", idsOf(target));
  }

  /**
   * Asks over the connection of a session's open transaction, whose writes so far are seen as far
   * as they have been flushed. A pending JDBC batch is executed; apart from that the session is
   * left as it is: nothing is flushed, and nothing added to its persistence context. The tenant is
   * the session's.
   */
  public OwnerSearch inTransactionOf(SharedSessionContractImplementor session) {
    return (association, tenant, targetIds) ->
        ask(transactionOf(session), question(association), targetIds);
  }

  /** Asks over a connection of its own: what is committed. */
  public OwnerSearch onOwnConnection() {
    return (association, tenant, targetIds) ->
        ask(new OwnConnection(factory, tenant), question(association), targetIds);
  }

  /**
   * The ids of a child's rows, of whatever class below it, whose to-one association refers to any
   * of these parents: what the database will delete, or leave without a parent, when the parents'
   * rows go. One statement over the connection of the session's transaction, like {@link
   * #inTransactionOf}.
   *
   * @param child the entity that has the attribute
   * @param toOneAttribute its path, with the foreign key in the child's row
   * @param parentIds ids of the entity that it leads to
   */
  public Set<Object> idsReferring(
      SharedSessionContractImplementor session,
      EntityPersister child,
      String toOneAttribute,
      EntityPersister parent,
      Collection<?> parentIds) {
    Question question =
        new Question(
            "select id(c) from " + child.getEntityName() + " c where ",
            "c." + toOneAttribute,
            idsOf(parent));
    return ask(transactionOf(session), question, parentIds);
  }

  /**
   * The ids of the rows that are in a collection of any of these parents. One statement over the
   * connection of the session's transaction, like {@link #inTransactionOf}. Rows that a restriction
   * of the collection hides are not seen.
   *
   * @param parent the entity that has the collection
   * @param collection its path
   */
  public Set<Object> idsInCollection(
      SharedSessionContractImplementor session,
      EntityPersister parent,
      String collection,
      Collection<?> parentIds) {
    Question question =
        new Question(
            "select id(c) from " + parent.getEntityName() + " p join p." + collection + " c where ",
            "p",
            idsOf(parent));
    return ask(transactionOf(session), question, parentIds);
  }

  private SessionUse transactionOf(SharedSessionContractImplementor session) {
    TransactionConnection connection = new TransactionConnection(factory, () -> session);
    return new SessionUse() {
      @Override
      public <R> R read(Function<Session, R> reading) {
        // statements that wait to be sent together have not written yet
        session.getJdbcCoordinator().executeBatch();
        return connection.read(reading);
      }
    };
  }

  private Question question(CachedAssociation association) {
    Question question = questions.get(association);
    if (question == null) {
      throw new IllegalArgumentException(association + " leads to no entity of this factory");
    }
    return question;
  }

  private Set<Object> ask(SessionUse sessions, Question question, Collection<?> targetIds) {
    if (targetIds.isEmpty()) {
      return Set.of();
    }
    return sessions.read(
        session -> {
          Set<Object> found = new LinkedHashSet<>();
          for (List<Object> asked : IdCondition.statements(factory, question.ids(), targetIds)) {
            found.addAll(ask(session, question, asked));
          }
          return found;
        });
  }

  private static Set<Object> ask(Session session, Question question, List<Object> asked) {
    IdCondition condition = IdCondition.of(question.asked(), question.ids(), asked);
    Set<Object> found = new LinkedHashSet<>();
    List<@Nullable Object> rows =
        condition
            .bind(session.createSelectionQuery(question.start() + condition.text(), Object.class))
            .getResultList();
    for (Object id : rows) {
      if (id != null) {
        found.add(id);
      }
    }
    return found;
  }

  private EntityIds idsOf(EntityPersister entity) {
    return ids.computeIfAbsent(entity, EntityIds::of);
  }
}
