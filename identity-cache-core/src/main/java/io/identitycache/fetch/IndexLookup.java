package io.identitycache.fetch;

import io.identitycache.fetch.Answer.Origin;
import io.identitycache.fetch.UsagePolicy.Caller;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.EntitySource;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One lookup by index: ids first, then the entities, then the check that each entity still has the
 * value. What fails the check is looked up once more; what fails again is answered by the database
 * alone, since somebody is changing it right now, or has changed it behind the library's back.
 *
 * @param <E> the entity's class
 */
final class IndexLookup<E> {

  private static final int ROUNDS = 2;

  private final EntitySource<E> source;
  private final FetchEnvironment environment;
  private final CachedIndex index;
  private final Caller caller;
  private final Map<IndexValue, List<E>> found = new HashMap<>();
  private FetchCall call;

  IndexLookup(
      EntitySource<E> source, FetchEnvironment environment, CachedIndex index, Caller caller) {
    this.source = source;
    this.environment = environment;
    this.index = index;
    this.caller = caller;
    this.call = new FetchCall(environment, caller);
  }

  Map<IndexValue, List<E>> run(Set<IndexValue> values) {
    Map<IndexValue, byte[]> rejected = new HashMap<>();
    Set<IndexValue> open = lookUp(values, rejected);
    for (int round = 1; round < ROUNDS && !open.isEmpty(); round++) {
      anew();
      open = lookUp(open, rejected);
    }
    if (!open.isEmpty()) {
      anew();
      askDatabase(open);
    }
    Map<IndexValue, List<E>> ordered = new LinkedHashMap<>();
    values.forEach(value -> ordered.put(value, found.getOrDefault(value, List.of())));
    return ordered;
  }

  /** The call to go on with: it knows no instance that failed the check. */
  FetchCall call() {
    return call;
  }

  /** An instance that failed the check must be read again, not be found as one that is known. */
  private void anew() {
    call = new FetchCall(environment, caller);
  }

  /** Looks values up, and returns those whose answer failed the check. */
  private Set<IndexValue> lookUp(Set<IndexValue> values, Map<IndexValue, byte[]> rejected) {
    Map<IndexValue, Answer<List<Object>>> answers = call.read(this::idsIndex, values, rejected);
    Set<RowKey> rowKeys = new LinkedHashSet<>();
    answers.values().forEach(answer -> items(answer).forEach(id -> rowKeys.add(key(id))));
    Map<RowKey, Object> instances = rowKeys.isEmpty() ? Map.of() : call.instances(rowKeys);
    Set<IndexValue> failed = new LinkedHashSet<>();
    for (IndexValue value : values) {
      Answer<List<Object>> answer = answers.get(value);
      List<E> rows = new ArrayList<>();
      boolean right = true;
      for (Object id : items(answer)) {
        Object row = instances.get(key(id));
        if (row == null) {
          right = false;
        } else {
          E instance = source.entity().javaType().cast(row);
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

  private RowKey key(Object id) {
    return new RowKey(source, id);
  }

  private ValueIndex<Object> idsIndex(FetchCall.Reading reading) {
    return new ValueIndex<>(
        index,
        source.idsCodec(),
        values -> reading.rows().apply(source).ids(index, values),
        caller.tenant(),
        reading.takesConnection(),
        source.entity().timeToLive());
  }

  private void askDatabase(Set<IndexValue> values) {
    Map<IndexValue, Rows<Object>> ids = call.rows(source).ids(index, values);
    Set<Object> all = new LinkedHashSet<>();
    ids.values().forEach(rows -> all.addAll(rows.items()));
    Map<Object, E> instances = all.isEmpty() ? Map.of() : call.unstored(source, all);
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

  private static List<Object> items(@Nullable Answer<List<Object>> answer) {
    return answer == null || answer.value() == null ? List.of() : answer.value();
  }
}
