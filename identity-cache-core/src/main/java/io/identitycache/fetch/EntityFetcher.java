package io.identitycache.fetch;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListeners;
import io.identitycache.fetch.Answer.Origin;
import io.identitycache.fetch.UsagePolicy.Caller;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.EntitySource;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Instances;
import io.identitycache.model.RowReader;
import io.identitycache.model.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one entity type: by id, by index, or single attributes; one or many, it is one path.
 *
 * <p>In a read-write transaction its session answers and the store is left alone. A failure of the
 * store is never seen; one of the database reaches the caller. Safe for use by several threads.
 *
 * @param <E> the entity's class
 */
public final class EntityFetcher<E> {

  private final EntitySource<E> source;
  private final ReadThrough readThrough;
  private final UsagePolicy usage;
  private final FillChoice filling;
  private final CacheListeners listeners;

  /**
   * Fetches what the source reads.
   *
   * @param source one of those of the environment
   * @param environment what the fetches of this cache have in common
   */
  public EntityFetcher(EntitySource<E> source, FetchEnvironment environment) {
    this.source = source;
    this.readThrough = environment.readThrough();
    this.usage = environment.usage();
    this.filling = environment.filling();
    this.listeners = environment.listeners();
  }

  /** The declaration of what is fetched. */
  public CachedEntity<E> entity() {
    return source.entity();
  }

  /**
   * The entity with this id; a null id is that of no row. The id is converted first.
   *
   * @throws IllegalArgumentException if it cannot be converted
   */
  public Optional<E> byId(@Nullable Object id) {
    if (id == null) {
      return Optional.empty();
    }
    Object converted = entity().convertId(id);
    return Optional.ofNullable(instances(List.of(converted)).get(converted));
  }

  /**
   * The entities with these ids: argument order, unknown ids left out, duplicates repeated. Null
   * ids are skipped, the others converted first.
   *
   * @throws IllegalArgumentException if one cannot be converted
   */
  public List<E> byIds(Collection<? extends @Nullable Object> ids) {
    List<Object> comparable = new ArrayList<>(ids.size());
    Map<Object, Object> distinct = new LinkedHashMap<>();
    for (Object id : ids) {
      if (id != null) {
        Object converted = entity().convertId(id);
        comparable.add(entity().comparableId(converted));
        distinct.putIfAbsent(entity().comparableId(converted), converted);
      }
    }
    Map<Object, E> instances = instances(distinct.values());
    List<E> found = new ArrayList<>(comparable.size());
    for (Object id : comparable) {
      E instance = instances.get(distinct.get(id));
      if (instance != null) {
        found.add(instance);
      }
    }
    return found;
  }

  /** Whether a row has this id. */
  public boolean exists(@Nullable Object id) {
    return byId(id).isPresent();
  }

  /**
   * The entities with these index values, in the order of their ids; every distinct value is a key,
   * in the order given.
   */
  public Map<IndexValue, List<E>> byIndex(CachedIndex index, Collection<IndexValue> values) {
    Set<IndexValue> distinct = new LinkedHashSet<>(values);
    if (distinct.isEmpty()) {
      return Map.of();
    }
    Caller caller = caller(index.name(), distinct.size());
    if (caller.usage() == Usage.SESSION) {
      return source.managed().entities(index, distinct);
    }
    return new IndexLookup(index, caller).run(distinct);
  }

  /**
   * The attribute of the rows with these values, in the order of their ids; every distinct value is
   * a key, in the order given.
   */
  public Map<IndexValue, List<@Nullable Object>> attribute(
      CachedAttribute attribute, Collection<IndexValue> values) {
    Set<IndexValue> distinct = new LinkedHashSet<>(values);
    if (distinct.isEmpty()) {
      return Map.of();
    }
    Caller caller = caller(attribute.by().name(), distinct.size());
    if (caller.usage() == Usage.SESSION) {
      return source.managed().attributes(attribute, distinct);
    }
    Map<IndexValue, Answer<List<@Nullable Object>>> answers =
        read(rows -> attributeIndex(attribute, rows, caller), distinct, Map.of(), caller);
    Map<IndexValue, List<@Nullable Object>> found = new LinkedHashMap<>();
    distinct.forEach(value -> found.put(value, items(answers.get(value))));
    return found;
  }

  private Map<Object, E> instances(Collection<Object> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Caller caller = caller(entity().name(), ids.size());
    return caller.usage() == Usage.SESSION
        ? source.managed().entities(ids)
        : instances(ids, caller);
  }

  private Map<Object, E> instances(Collection<Object> ids, Caller caller) {
    Map<Object, E> found = new HashMap<>();
    read(rows -> entityIndex(rows, caller), ids, Map.of(), caller)
        .forEach(
            (id, answer) -> {
              if (answer.value() != null) {
                found.put(id, answer.value());
              }
            });
    return found;
  }

  private Caller caller(String name, int keys) {
    Caller caller = usage.caller(entity());
    if (caller.usage() == Usage.SESSION) {
      listeners.report(Kind.BYPASS, name, keys);
    }
    return caller;
  }

