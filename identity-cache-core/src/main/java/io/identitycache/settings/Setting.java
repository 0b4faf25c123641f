package io.identitycache.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings there are. {@code docs/settings.md} describes each one for users. */
public enum Setting {
  /** The memcached servers: {@code host:port}, separated by commas. */
  SERVERS("none"),
  /** Where entries are kept. */
  STORE("memcached if servers are named, else none"),
  /** Keeps applications apart that share a store. */
  NAMESPACE("none; \"local\" for the in-process store"),
  /** How long values live at the most. */
  TIME_TO_LIVE("1d"),
  /** How long absences live at the most. */
  ABSENCE_TIME_TO_LIVE("5m"),
  /** How long an operation on the store may take. */
  OPERATION_TIMEOUT("200ms"),
  /** How long a lease lives. */
  LEASE_TIME_TO_LIVE("10s"),
  /** How long a reader waits for somebody else's load. */
  LEASE_WAIT("100ms"),
  /** Which transactions are not served by the cache. */
  BYPASS("transaction"),
  /** Whether fetches store what they load. */
  FILL("true"),
  /** How read-only transactions fill. */
  FILL_FROM_READ_ONLY_TRANSACTIONS("background"),
  /** How many loads run at the same time. */
  MAX_CONCURRENT_LOADS("8"),
  /** How large an entry may be without a warning. */
  ENTRY_SIZE_WARNING("64kb"),
  /** Whether writing a fetched instance is refused. */
  REFUSE_WRITES("true"),
  /** Whether the cache is used at all. */
  ENABLED("true"),
  /** How much memory the in-process store may take. */
  IN_PROCESS_SIZE("64mb");

  /** What every setting's name begins with. */
  public static final String PREFIX = "hibernate.identity_cache.";

  private final String defaultText;

  Setting(String defaultText) {
    this.defaultText = defaultText;
  }

  /** The name behind the prefix: {@code time_to_live}. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The full name: {@code hibernate.identity_cache.time_to_live}. */
  public String fullName() {
    return PREFIX + shortName();
  }

  /** The default, as one would write it. */
  public String defaultText() {
    return defaultText;
  }

  @Override
  public String toString() {
    return fullName();
  }

  static List<String> shortNames() {
    return Arrays.stream(values()).map(Setting::shortName).toList();
  }

  static Optional<Setting> withShortName(String name) {
    return Arrays.stream(values()).filter(s -> s.shortName().equals(name)).findFirst();
  }
}
