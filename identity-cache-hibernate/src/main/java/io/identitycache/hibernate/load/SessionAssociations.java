package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import io.identitycache.model.AssociationAccess;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.ManagedAssociations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.engine.spi.EffectiveEntityGraph;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.graph.GraphSemantic;
import org.hibernate.graph.spi.RootGraphImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * Loads associations through the application's open session, like its own queries: a collection by
 * one query for all owners, which flushes as the application's would; what a foreign key in the
 * owners' rows leads to by its ids, past those that are managed already. What is loaded that way
 * has its own associations left lazy.
 *
 * <p>A stateless session knows no owners: it reads copies of them, whose association the given
 * owners take. Safe for use by several threads.
 */
public final class SessionAssociations implements ManagedAssociations {

  private final SessionFactoryImplementor factory;
  private final Supplier<SharedSessionContractImplementor> current;
  private final MappedAssociations associations;
  private final Map<CachedAssociation, FetchQuery> queries = new IdentityHashMap<>();
  private final Map<CachedAssociation, EntityIds> targets = new IdentityHashMap<>();

  /**
   * Prepares the queries.
   *
   * @param current gives the session of this thread's open transaction; asked at each call
   */
  public SessionAssociations(
      SessionFactoryImplementor factory,
      MappedAssociations associations,
      Supplier<SharedSessionContractImplementor> current) {
    this.factory = factory;
    this.associations = associations;
    this.current = current;
    for (MappedAssociation mapped : associations.all()) {
      EntityPersister target = mapped.target();
      if (mapped.hasForeignKeyInOwner() && target != null) {
        targets.put(mapped.association(), EntityIds.of(target));
      } else {
        queries.put(mapped.association(), new FetchQuery(mapped, associations));
      }
    }
  }

  @Override
  public void load(CachedAssociation association, Collection<?> owners) {
    List<Object> open = new ArrayList<>();
    for (Object owner : owners) {
      if (!association.access().isLoaded(owner)) {
        open.add(owner);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    SharedSessionContractImplementor session = current.get();
    FetchQuery query = queries.get(association);
    if (query != null) {
      loadByOwners(session, query, open);
    } else {
      loadByForeignKeys(session, associations.of(association), open);
    }
  }

  @Override
  public @Nullable Object unproxied(Object entity) {
    return Hibernate.isInitialized(entity) ? Hibernate.unproxy(entity) : null;
  }

  private void loadByOwners(
      SharedSessionContractImplementor session, FetchQuery query, List<Object> owners) {
    List<Object> found = query.run(factory, session, owners);
    AssociationAccess access = query.association().association().access();
    if (session instanceof Session) {
      for (Object owner : owners) {
        if (!access.isLoaded(owner)) {
          // a filter of the application hides the owner, although it is managed
          initialize(session, query.association(), owner);
        }
      }
      return;
    }
    Map<Object, Object> copies = new HashMap<>();
    found.forEach(copy -> copies.put(query.ids().comparable(query.ids().idOf(copy)), copy));
    for (Object owner : owners) {
      Object copy = copies.get(query.ids().comparable(query.ids().idOf(owner)));
      if (copy != null) {
        set(query.association(), owner, access.value(copy));
      }
    }
  }

  private static void initialize(
      SharedSessionContractImplementor session, MappedAssociation association, Object owner) {
    String name = association.association().name();
    if (!Hibernate.isPropertyInitialized(owner, name)
        && session.getEntityPersister(null, owner) instanceof LazyPropertyInitializer attributes) {
      attributes.initializeLazyProperty(name, owner, session);
    }
    Hibernate.initialize(association.association().access().value(owner));
  }

  private void loadByForeignKeys(
      SharedSessionContractImplementor session,
      MappedAssociation association,
      List<Object> owners) {
    EntityIds ids = targets.get(association.association());
    EntityPersister target = association.target();
    if (ids == null || target == null) {
      throw new IllegalArgumentException(association + " is of another factory");
    }
    Map<Object, Object> asked = new LinkedHashMap<>();
    for (Object owner : owners) {
      List<Object> ofOwner = association.association().access().ids(owner);
      if (ofOwner != null) {
        ofOwner.forEach(id -> asked.put(ids.comparable(id), id));
      }
    }
    Map<Object, Object> found = new HashMap<>();
    for (List<Object> some :
        IdCondition.statements(factory, ids, new ArrayList<>(asked.values()))) {
      for (Object entity : entities(session, target, ids, some)) {
        found.put(ids.comparable(ids.idOf(entity)), entity);
      }
    }
    for (Object owner : owners) {
      Object value = association.association().access().value(owner);
      Object entity = value == null ? null : found.get(ids.comparable(ids.idOf(value)));
      if (session instanceof Session) {
        // takes the managed instance; asks again only for a row that is gone, and then fails as the
        // application's own access would
        Hibernate.initialize(entity == null ? null : value);
      } else if (entity != null) {
        set(association, owner, entity);
      }
    }
  }

  private List<Object> entities(
      SharedSessionContractImplementor session,
      EntityPersister target,
      EntityIds ids,
      List<Object> asked) {
    if (session instanceof Session stateful && !IdQuery.isNeededFor(target)) {
      return load(stateful, target, asked);
    }
    IdCondition condition = IdCondition.of("t", ids, asked);
    SelectionQuery<?> query =
        condition.bind(
            session.createSelectionQuery(
                "select t from "
                    + target.getEntityName()
                    + " t"
                    + ToOneJoins.of(target, "t", associations)
                    + " where "
                    + condition.text(),
                Object.class));
    query.setEntityGraph(FetchQuery.nothing(session, target.getMappedClass()), GraphSemantic.FETCH);
    if (session instanceof Session) {
      // loading by id does not flush
      query.setHibernateFlushMode(FlushMode.MANUAL);
    }
    return List.copyOf(query.getResultList());
  }

  private static List<Object> load(Session session, EntityPersister target, List<Object> asked) {
    EffectiveEntityGraph graph =
        ((SharedSessionContractImplementor) session)
            .getLoadQueryInfluencers()
            .getEffectiveEntityGraph();
    boolean ofApplication = graph.getGraph() != null;
    if (!ofApplication) {
      graph.applyGraph(
          (RootGraphImplementor<?>) FetchQuery.nothing(session, target.getMappedClass()),
          GraphSemantic.FETCH);
    }
    try {
      List<Object> found = new ArrayList<>(asked.size());
      for (@Nullable Object entity :
          session
              .byMultipleIds(target.getEntityName())
              .withBatchSize(asked.size())
              .enableSessionCheck(true)
              .enableReturnOfDeletedEntities(false)
              .enableOrderedReturn(false)
              .multiLoad(asked)) {
        if (entity != null) {
          found.add(entity);
        }
      }
      return found;
    } finally {
      if (!ofApplication) {
        graph.clear();
      }
    }
  }

  private static void set(MappedAssociation association, Object owner, @Nullable Object value) {
    association.attribute().getPropertyAccess().getSetter().set(owner, value);
  }
}
