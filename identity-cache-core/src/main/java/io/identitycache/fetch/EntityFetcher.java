package io.identitycache.fetch;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.fetch.UsagePolicy.Caller;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.EntitySource;
import io.identitycache.model.IndexValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one entity type: by id, by index, single attributes, or what an association leads to; one
 * or many, it is one path.
 *
 * <p>What is included is followed level by level, one read of the store for each; so is what the
 * mapping fetches eagerly. In a read-write transaction its session answers and the store is left
 * alone. A failure of the store is never seen; one of the database reaches the caller. Safe for use
 * by several threads.
 *
 * @param <E> the entity's class
 */
public final class EntityFetcher<E> {

  private final EntitySource<E> source;
  private final FetchEnvironment environment;

  /**
   * Fetches what the source reads.
   *
   * @param source one of those of the environment
   * @param environment what the fetches of this cache have in common
   */
  public EntityFetcher(EntitySource<E> source, FetchEnvironment environment) {
    this.source = source;
    this.environment = environment;
  }

  /** The declaration of what is fetched. */
  public CachedEntity<E> entity() {
    return source.entity();
  }

  /** The cached associations, those of other entities too. */
  public AssociationGraph graph() {
    return environment.graph();
  }

  /**
   * The entity with this id; a null id is that of no row. The id is converted first.
   *
   * @throws IllegalArgumentException if it cannot be converted
   */
  public Optional<E> byId(@Nullable Object id, Includes includes) {
    if (id == null) {
      return Optional.empty();
    }
    RowKey key = new RowKey(source, entity().convertId(id));
    return Optional.ofNullable(cast(rows(List.of(key), includes).get(key)));
  }

  /**
   * The entities with these ids: argument order, unknown ids left out, duplicates repeated. Null
   * ids are skipped, the others converted first.
   *
   * @throws IllegalArgumentException if one cannot be converted
   */
  public List<E> byIds(Collection<? extends @Nullable Object> ids, Includes includes) {
    List<RowKey> keys = new ArrayList<>(ids.size());
    for (Object id : ids) {
      if (id != null) {
        keys.add(new RowKey(source, entity().convertId(id)));
      }
    }
    Map<RowKey, Object> rows = rows(new LinkedHashSet<>(keys), includes);
    List<E> found = new ArrayList<>(keys.size());
    for (RowKey key : keys) {
      E row = cast(rows.get(key));
      if (row != null) {
        found.add(row);
      }
    }
    return found;
  }

  /** Whether a row has this id. */
  public boolean exists(@Nullable Object id) {
    if (id == null) {
      return false;
    }
    Set<RowKey> key = Set.of(new RowKey(source, entity().convertId(id)));
    Caller caller = caller(entity().name(), 1);
    return caller.usage() == Usage.SESSION
        ? !managed(key).isEmpty()
        : !new FetchCall(environment, caller).instances(key).isEmpty();
  }

  /**
   * The entities with these index values, in the order of their ids; every distinct value is a key,
   * in the order given.
   */
  public Map<IndexValue, List<E>> byIndex(
      CachedIndex index, Collection<IndexValue> values, Includes includes) {
    Set<IndexValue> distinct = new LinkedHashSet<>(values);
    if (distinct.isEmpty()) {
      return Map.of();
    }
    Caller caller = caller(index.name(), distinct.size());
    if (caller.usage() == Usage.SESSION) {
      Map<IndexValue, List<E>> found = source.managed().entities(index, distinct);
      followManaged(all(found), includes);
      return found;
    }
    IndexLookup<E> lookup = new IndexLookup<>(source, environment, index, caller);
    Map<IndexValue, List<E>> found = lookup.run(distinct);
    follow(lookup.call(), all(found), includes);
    return found;
  }

  private List<E> all(Map<IndexValue, List<E>> found) {
    return found.values().stream().flatMap(List::stream).toList();
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
        new FetchCall(environment, caller)
            .read(reading -> attributeIndex(attribute, reading, caller), distinct, Map.of());
    Map<IndexValue, List<@Nullable Object>> found = new LinkedHashMap<>();
    for (IndexValue value : distinct) {
      Answer<List<@Nullable Object>> answer = answers.get(value);
      found.put(value, answer == null || answer.value() == null ? List.of() : answer.value());
    }
    return found;
  }

  private ValueIndex<@Nullable Object> attributeIndex(
      CachedAttribute attribute, FetchCall.Reading reading, Caller caller) {
    return new ValueIndex<@Nullable Object>(
        attribute.by(),
        source.valuesCodec(attribute),
        values -> reading.rows().apply(source).attributes(attribute, values),
        caller.tenant(),
        reading.takesConnection(),
        entity().timeToLive());
  }

