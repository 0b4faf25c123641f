package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedEntity;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.query.QueryProducer;
import org.hibernate.query.SelectionQuery;

/** Reads entities by id in a stateless session, which cannot load many at once in Hibernate 6.6. */
final class IdQuery {

  private IdQuery() {}

  static List<?> run(QueryProducer session, MappedEntity<?> mapped, List<Object> ids) {
    List<String> paths = mapped.queryPathsOfId();
    String start = "from " + mapped.entity().name() + " e where ";
    if (paths.size() == 1) {
      return session
          .createSelectionQuery(
              start + "e." + paths.get(0) + " in (:ids)", mapped.entity().javaType())
          .setParameterList("ids", ids)
          .getResultList();
    }
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      List<String> parts = new ArrayList<>();
      for (int j = 0; j < paths.size(); j++) {
        parts.add("e." + paths.get(j) + " = :v" + i + "_" + j);
      }
      terms.add("(" + String.join(" and ", parts) + ")");
    }
    SelectionQuery<?> query =
        session.createSelectionQuery(
            start + "(" + String.join(" or ", terms) + ")", mapped.entity().javaType());
    for (int i = 0; i < ids.size(); i++) {
      List<Object> parts = mapped.partsOfId(ids.get(i));
      for (int j = 0; j < paths.size(); j++) {
        query.setParameter("v" + i + "_" + j, parts.get(j));
      }
    }
    return query.getResultList();
  }
}