  /** Reads through the store, over the connection that the caller's transaction calls for. */
  private <K, V> Map<K, Answer<V>> read(
      Function<RowsInUse, Index<K, V>> index,
      Collection<K> keys,
      Map<K, byte[]> rejected,
      Caller caller) {
    RowsInUse own = new RowsInUse(source.rows(caller.tenant()), true);
    if (caller.usage() == Usage.CACHE) {
      return readThrough.fetch(index.apply(own), keys, rejected, filling.fill());
    }
    RowsInUse transaction = new RowsInUse(source.rowsOfTransaction(), false);
    Map<K, Answer<V>> answers =
        readThrough.fetch(index.apply(transaction), keys, rejected, filling.direct());
    if (filling.background() != null) {
      Set<K> missed = new LinkedHashSet<>();
      answers.forEach(
          (key, answer) -> {
            if (answer.origin() == Origin.UNFILLED) {
              missed.add(key);
            }
          });
      if (!missed.isEmpty()) {
        // the caller goes on adding to its own
        Map<K, byte[]> rejectedSoFar = Map.copyOf(rejected);
        filling
            .background()
            .submit(() -> readThrough.fetch(index.apply(own), missed, rejectedSoFar, true));
      }
    }
    return answers;
  }

  private EntityIndex<E> entityIndex(RowsInUse rows, Caller caller) {
    return new EntityIndex<>(
        source, rows.reader(), caller.tenant(), rows.takesConnection(), new Instances());
  }

  private ValueIndex<Object> idsIndex(CachedIndex index, RowsInUse rows, Caller caller) {
    return new ValueIndex<>(
        index,
        source.idsCodec(),
        values -> rows.reader().ids(index, values),
        caller.tenant(),
        rows.takesConnection(),
        entity().timeToLive());
  }

  private ValueIndex<@Nullable Object> attributeIndex(
      CachedAttribute attribute, RowsInUse rows, Caller caller) {
    return new ValueIndex<@Nullable Object>(
        attribute.by(),
        source.valuesCodec(attribute),
        values -> rows.reader().attributes(attribute, values),
        caller.tenant(),
        rows.takesConnection(),
        entity().timeToLive());
  }

  private static <T extends @Nullable Object> List<T> items(@Nullable Answer<List<T>> answer) {
    return answer == null || answer.value() == null ? List.of() : answer.value();
  }

  /** A reader of rows, and whether it takes a connection from the pool. */
  private record RowsInUse(RowReader reader, boolean takesConnection) {}

  /**
   * One lookup by index: ids first, then the entities, then the check that each entity still has
   * the value. What fails the check is looked up once more; what fails again is answered by the
   * database alone, since somebody is changing it right now, or has changed it behind the library's
   * back.
   */
  private final class IndexLookup {

    private static final int ROUNDS = 2;

    private final CachedIndex index;
    private final Caller caller;
    private final Map<IndexValue, List<E>> found = new HashMap<>();

    IndexLookup(CachedIndex index, Caller caller) {
      this.index = index;
      this.caller = caller;
    }

    Map<IndexValue, List<E>> run(Set<IndexValue> values) {
      Map<IndexValue, byte[]> rejected = new HashMap<>();
      Set<IndexValue> open = values;
      for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
        open = lookUp(open, rejected);
      }
      if (!open.isEmpty()) {
        askDatabase(open);
      }
      Map<IndexValue, List<E>> ordered = new LinkedHashMap<>();
      values.forEach(value -> ordered.put(value, found.getOrDefault(value, List.of())));
      return ordered;
    }

    /** Looks values up, and returns those whose answer failed the check. */
    private Set<IndexValue> lookUp(Set<IndexValue> values, Map<IndexValue, byte[]> rejected) {
      Map<IndexValue, Answer<List<Object>>> answers =
          read(rows -> idsIndex(index, rows, caller), values, rejected, caller);
      Set<Object> ids = new LinkedHashSet<>();
      answers.values().forEach(answer -> ids.addAll(items(answer)));
      Map<Object, E> instances = ids.isEmpty() ? Map.of() : instances(ids, caller);
      Set<IndexValue> failed = new LinkedHashSet<>();
      for (IndexValue value : values) {
        Answer<List<Object>> answer = answers.get(value);
        List<E> rows = new ArrayList<>();
        boolean right = true;
        for (Object id : items(answer)) {
          E instance = instances.get(id);
          if (instance == null) {
            right = false;
          } else {
            rows.add(instance);
            right &=
                (answer != null && answer.origin() == Origin.UNEQUAL_IN_JAVA)
                    || value.equals(source.valueOf(index, instance));
          }
        }
        if (right) {
          found.put(value, rows);
        } else {
          failed.add(value);
          if (answer != null && answer.stored() != null) {
            rejected.put(value, answer.stored());
          }
        }
      }
      return failed;
    }

    private void askDatabase(Set<IndexValue> values) {
      RowReader rows =
          caller.usage() == Usage.CACHE ? source.rows(caller.tenant()) : source.rowsOfTransaction();
      Map<IndexValue, Rows<Object>> ids = rows.ids(index, values);
      Set<Object> all = new LinkedHashSet<>();
      ids.values().forEach(found -> all.addAll(found.items()));
      Map<Object, E> instances = new HashMap<>();
      if (!all.isEmpty()) {
        Instances made = new Instances();
        rows.states(all)
            .forEach((id, state) -> instances.put(id, source.hydrate(id, state.content(), made)));
      }
      ids.forEach(
          (value, rowsFound) ->
              found.put(
                  value,
                  rowsFound.items().stream()
                      .map(instances::get)
                      .filter(Objects::nonNull)
                      // it may have moved away between the two queries
                      .filter(
                          instance ->
                              !rowsFound.equalInJava()
                                  || value.equals(source.valueOf(index, instance)))
                      .toList()));
    }
  }
}
