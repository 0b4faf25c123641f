package io.identitycache.fetch;

import io.identitycache.model.AssociationAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an association of one entity leads to, in whichever shape the caller wants it. */
public final class Associated {

  static final Associated NOTHING = new Associated(null, List.of());

  private final @Nullable Object value;
  private final List<Object> targets;

  private Associated(@Nullable Object value, List<Object> targets) {
    this.value = value;
    this.targets = targets;
  }

  /** What a loaded association leads to. */
  static Associated in(Object owner, AssociationAccess access) {
    return new Associated(access.value(owner), access.targets(owner));
  }

  /** What stands for an association that is not loaded. */
  static Associated of(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Associated(value, present(map.values()));
    }
    if (value instanceof Collection<?> collection) {
      return new Associated(value, present(collection));
    }
    return value == null ? NOTHING : new Associated(value, List.of(value));
  }

  private static List<Object> present(Collection<?> items) {
    List<Object> present = new ArrayList<>(items.size());
    items.stream().filter(Objects::nonNull).forEach(present::add);
    return present;
  }

  /** Of a to-one: the entity, if there is one. */
  public Optional<Object> one() {
    return targets.stream().findFirst();
  }

  /** All of it, in the association's order, of a map its values; a list of the caller's own. */
  public List<Object> list() {
    return new ArrayList<>(targets);
  }

  /** Of a map: a copy, in its order. */
  public Map<Object, Object> map() {
    Map<Object, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(copy::put);
    }
    return copy;
  }
}
