package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.query.SelectionQuery;

/**
 * The condition of a query that rows have one of these ids. The ids are bound by the paths of their
 * parts, so that each takes the type of its column, whatever that is.
 *
 * @param text the condition
 * @param ids the ids' kind
 * @param values the ids
 */
record IdCondition(String text, EntityIds ids, List<?> values) {

  /** Where a dialect names no limit, the protocol or the driver still has one. */
  private static final int MOST_PARAMETERS = 30_000;

  /** Ids of several parts are a term each, and databases give up on conditions of too many. */
  private static final int MOST_COMPOSITES = 500;

  /** Leaves room for parameters that a mapping adds of its own: tenants. */
  private static final int OTHER_PARAMETERS = 16;

  private static final String NAME = "ids";

  /**
   * The condition.
   *
   * @param alias the row's alias, or the path to it
   * @param values not empty
   */
  static IdCondition of(String alias, EntityIds ids, Collection<?> values) {
    List<String> paths = ids.queryPaths();
    if (paths.size() == 1) {
      return new IdCondition(
          alias + "." + paths.get(0) + " in (:" + NAME + ")", ids, List.copyOf(values));
    }
    List<String> terms = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      List<String> parts = new ArrayList<>(paths.size());
      for (int j = 0; j < paths.size(); j++) {
        parts.add(alias + "." + paths.get(j) + " = :" + parameter(i, j));
      }
      terms.add("(" + String.join(" and ", parts) + ")");
    }
    return new IdCondition("(" + String.join(" or ", terms) + ")", ids, List.copyOf(values));
  }

  /** Binds the ids to a query that holds the text. */
  <Q extends SelectionQuery<?>> Q bind(Q query) {
    int width = ids.queryPaths().size();
    List<Object> single = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      List<Object> parts = ids.parts(values.get(i));
      if (width == 1) {
        single.add(parts.get(0));
      }
      for (int j = 0; width > 1 && j < width; j++) {
        query.setParameter(parameter(i, j), parts.get(j));
      }
    }
    if (width == 1) {
      query.setParameterList(NAME, single);
    }
    return query;
  }

  /** Splits ids over as few statements as the database's limit of parameters allows. */
  static List<List<Object>> statements(
      SessionFactoryImplementor factory, EntityIds ids, Collection<?> values) {
    Dialect dialect = factory.getJdbcServices().getDialect();
    int limit = dialect.getParameterCountLimit();
    int width = ids.queryPaths().size();
    int parameters = limit <= 0 ? MOST_PARAMETERS : Math.min(limit, MOST_PARAMETERS);
    int most = Math.max(1, (parameters - OTHER_PARAMETERS) / width);
    if (width > 1) {
      most = Math.min(most, MOST_COMPOSITES);
    }
    List<Object> all = new ArrayList<>(values);
    List<List<Object>> statements = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      statements.add(all.subList(from, Math.min(all.size(), from + most)));
    }
    return statements;
  }

  private static String parameter(int id, int part) {
    return "v" + id + "_" + part;
  }
}
