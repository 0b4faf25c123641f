package io.identitycache.fetch;

import io.identitycache.model.CachedAssociation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which associations a fetch follows, each with what is followed from there: a tree, checked when
 * it is made. Safe for use by several threads.
 */
public final class Includes {

  /** Nothing but what is resolved with every fetch. */
  public static final Includes NONE = new Includes(Map.of());

  private final Map<CachedAssociation, Includes> steps;

  private Includes(Map<CachedAssociation, Includes> steps) {
    this.steps = steps;
  }

  /** Follows these associations, and from what each leads to, those it is mapped to. */
  public static Includes of(Map<CachedAssociation, Includes> steps) {
    return steps.isEmpty()
        ? NONE
        : new Includes(Collections.unmodifiableMap(new LinkedHashMap<>(steps)));
  }

  /** Whether nothing is followed. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  Map<CachedAssociation, Includes> steps() {
    return steps;
  }

  @Override
  public String toString() {
    return steps.toString();
  }
}
