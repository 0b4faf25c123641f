package io.identitycache.fetch;

import io.identitycache.key.CacheKey;
import io.identitycache.model.EntitySource;
import io.identitycache.model.Instances;
import io.identitycache.model.RowReader;
import io.identitycache.model.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows by id, of one cached entity or of several together: the value is an instance of the caller's
 * own.
 *
 * @param rows reads the rows of one entity
 * @param instances those of the call, which one row is one of
 */
record RowIndex(
    Function<EntitySource<?>, RowReader> rows,
    @Nullable Tenant tenant,
    boolean takesConnection,
    Instances instances)
    implements Index<RowKey, Object> {

  @Override
  public String nameOf(RowKey key) {
    return key.entity().name();
  }

  @Override
  public CacheKey keyOf(RowKey key) {
    return key.entity().keyOf(tenant, key.id());
  }

  @Override
  public Map<RowKey, Loaded> load(Collection<RowKey> keys) {
    Map<EntitySource<?>, List<Object>> ids = new LinkedHashMap<>();
    keys.forEach(key -> ids.computeIfAbsent(key.source(), s -> new ArrayList<>()).add(key.id()));
    Map<RowKey, Loaded> loaded = new LinkedHashMap<>();
    ids.forEach(
        (source, ofSource) ->
            rows.apply(source)
                .states(ofSource)
                .forEach((id, state) -> loaded.put(new RowKey(source, id), Loaded.of(state))));
    return loaded;
  }

  @Override
  public Object decode(RowKey key, byte[] content) {
    return key.source().hydrate(key.id(), content, instances);
  }

  @Override
  public Duration timeToLive(RowKey key) {
    return key.entity().timeToLive();
  }
}
