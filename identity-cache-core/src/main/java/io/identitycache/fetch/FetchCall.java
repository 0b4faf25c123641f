package io.identitycache.fetch;

import io.identitycache.fetch.Answer.Origin;
import io.identitycache.fetch.UsagePolicy.Caller;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.model.EntitySource;
import io.identitycache.model.Instances;
import io.identitycache.model.RowReader;
import io.identitycache.model.Tenant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One fetch outside a read-write transaction: who calls, and what has been read so far. Within it
 * one row is one instance, and is read once, whatever leads to it. For one thread.
 */
final class FetchCall {

  private final FetchEnvironment environment;
  private final Caller caller;
  private final Instances instances = new Instances();
  private final Set<RowKey> missing = new HashSet<>();
  private boolean hasRead;

  FetchCall(FetchEnvironment environment, Caller caller) {
    this.environment = environment;
    this.caller = caller;
  }

  /**
   * Where rows are read from, if the store does not have them.
   *
   * @param rows reads the rows of one entity
   * @param takesConnection whether that takes a connection from the pool
   * @param instances take what is made
   */
  record Reading(
      Function<EntitySource<?>, RowReader> rows, boolean takesConnection, Instances instances) {}

  @Nullable Tenant tenant() {
    return caller.tenant();
  }

  /** The database behind the store, as the caller's transaction calls for. */
  RowReader rows(EntitySource<?> source) {
    return caller.usage() == Usage.CACHE
        ? source.rows(caller.tenant())
        : source.rowsOfTransaction();
  }

  /** The instances of rows, all in one batch; rows that do not exist are missing. */
  Map<RowKey, Object> instances(Collection<RowKey> keys) {
    Map<RowKey, Object> found = new HashMap<>();
    Collection<RowKey> unread = hasRead ? unread(keys, found) : keys;
    hasRead = true;
    read(this::rowIndex, unread, Map.of())
        .forEach(
            (key, answer) -> {
              if (answer.value() != null) {
                found.put(key, answer.value());
              } else {
                missing.add(key);
              }
            });
    return found;
  }

  /** The instances of rows as the database has them, past the store. */
  <E> Map<Object, E> unstored(EntitySource<E> source, Collection<Object> ids) {
    hasRead = true;
    Map<Object, E> found = new HashMap<>();
    rows(source)
        .states(ids)
        .forEach((id, state) -> found.put(id, source.hydrate(id, state.content(), instances)));
    return found;
  }

  private Collection<RowKey> unread(Collection<RowKey> keys, Map<RowKey, Object> found) {
    Set<RowKey> unread = new LinkedHashSet<>();
    for (RowKey key : keys) {
      Object known = key.source().known(key.id(), instances);
      if (known != null) {
        found.put(key, known);
      } else if (!missing.contains(key)) {
        unread.add(key);
      }
    }
    return unread;
  }

  private RowIndex rowIndex(Reading reading) {
    return new RowIndex(
        reading.rows(), caller.tenant(), reading.takesConnection(), reading.instances());
  }

  /** Reads through the store, over the connection that the caller's transaction calls for. */
  <K, V> Map<K, Answer<V>> read(
      Function<Reading, Index<K, V>> index, Collection<K> keys, Map<K, byte[]> rejected) {
    ReadThrough readThrough = environment.readThrough();
    FillChoice filling = environment.filling();
    if (caller.usage() == Usage.CACHE) {
      return readThrough.fetch(index.apply(own(instances)), keys, rejected, filling.fill());
    }
    Reading transaction = new Reading(EntitySource::rowsOfTransaction, false, instances);
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
        Index<K, V> behind = index.apply(own(new Instances()));
        filling.background().submit(() -> readThrough.fetch(behind, missed, rejectedSoFar, true));
      }
    }
    return answers;
  }

  private Reading own(Instances into) {
    return new Reading(source -> source.rows(caller.tenant()), true, into);
  }
}
