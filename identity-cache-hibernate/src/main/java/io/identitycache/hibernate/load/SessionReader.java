package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.ManagedReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Reads through the application's open session, like its own {@code find} and its own queries:
 * managed instances, its changes included. Through a stateless session, its plain queries.
 */
final class SessionReader<E> implements ManagedReader<E> {

  private final MappedEntity<E> mapped;
  private final ValueQueries queries;
  private final Supplier<SharedSessionContractImplementor> current;

  SessionReader(
      MappedEntity<E> mapped,
      ValueQueries queries,
      Supplier<SharedSessionContractImplementor> current) {
    this.mapped = mapped;
    this.queries = queries;
    this.current = current;
  }

  @Override
  public Map<Object, E> entities(Collection<?> ids) {
    Set<Object> asked = new LinkedHashSet<>(ids);
    List<Object> distinct = new ArrayList<>(asked);
    Map<Object, E> entities = new HashMap<>();
    SharedSessionContractImplementor session = current.get();
    for (int from = 0; from < distinct.size(); from += ValueQuery.CHUNK) {
      List<Object> chunk =
          distinct.subList(from, Math.min(distinct.size(), from + ValueQuery.CHUNK));
      List<?> found =
          session instanceof Session stateful
              ? load(stateful, chunk)
              : IdQuery.run(session, mapped, chunk);
      for (Object entity : found) {
        // another entity of the same hierarchy may be managed under the id
        if (mapped.entity().javaType().isInstance(entity)) {
          entities.put(mapped.idOf(entity, asked), mapped.entity().javaType().cast(entity));
        }
      }
    }
    return entities;
  }

  /** Managed instances cost no query, and removed ones are not there. */
  private List<?> load(Session session, List<Object> ids) {
    String name = mapped.persister().getEntityName();
    if (IdQuery.isNeededFor(mapped.persister())) {
      // one by one: a query would flush, which loading does not
      List<@Nullable Object> found = new ArrayList<>(ids.size());
      ids.forEach(id -> found.add(session.byId(name).load(id)));
      return found;
    }
    return session
        .byMultipleIds(name)
        .withBatchSize(ids.size())
        .enableSessionCheck(true)
        .enableReturnOfDeletedEntities(false)
        .enableOrderedReturn(true)
        .multiLoad(ids);
  }

  @Override
  public Map<IndexValue, List<E>> entities(CachedIndex index, Collection<IndexValue> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<IndexValue, ValueQuery.Found> found = queries.ofIds(index).run(current.get(), values);
    Set<@Nullable Object> ids = new LinkedHashSet<>();
    found.values().forEach(each -> ids.addAll(each.items()));
    Map<Object, E> byId = entities(ids);
    Map<IndexValue, List<E>> entities = new LinkedHashMap<>();
    found.forEach(
        (value, each) -> {
          List<E> ofValue = new ArrayList<>(each.items().size());
          for (Object id : each.items()) {
            E entity = byId.get(id);
            if (entity != null) {
              ofValue.add(entity);
            }
          }
          entities.put(value, ofValue);
        });
    return entities;
  }

  @Override
  public Map<IndexValue, List<@Nullable Object>> attributes(
      CachedAttribute attribute, Collection<IndexValue> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<IndexValue, List<@Nullable Object>> attributes = new LinkedHashMap<>();
    queries
        .of(attribute)
        .run(current.get(), values)
        .forEach((value, found) -> attributes.put(value, found.items()));
    return attributes;
  }
}
