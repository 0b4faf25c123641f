package io.identitycache.repository;

import io.identitycache.model.CachedEntity;
import io.identitycache.validation.NearestName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cached entities by class. Safe for use by several threads. */
public final class EntityCaches {

  private final Map<Class<?>, EntityCache<?>> byClass = new LinkedHashMap<>();

  /** Takes the topmost cached class of every hierarchy. */
  public EntityCaches(Collection<? extends EntityCache<?>> caches) {
    caches.forEach(cache -> byClass.put(cache.fetcher().entity().javaType(), cache));
  }

  /**
   * The entries of a class: its own, or those of the cached class above it, of which only its
   * instances are seen.
   *
   * @throws IllegalArgumentException if it is not cached
   */
  public <E> EntityView<E> of(Class<E> type) {
    return find(type).orElseThrow(() -> new IllegalArgumentException(notCached(type)));
  }

  <E> Optional<EntityView<E>> find(Class<E> type) {
    for (Class<?> above = type; above != null; above = superclass(above)) {
      EntityCache<?> cache = byClass.get(above);
      if (cache != null) {
        @SuppressWarnings("unchecked") // the class above E is what the cache is of
        EntityCache<? super E> ofSuperclass = (EntityCache<? super E>) cache;
        return Optional.of(new EntityView<>(ofSuperclass, type));
      }
    }
    return Optional.empty();
  }

  private static @Nullable Class<?> superclass(Class<?> type) {
    return type.getSuperclass();
  }

  String notCached(Class<?> type) {
    List<String> names =
        byClass.values().stream()
            .map(cache -> cache.fetcher().entity())
            .map(CachedEntity::name)
            .sorted()
            .toList();
    return type.getName()
        + " is not cached: annotate it with @CacheIndex or @IdentityCached."
        + NearestName.hint(type.getSimpleName(), names)
        + " Cached: "
        + (names.isEmpty() ? "nothing" : String.join(", ", names))
        + ".";
  }

  @Override
  public String toString() {
    return byClass.values().stream()
        .map(cache -> cache.fetcher().entity().name())
        .toList()
        .toString();
  }
}
