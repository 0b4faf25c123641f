package io.identitycache.hibernate.activation;

import io.identitycache.IdentityCache;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.service.Service;

/** The caches of the open factories of one service registry. Safe for use by several threads. */
public final class ActiveCaches implements Service {

  private static final long serialVersionUID = 1;

  /** By the factory's UUID, which is its own even if two have the same name. */
  private final transient Map<String, ActiveCache> caches = new ConcurrentHashMap<>();

  void opened(SessionFactoryImplementor factory, ActiveCache cache) {
    caches.put(factory.getUuid(), cache);
  }

  void closed(SessionFactoryImplementor factory) {
    ActiveCache cache = caches.remove(factory.getUuid());
    if (cache != null) {
      cache.close();
    }
  }

  /** The factory's cache; empty if it has no cached entities, or is closed. */
  public Optional<IdentityCache> of(SessionFactoryImplementor factory) {
    return Optional.ofNullable(caches.get(factory.getUuid())).map(ActiveCache::cache);
  }
}
