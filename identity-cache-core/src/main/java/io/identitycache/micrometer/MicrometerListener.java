package io.identitycache.micrometer;

import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Binds what the cache does to a Micrometer registry: {@code cache.addListener(new
 * MicrometerListener(registry))}. Safe for use by several threads.
 *
 * <p>Every meter has the tag {@code cache}: the entity, index or attribute, such as {@code
 * Product.handle}. Counters count keys, not calls; timers record one batch, load or wait each.
 *
 * <ul>
 *   <li>{@code cache.gets}, with {@code result}: {@code hit} (a value), {@code absent} (a stored
 *       absence; it spares the database as well), {@code miss}
 *   <li>{@code cache.puts}: loaded values and absences that were stored
 *   <li>{@code cache.evictions}: keys whose deletion the store confirmed; entries that the store
 *       itself dropped are not known here
 *   <li>{@code identity_cache.fills.lost}, {@code .takeovers}, {@code .bypasses}, {@code
 *       .invalidations.failed}, {@code .undecodable}, {@code .too_large}: counters, each as {@link
 *       Kind} defines it
 *   <li>{@code identity_cache.store.reads}, {@code .loads}, {@code .lease.waits}, {@code
 *       .invalidations}: timers
 * </ul>
 */
public final class MicrometerListener implements CacheListener {

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<String, Meters> byName = new ConcurrentHashMap<>();

  /** Binds to a registry. */
  public MicrometerListener(MeterRegistry registry) {
    this(registry, Tags.empty());
  }

  /**
   * Binds to a registry with tags of the application's own on every meter, which keep the caches of
   * several persistence units apart.
   */
  public MicrometerListener(MeterRegistry registry, Iterable<Tag> tags) {
    this.registry = registry;
    this.tags = Tags.of(tags);
  }

  @Override
  public void on(CacheEvent event) {
    byName.computeIfAbsent(event.name(), Meters::new).record(event);
  }

  /** The meters of one entity, index or attribute, all there from the first event on. */
  private final class Meters {

    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);
    private final Map<Kind, Timer> timers = new EnumMap<>(Kind.class);

    Meters(String name) {
      Tags own = tags.and("cache", name);
      count(Kind.HIT, "cache.gets", own.and("result", "hit"));
      count(Kind.ABSENT_HIT, "cache.gets", own.and("result", "absent"));
      count(Kind.MISS, "cache.gets", own.and("result", "miss"));
      count(Kind.FILL, "cache.puts", own);
      count(Kind.INVALIDATION_SENT, "cache.evictions", own);
      count(Kind.FILL_LOST, "identity_cache.fills.lost", own);
      count(Kind.TAKEOVER, "identity_cache.takeovers", own);
      count(Kind.BYPASS, "identity_cache.bypasses", own);
      count(Kind.INVALIDATION_FAILED, "identity_cache.invalidations.failed", own);
      count(Kind.UNDECODABLE, "identity_cache.undecodable", own);
      count(Kind.TOO_LARGE, "identity_cache.too_large", own);
      timers.put(Kind.STORE_READ, registry.timer("identity_cache.store.reads", own));
      timers.put(Kind.FILL, registry.timer("identity_cache.loads", own));
      timers.put(Kind.LEASE_WAIT, registry.timer("identity_cache.lease.waits", own));
      timers.put(Kind.INVALIDATION_SENT, registry.timer("identity_cache.invalidations", own));
    }

    private void count(Kind kind, String meter, Tags meterTags) {
      counters.put(kind, registry.counter(meter, meterTags));
    }

    void record(CacheEvent event) {
      Counter counter = counters.get(event.kind());
      if (counter != null) {
        counter.increment(event.keys());
      }
      Timer timer = timers.get(event.kind());
      if (timer != null) {
        timer.record(event.duration());
      }
    }
  }
}