  /**
   * What an association of an entity in hand leads to. The entity itself is left as it is. One that
   * has it loaded is not read again, and one that was fetched knows the ids; of any other, its own
   * row is fetched first. Nothing for an entity without a row. In a read-write transaction, the
   * managed instance of that row tells.
   *
   * @param named the associations that it may be, of which the entity's class has one or none
   */
  public Associated associated(Collection<CachedAssociation> named, E owner) {
    Caller caller = usageOf();
    if (caller.usage() == Usage.SESSION) {
      return managedAssociated(named, owner);
    }
    FetchCall call = new FetchCall(environment, caller);
    StoredTargets targets = new StoredTargets(environment, call);
    Object given = environment.managed().unproxied(owner);
    CachedAssociation association = given == null ? null : of(named, given);
    if (given != null && association == null) {
      return Associated.NOTHING;
    }
    if (given != null && association != null) {
      if (association.access().isLoaded(given)) {
        return Associated.in(given, association.access());
      }
      if (StoredTargets.knowsIds(association, given)) {
        Associated resolved = Associated.of(targets.resolved(association, given));
        follow(call, resolved.list(), Includes.NONE);
        return resolved;
      }
    }
    Object row = row(owner, call);
    CachedAssociation ofRow = row == null ? null : of(named, row);
    if (row == null || ofRow == null) {
      return Associated.NOTHING;
    }
    if (!ofRow.access().isLoaded(row)) {
      targets.load(Map.of(ofRow, List.of(row)));
    }
    return loaded(ofRow, row, call);
  }

  private Associated loaded(CachedAssociation association, Object row, FetchCall call) {
    if (!association.access().isLoaded(row)) {
      return Associated.NOTHING; // what the key of its row leads to is gone
    }
    Associated loaded = Associated.in(row, association.access());
    if (association.target() != null) {
      follow(call, loaded.list(), Includes.NONE);
    }
    return loaded;
  }

  private @Nullable Object row(E owner, FetchCall call) {
    RowKey key = key(owner);
    return key == null ? null : call.instances(Set.of(key)).get(key);
  }

  private Associated managedAssociated(Collection<CachedAssociation> named, E owner) {
    RowKey key = key(owner);
    if (key == null) {
      return Associated.NOTHING;
    }
    environment.listeners().report(Kind.BYPASS, entity().name(), 1);
    Object instance = managed(Set.of(key)).get(key);
    Object managed = instance == null ? null : environment.managed().unproxied(instance);
    CachedAssociation association = managed == null ? null : of(named, managed);
    if (managed == null || association == null) {
      return Associated.NOTHING;
    }
    environment.managed().load(association, List.of(managed));
    return Associated.in(managed, association.access());
  }

  private static @Nullable CachedAssociation of(
      Collection<CachedAssociation> named, Object instance) {
    for (CachedAssociation association : named) {
      if (association.access().isOf(instance)) {
        return association;
      }
    }
    return null;
  }

  /** Null for a new entity, which has no id yet. */
  private @Nullable RowKey key(E owner) {
    @Nullable Object id = source.idOf(owner);
    return id == null ? null : new RowKey(source, id);
  }

  private Map<RowKey, Object> rows(Collection<RowKey> keys, Includes includes) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Caller caller = caller(entity().name(), keys.size());
    if (caller.usage() == Usage.SESSION) {
      Map<RowKey, Object> rows = managed(keys);
      followManaged(rows.values(), includes);
      return rows;
    }
    FetchCall call = new FetchCall(environment, caller);
    Map<RowKey, Object> rows = call.instances(keys);
    follow(call, rows.values(), includes);
    return rows;
  }

  private Map<RowKey, Object> managed(Collection<RowKey> keys) {
    Map<RowKey, Object> rows = new LinkedHashMap<>();
    source
        .managed()
        .entities(keys.stream().map(RowKey::id).toList())
        .forEach((id, row) -> rows.put(new RowKey(source, id), row));
    return rows;
  }

  private void follow(FetchCall call, Collection<?> entities, Includes includes) {
    if (!includes.isEmpty() || !environment.eager().isEmpty()) {
      new AssociationWalk(new StoredTargets(environment, call)).follow(entities, includes);
    }
  }

  private void followManaged(Collection<?> entities, Includes includes) {
    if (!includes.isEmpty()) {
      new AssociationWalk(new ManagedTargets(environment.managed())).follow(entities, includes);
    }
  }

  private Caller caller(String name, int keys) {
    Caller caller = usageOf();
    if (caller.usage() == Usage.SESSION) {
      environment.listeners().report(Kind.BYPASS, name, keys);
    }
    return caller;
  }

  private Caller usageOf() {
    return environment.usage().caller(entity());
  }

  private @Nullable E cast(@Nullable Object row) {
    return row == null ? null : entity().javaType().cast(row);
  }
}
