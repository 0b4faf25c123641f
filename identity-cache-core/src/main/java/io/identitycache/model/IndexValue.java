package io.identitycache.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of an index: one item for each attribute. Made by {@link CachedIndex#valueOf}; two values
 * are equal if a row that has the one has the other.
 *
 * @param items the items, of their attributes' Java types, as a query's parameters
 * @param comparable the items in the form in which they are compared and stand in keys
 */
public record IndexValue(List<@Nullable Object> items, List<@Nullable Object> comparable) {

  /** Copies the lists. */
  public IndexValue {
    items = Collections.unmodifiableList(new ArrayList<>(items));
    comparable = Collections.unmodifiableList(new ArrayList<>(comparable));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IndexValue that && comparable.equals(that.comparable);
  }

  @Override
  public int hashCode() {
    return comparable.hashCode();
  }

  @Override
  public String toString() {
    return items.size() == 1 ? String.valueOf(items.get(0)) : items.toString();
  }
}
