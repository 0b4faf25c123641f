package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.state.LoadedReferences;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.RowReader;
import io.identitycache.model.RowState;
import io.identitycache.model.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Reads rows in a session of the library's own. */
final class SessionRows<E> implements RowReader {

  private final MappedEntity<E> mapped;
  private final TreeQueries<E> tree;
  private final ValueQueries queries;
  private final SessionUse sessions;

  SessionRows(
      MappedEntity<E> mapped, TreeQueries<E> tree, ValueQueries queries, SessionUse sessions) {
    this.mapped = mapped;
    this.tree = tree;
    this.queries = queries;
    this.sessions = sessions;
  }

  @Override
  public Map<Object, RowState> states(Collection<?> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    List<Object> distinct = new ArrayList<>(new LinkedHashSet<>(ids));
    return sessions.read(
        session -> {
          Map<Object, RowState> states = new HashMap<>();
          for (int from = 0; from < distinct.size(); from += ValueQuery.CHUNK) {
            int to = Math.min(distinct.size(), from + ValueQuery.CHUNK);
            addStates(session, distinct.subList(from, to), states);
            session.clear();
          }
          return states;
        });
  }

  @Override
  public @Nullable Object row(Object id) {
    return sessions.read(
        session -> {
          List<?> found = tree.roots(session, List.of(id));
          return found.isEmpty() ? null : found.get(0);
        });
  }

  private void addStates(Session session, List<Object> ids, Map<Object, RowState> states) {
    List<?> roots = tree.roots(session, ids);
    LoadedReferences references = tree.complete(session, roots);
    Set<Object> asked = new HashSet<>(ids);
    for (Object root : roots) {
      states.put(
          mapped.idOf(root, asked),
          mapped.states().dehydrate(root, (SharedSessionContractImplementor) session, references));
    }
  }

  @Override
  public Map<IndexValue, Rows<Object>> ids(CachedIndex index, Collection<IndexValue> values) {
    return rows(queries.ofIds(index), values, Objects::requireNonNull);
  }

  @Override
  public Map<IndexValue, Rows<@Nullable Object>> attributes(
      CachedAttribute attribute, Collection<IndexValue> values) {
    return rows(queries.of(attribute), values, Function.identity());
  }

  private <T extends @Nullable Object> Map<IndexValue, Rows<T>> rows(
      ValueQuery query, Collection<IndexValue> values, Function<@Nullable Object, T> item) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<IndexValue, Rows<T>> rows = new LinkedHashMap<>();
    sessions
        .read(session -> query.run(session, values))
        .forEach(
            (value, found) -> {
              List<T> items = new ArrayList<>(found.items().size());
              found.items().forEach(each -> items.add(item.apply(each)));
              rows.put(value, new Rows<>(items, found.equalInJava()));
            });
    return rows;
  }
}
