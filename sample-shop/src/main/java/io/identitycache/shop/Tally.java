package io.identitycache.shop;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What one request has cost so far. Used by the request's thread alone. */
public final class Tally {

  private final long start = System.nanoTime();
  private final Map<String, Integer> hits = new TreeMap<>();
  private final Map<String, Integer> misses = new TreeMap<>();
  private final Map<String, Integer> invalidated = new TreeMap<>();
  private int storeReads;
  private int statements;

  void storeRead() {
    storeReads++;
  }

  void hit(String name, int keys) {
    hits.merge(name, keys, Integer::sum);
  }

  void miss(String name, int keys) {
    misses.merge(name, keys, Integer::sum);
  }

  void invalidated(String name, int keys) {
    invalidated.merge(name, keys, Integer::sum);
  }

  void statement() {
    statements++;
  }

  /** Round trips to the cache's store. */
  public int storeReads() {
    return storeReads;
  }

  /** Keys that the cache had an answer for, be it that there is no such row. */
  public int hits() {
    return sum(hits);
  }

  /** Keys that the database had to be asked for. */
  public int misses() {
    return sum(misses);
  }

  /** SQL statements sent. */
  public int statements() {
    return statements;
  }

  /** Milliseconds since the request came in, with one decimal. */
  public String milliseconds() {
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / 1e6);
  }

  /** For the log: {@code 2.1 ms, 0 SQL statements, hit Product 1, Product.handle 1}. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(milliseconds() + " ms, " + statements + " SQL");
    append(line, "hit", hits);
    append(line, "miss", misses);
    append(line, "invalidated", invalidated);
    return line.toString();
  }

  private static void append(StringBuilder line, String what, Map<String, Integer> keys) {
    String separator = " | " + what + " ";
    for (Map.Entry<String, Integer> entry : keys.entrySet()) {
      line.append(separator).append(entry.getKey());
      if (entry.getValue() > 1) {
        line.append(" x").append(entry.getValue());
      }
      separator = ", ";
    }
  }

  private static int sum(Map<String, Integer> keys) {
    return keys.values().stream().mapToInt(Integer::intValue).sum();
  }
}
