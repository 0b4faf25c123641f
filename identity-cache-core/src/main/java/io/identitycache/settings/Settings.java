package io.identitycache.settings;

import io.identitycache.validation.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the application has set, checked and with the defaults filled in. They are Hibernate
 * settings, whose names begin with {@value Setting#PREFIX}; {@code docs/settings.md} lists them.
 *
 * @param store where entries are kept
 * @param namespace keeps applications apart that share a store
 * @param timeToLive how long a value lives at the most, if its entity says nothing else
 * @param absenceTimeToLive how long the knowledge lives that there is no such row
 * @param operationTimeout how long an operation on the store may take before it counts as failed
 * @param leaseTimeToLive how long the right to fill lives, if nobody takes it over; at least {@link
 *     #SHORTEST_LEASE}
 * @param leaseWait how long a reader waits for somebody else's load before it takes over; shorter
 *     than the lease lives, zero for not at all
 * @param bypass which transactions are not served by the cache
 * @param fill whether fetches store what they load; if not, hits are made of what others stored
 * @param fillFromReadOnlyTransactions how read-only transactions fill
 * @param maxConcurrentLoads how many loads run at the same time in this process, at least 1. Keep
 *     it below the connection pool's size: a load borrows a connection of its own
 * @param entrySizeWarning the bytes of uncompressed content above which an entry is warned of, zero
 *     for never
 * @param refuseWrites whether writing a fetched instance is refused
 * @param enabled whether the cache is used; if not, the store is never touched
 */
public record Settings(
    StoreChoice store,
    String namespace,
    Duration timeToLive,
    Duration absenceTimeToLive,
    Duration operationTimeout,
    Duration leaseTimeToLive,
    Duration leaseWait,
    Bypass bypass,
    boolean fill,
    ReadOnlyFill fillFromReadOnlyTransactions,
    int maxConcurrentLoads,
    long entrySizeWarning,
    boolean refuseWrites,
    boolean enabled) {

  /** The shortest life of a lease: stores count whole seconds, and may end the first one early. */
  public static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

  /** The namespace of an in-process store, if the application names none. */
  public static final String LOCAL_NAMESPACE = "local";

  /**
   * Reads the settings; properties without the prefix are passed over.
   *
   * @param properties names and values: text, or {@link Duration}, {@link Boolean}, {@link Number},
   *     {@link Bypass}, {@link ReadOnlyFill} and {@link io.identitycache.store.CacheStore} objects
   * @param problems takes everything that is wrong; the result is only for use if nothing is
   */
  public static Settings read(Map<String, ?> properties, Problems problems) {
    return new SettingsReader(properties, problems).read();
  }

  /** Whether fetches may use the store. */
  public boolean isOn() {
    return enabled && !(store instanceof StoreChoice.None);
  }

  /** What to warn of once at start-up. */
  public Optional<String> warning() {
    if (enabled && store instanceof StoreChoice.None) {
      return Optional.of(
          "Identity Cache is off, and fetches read the database: set "
              + Setting.SERVERS
              + " to your memcached servers (host:port) or "
              + Setting.STORE
              + " to \"in_process\"; or set "
              + Setting.ENABLED
              + " to \"false\" if that is meant");
    }
    return Optional.empty();
  }
}
