package io.identitycache.fetch;

import io.identitycache.key.CacheKey;
import io.identitycache.model.EntitySource;
import io.identitycache.model.Instances;
import io.identitycache.model.RowReader;
import io.identitycache.model.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows by id: the value is an instance of the caller's own. */
record EntityIndex<E>(
    EntitySource<E> source,
    RowReader rows,
    @Nullable Tenant tenant,
    boolean takesConnection,
    Instances instances)
    implements Index<Object, E> {

  @Override
  public String name() {
    return source.entity().name();
  }

  @Override
  public CacheKey keyOf(Object id) {
    return source.entity().keyOf(tenant, id);
  }

  @Override
  public Map<Object, Loaded> load(Collection<Object> ids) {
    Map<Object, Loaded> loaded = new LinkedHashMap<>();
    rows.states(ids).forEach((id, state) -> loaded.put(id, Loaded.of(state)));
    return loaded;
  }

  @Override
  public E decode(Object id, byte[] content) {
    return source.hydrate(id, content, instances);
  }

  @Override
  public Duration timeToLive() {
    return source.entity().timeToLive();
  }
}
