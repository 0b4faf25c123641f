package io.identitycache.hibernate.state;

import io.identitycache.hibernate.mappings.Trees.Catalog;
import io.identitycache.hibernate.state.LoadedReferences.References;
import io.identitycache.model.Instances;
import io.identitycache.model.RowState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** Loads catalogs with all that is embedded in them. */
final class LoadedTrees {

  private static final List<String> EMBEDDED =
      List.of(
          "pages",
          "items",
          "favourites",
          "byCode",
          "labels",
          "linked",
          "linkedByName",
          "sorted",
          "entries",
          "tags",
          "lines",
          "prices",
          "sizes",
          "rows",
          "cover",
          "contents",
          "extra",
          "twin");

  private LoadedTrees() {}

  static void load(long id, SessionFactoryImplementor factory, BiConsumer<Catalog, Session> use) {
    factory.inSession(session -> use.accept(load(id, session), session));
  }

  static RowState dehydrate(long id, SessionFactoryImplementor factory, EntityStates states) {
    return factory.fromSession(session -> dehydrate(id, session, states));
  }

  static RowState dehydrate(long id, Session session, EntityStates states) {
    return states.dehydrate(
        load(id, session),
        (SessionImplementor) session,
        (owner, ownerId, attribute) -> references(session, owner, ownerId, attribute));
  }

  static Object hydrated(long id, SessionFactoryImplementor factory, EntityStates states) {
    byte[] state = dehydrate(id, factory, states).content();
    return states.hydrate(id, state, new Instances(), made -> {});
  }

  private static Catalog load(long id, Session session) {
    for (String embedded : EMBEDDED) {
      session
          .createSelectionQuery(
              "from Catalog c left join fetch c." + embedded + " where c.id = :id", Catalog.class)
          .setParameter("id", id)
          .getResultList();
    }
    session
        .createSelectionQuery(
            "from Page p left join fetch p.notes where p.catalog.id = :id", Object.class)
        .setParameter("id", id)
        .getResultList();
    return session.find(Catalog.class, id);
  }

  private static References references(
      Session session, EntityPersister owner, Object id, String attribute) {
    if (attribute.equals("audit")) {
      return of(session, id, "select null, a.id from Audit a where a.catalog.id = :id");
    }
    return switch (attribute) {
      case "offers" ->
          of(session, id, "select null, o.id from Offer o where o.catalog.id = :id order by o.id");
      case "keyed" ->
          of(
              session,
              id,
              "select key(l), l.id from Catalog c join c.keyed l where c.id = :id order by key(l)");
      case "ranked" -> ranked(session, id);
      default -> throw new IllegalArgumentException(owner.getEntityName() + "." + attribute);
    };
  }

  private static References ranked(Session session, Object id) {
    List<Object> ids = new ArrayList<>();
    for (Object[] row :
        session
            .createSelectionQuery(
                "select index(l), l.id from Catalog c join c.ranked l where c.id = :id"
                    + " order by index(l)",
                Object[].class)
            .setParameter("id", id)
            .getResultList()) {
      while (ids.size() < (Integer) row[0]) {
        ids.add(null);
      }
      ids.add(row[1]);
    }
    return new References(List.of(), ids);
  }

  private static References of(Session session, Object id, String query) {
    List<Object> keys = new ArrayList<>();
    List<Object> ids = new ArrayList<>();
    for (Object[] row :
        session
            .createSelectionQuery(query, Object[].class)
            .setParameter("id", id)
            .getResultList()) {
      if (row[0] != null) {
        keys.add(row[0]);
      }
      ids.add(row[1]);
    }
    return new References(keys, ids);
  }
}
