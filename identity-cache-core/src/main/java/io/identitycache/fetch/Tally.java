package io.identitycache.fetch;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListeners;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys that one thing happened to, counted by the names under which it is reported. Nearly always
 * there is one name, which costs no map. For one thread.
 */
final class Tally {

  private @Nullable String name;
  private int keys;
  private @Nullable Map<String, Integer> byName;

  void add(String nameOfKey) {
    if (name == null) {
      name = nameOfKey;
    } else if (byName == null && !name.equals(nameOfKey)) {
      byName = new TreeMap<>();
      byName.put(name, keys);
    }
    if (byName != null) {
      byName.merge(nameOfKey, 1, Integer::sum);
    }
    keys++;
  }

  /** Reports an event for each name. */
  void report(CacheListeners listeners, Kind kind, Duration duration) {
    if (byName != null) {
      byName.forEach((each, count) -> listeners.report(kind, each, count, duration));
    } else if (name != null) {
      listeners.report(kind, name, keys, duration);
    }
  }

  /** Reports one event for all names, joined by {@code +}. */
  void reportAsOne(CacheListeners listeners, Kind kind, Duration duration) {
    if (byName != null) {
      listeners.report(kind, String.join("+", byName.keySet()), keys, duration);
    } else {
      report(listeners, kind, duration);
    }
  }
}
