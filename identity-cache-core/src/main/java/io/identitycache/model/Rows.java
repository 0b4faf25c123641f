package io.identitycache.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the database found for an index value.
 *
 * @param items what was asked of each row
 * @param equalInJava false if a row's value is equal to the one asked for only in the eyes of the
 *     database (a collation that ignores case, padding): right, but not to be stored
 * @param <T> an item
 */
public record Rows<T extends @Nullable Object>(List<T> items, boolean equalInJava) {

  /** Copies the list. */
  public Rows {
    items = Collections.unmodifiableList(new ArrayList<>(items));
  }
}
