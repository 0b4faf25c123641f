package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedEntity;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.BasicEntityIdentifierMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.query.QueryProducer;
import org.hibernate.query.SelectionQuery;
import org.hibernate.type.BasicType;

/**
 * Reads entities by id where Hibernate cannot load many at once: in a stateless session of
 * Hibernate 6.6, and where it would bind the ids as another type than their column's.
 */
final class IdQuery {

  private IdQuery() {}

  /**
   * Whether Hibernate's own loading of many fails on databases with arrays: it binds an array of
   * the type that the id's Java type usually has, whatever the column is (an enum as text, a UUID
   * as characters).
   */
  static boolean isNeededFor(EntityPersister entity) {
    if (!(entity.getIdentifierMapping() instanceof BasicEntityIdentifierMapping id)) {
      return false;
    }
    JdbcMapping type = id.getJdbcMapping();
    BasicType<?> usual =
        entity
            .getFactory()
            .getTypeConfiguration()
            .getBasicTypeForJavaType(type.getMappedJavaType().getJavaType());
    return type.getValueConverter() != null
        || usual == null
        || usual.getJdbcType().getDefaultSqlTypeCode()
            != type.getJdbcType().getDefaultSqlTypeCode();
  }

  static List<?> run(QueryProducer session, MappedEntity<?> mapped, List<Object> ids) {
    return query(session, mapped, ids).getResultList();
  }

  /** The query for entities of the application's class. */
  static <E> SelectionQuery<E> query(
      QueryProducer session, MappedEntity<E> mapped, List<Object> ids) {
    List<String> paths = mapped.queryPathsOfId();
    String start = "from " + mapped.entity().name() + " e where ";
    if (paths.size() == 1) {
      return session
          .createSelectionQuery(
              start + "e." + paths.get(0) + " in (:ids)", mapped.entity().javaType())
          .setParameterList("ids", ids);
    }
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      List<String> parts = new ArrayList<>();
      for (int j = 0; j < paths.size(); j++) {
        parts.add("e." + paths.get(j) + " = :v" + i + "_" + j);
      }
      terms.add("(" + String.join(" and ", parts) + ")");
    }
    SelectionQuery<E> query =
        session.createSelectionQuery(
            start + "(" + String.join(" or ", terms) + ")", mapped.entity().javaType());
    for (int i = 0; i < ids.size(); i++) {
      List<Object> parts = mapped.partsOfId(ids.get(i));
      for (int j = 0; j < paths.size(); j++) {
        query.setParameter("v" + i + "_" + j, parts.get(j));
      }
    }
    return query;
  }
}
