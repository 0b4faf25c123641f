package io.identitycache.fetch;

import io.identitycache.entry.Codec;
import io.identitycache.fetch.Loaded.Storing;
import io.identitycache.key.CacheKey;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Rows;
import io.identitycache.model.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something of the rows that have an index value, in the order of their ids: the ids themselves, or
 * an attribute that is cached by itself. A value without rows is an absence.
 *
 * @param <T> what is read of each row
 */
record ValueIndex<T extends @Nullable Object>(
    CachedIndex by,
    Codec<List<T>> codec,
    Function<Collection<IndexValue>, Map<IndexValue, Rows<T>>> rows,
    @Nullable Tenant tenant,
    boolean takesConnection,
    Duration life)
    implements Index<IndexValue, List<T>> {

  /** Longer lists cost more to move and to keep than the query that they save. */
  static final int LONGEST_LIST = 10_000;

  @Override
  public String nameOf(IndexValue value) {
    return by.name();
  }

  @Override
  public CacheKey keyOf(IndexValue value) {
    return by.keyOf(tenant, value);
  }

  @Override
  public Map<IndexValue, Loaded> load(Collection<IndexValue> values) {
    Map<IndexValue, Loaded> loaded = new LinkedHashMap<>();
    rows.apply(values)
        .forEach(
            (value, found) -> {
              if (!found.items().isEmpty()) {
                loaded.put(value, new Loaded(codec.encode(found.items()), storing(found)));
              }
            });
    return loaded;
  }

  private static Storing storing(Rows<?> rows) {
    if (!rows.equalInJava()) {
      return Storing.UNEQUAL_IN_JAVA;
    }
    return rows.items().size() > LONGEST_LIST ? Storing.TOO_LARGE : Storing.ALLOWED;
  }

  @Override
  public List<T> decode(IndexValue value, byte[] content) {
    return codec.decode(content);
  }

  @Override
  public Duration timeToLive(IndexValue value) {
    return life;
  }
}
