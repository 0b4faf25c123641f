package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import jakarta.persistence.FlushModeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.query.QueryProducer;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows by values of one index, ordered by id: of each row its id, the indexed attributes, and
 * perhaps one more; never the whole row. One statement for many values. Safe for use by several
 * threads.
 */
final class ValueQuery {

  /** At most this many values or ids in a statement. */
  static final int CHUNK = 500;

  /** With several attributes each value is a term of its own. */
  private static final int CHUNK_OF_COMPOSITES = 128;

  private static final String VALUES = "values";

  private final CachedIndex index;
  private final List<String> paths;
  private final List<Boolean> folded;
  private final boolean withAttribute;
  private final String start;
  private final String end;

  private ValueQuery(MappedEntity<?> mapped, CachedIndex index, @Nullable String attribute) {
    this.index = index;
    this.paths = mapped.queryPathsOf(index).stream().map(path -> "e." + path).toList();
    this.withAttribute = attribute != null;
    this.folded = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      folded.add(index.ignoreCase() && index.attributes().get(i).type() == String.class);
    }
    List<String> idPaths = mapped.queryPathsOfId().stream().map(path -> "e." + path).toList();
    List<String> selected = new ArrayList<>();
    selected.add("id(e)");
    selected.addAll(paths);
    if (attribute != null) {
      selected.add("e." + attribute);
    }
    this.start =
        "select " + String.join(", ", selected) + " from " + index.entityName() + " e where ";
    this.end = " order by " + String.join(", ", idPaths);
  }

  /** The query for the ids of rows. */
  static ValueQuery ofIds(MappedEntity<?> mapped, CachedIndex index) {
    return new ValueQuery(mapped, index, null);
  }

  /** The query for one attribute of rows. */
  static ValueQuery ofAttribute(MappedEntity<?> mapped, CachedAttribute attribute) {
    return new ValueQuery(mapped, attribute.by(), mapped.queryPathOf(attribute));
  }

  /**
   * What was found for one value.
   *
   * @param items the ids, or the attribute, in the order of the ids
   * @param equalInJava whether every row's own value is the one asked for
   */
  record Found(List<@Nullable Object> items, boolean equalInJava) {}

  /** Runs the query; every value is a key, in the order given. */
  Map<IndexValue, Found> run(QueryProducer session, Iterable<IndexValue> values) {
    Map<IndexValue, Found> found = new LinkedHashMap<>();
    values.forEach(value -> found.put(value, new Found(List.of(), true)));
    for (List<IndexValue> statement : statements(found.keySet())) {
      found.putAll(runStatement(session, statement));
    }
    return found;
  }

  private Map<IndexValue, Found> runStatement(QueryProducer session, List<IndexValue> values) {
    Map<IndexValue, List<@Nullable Object>> byValue = new HashMap<>();
    values.forEach(value -> byValue.put(value, new ArrayList<>()));
    List<@Nullable Object> all = new ArrayList<>();
    boolean equalInJava = true;
    for (@Nullable Object[] row : rows(session, values)) {
      @Nullable Object item = row[item(row)];
      all.add(item);
      List<@Nullable Object> own = byValue.get(valueOf(row));
      if (own == null) {
        equalInJava = false;
      } else {
        own.add(item);
      }
    }
    Map<IndexValue, Found> found = new HashMap<>();
    if (equalInJava) {
      byValue.forEach((value, items) -> found.put(value, new Found(items, true)));
    } else if (values.size() == 1) {
      found.put(values.get(0), new Found(all, false));
    } else {
      // a row whose value only the database takes for one of these: ask it, for which
      values.forEach(value -> found.putAll(runStatement(session, List.of(value))));
    }
    return found;
  }

  private int item(@Nullable Object[] row) {
    return withAttribute ? row.length - 1 : 0;
  }

  private IndexValue valueOf(@Nullable Object[] row) {
    return index.valueOf(Arrays.asList(row).subList(1, 1 + paths.size()));
  }

  /**
   * Splits the values over statements: not too many into one, and no two that some collation may
   * take for the same, for then a row of the one would silently be missing from the other.
   */
  private List<List<IndexValue>> statements(Set<IndexValue> values) {
    int limit = paths.size() == 1 ? CHUNK : CHUNK_OF_COMPOSITES;
    List<List<IndexValue>> statements = new ArrayList<>();
    List<Set<List<@Nullable Object>>> collated = new ArrayList<>();
    int firstOpen = 0;
    for (IndexValue value : values) {
      List<@Nullable Object> key = Collation.keyOf(value);
      int i = firstOpen;
      while (i < statements.size()
          && (statements.get(i).size() == limit || collated.get(i).contains(key))) {
        i++;
      }
      if (i == statements.size()) {
        statements.add(new ArrayList<>());
        collated.add(new HashSet<>());
      }
      statements.get(i).add(value);
      collated.get(i).add(key);
      while (firstOpen < statements.size() && statements.get(firstOpen).size() == limit) {
        firstOpen++;
      }
    }
    return statements;
  }

  private List<@Nullable Object[]> rows(QueryProducer session, List<IndexValue> values) {
    boolean single = paths.size() == 1;
    List<List<@Nullable Object>> items = values.stream().map(IndexValue::items).toList();
    String condition = single ? conditionOfSingle(items) : conditionOfComposites(items);
    SelectionQuery<Object[]> query =
        session.createSelectionQuery(start + condition + end, Object[].class);
    seeChanges(session, query);
    if (single) {
      List<Object> present = present(items);
      if (!present.isEmpty()) {
        query.setParameterList(VALUES, present);
      }
    } else {
      bindComposites(query, items);
    }
    return query.getResultList();
  }

  /** The application's changes are to be seen; a session of ours never flushes. */
  static void seeChanges(QueryProducer session, SelectionQuery<?> query) {
    if (session instanceof Session application
        && application.getHibernateFlushMode() == FlushMode.COMMIT) {
      query.setFlushMode(FlushModeType.AUTO);
    }
  }

  private static List<Object> present(List<List<@Nullable Object>> items) {
    List<Object> present = new ArrayList<>(items.size());
    for (List<@Nullable Object> item : items) {
      Object only = item.get(0);
      if (only != null) {
        present.add(only);
      }
    }
    return present;
  }

  private String conditionOfSingle(List<List<@Nullable Object>> items) {
    int present = present(items).size();
    String in = term(0) + " in (:" + VALUES + ")";
    String isNull = paths.get(0) + " is null";
    return present == items.size() ? in : present == 0 ? isNull : "(" + in + " or " + isNull + ")";
  }

  private String conditionOfComposites(List<List<@Nullable Object>> items) {
    StringBuilder condition = new StringBuilder("(");
    for (int i = 0; i < padded(items.size()); i++) {
      List<@Nullable Object> tuple = items.get(Math.min(i, items.size() - 1));
      condition.append(i == 0 ? "(" : " or (");
      for (int j = 0; j < paths.size(); j++) {
        condition.append(j == 0 ? "" : " and ");
        if (tuple.get(j) == null) {
          condition.append(paths.get(j)).append(" is null");
        } else {
          condition.append(term(j)).append(" = :").append(parameter(i, j));
        }
      }
      condition.append(')');
    }
    return condition.append(')').toString();
  }

  private void bindComposites(SelectionQuery<?> query, List<List<@Nullable Object>> items) {
    for (int i = 0; i < padded(items.size()); i++) {
      List<@Nullable Object> tuple = items.get(Math.min(i, items.size() - 1));
      for (int j = 0; j < paths.size(); j++) {
        Object item = tuple.get(j);
        if (item != null) {
          query.setParameter(parameter(i, j), item);
        }
      }
    }
  }

  /** A power of two, by repeating the last value: few statements for Hibernate to keep plans of. */
  private static int padded(int count) {
    return count == 1 ? 1 : Integer.highestOneBit(count - 1) * 2;
  }

  private String term(int attribute) {
    return folded.get(attribute) ? "lower(" + paths.get(attribute) + ")" : paths.get(attribute);
  }

  private static String parameter(int tuple, int attribute) {
    return "v" + tuple + "_" + attribute;
  }
}
