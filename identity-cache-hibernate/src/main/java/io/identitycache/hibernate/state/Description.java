package io.identitycache.hibernate.state;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The lines that tell what decides a stored form, in an order that depends on nothing but
 * themselves.
 */
final class Description implements Consumer<String> {

  private final Set<String> lines = new TreeSet<>();
  private final Set<EntityStates> described = new HashSet<>();

  @Override
  public void accept(String line) {
    lines.add(line);
  }

  /** Adds the lines of a plan, once. */
  void include(EntityStates states) {
    if (described.add(states)) {
      states.describe(this);
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
