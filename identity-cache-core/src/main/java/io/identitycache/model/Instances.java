package io.identitycache.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instances that one call has made: within it, one row is one instance, whatever entry it comes
 * from. For one thread.
 */
public final class Instances {

  private final Map<Row, Object> made = new HashMap<>();

  /** A row, by the name of its hierarchy's topmost entity. */
  private record Row(String hierarchy, Object id) {}

  /**
   * The instance of a row; null if there is none yet.
   *
   * @param hierarchy the name of the topmost entity of the row's hierarchy, cached or not
   * @param comparableId the id in a form with {@code equals} and {@code hashCode}, the same for all
   *     spellings of it
   */
  public @Nullable Object get(String hierarchy, Object comparableId) {
    return made.get(new Row(hierarchy, comparableId));
  }

  /** Makes an instance that of its row. */
  public void put(String hierarchy, Object comparableId, Object instance) {
    made.put(new Row(hierarchy, comparableId), instance);
  }

  /** Takes over what another has collected. */
  public void putAll(Instances others) {
    made.putAll(others.made);
  }
}
