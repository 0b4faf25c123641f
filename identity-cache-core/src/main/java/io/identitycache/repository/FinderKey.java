package io.identitycache.repository;

import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a caller gives into a value of an index: one object, or a list or record of several,
 * or an id.
 */
final class FinderKey {

  private static final ClassValue<List<Method>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          List<Method> accessors =
              Arrays.stream(type.getRecordComponents()).map(RecordComponent::getAccessor).toList();
          accessors.forEach(accessor -> accessor.setAccessible(true));
          return accessors;
        }
      };

  private final CachedIndex index;
  private final List<Integer> order;
  private final @Nullable CachedEntity<?> idOf;

  /**
   * A key of attributes.
   *
   * @param order for each given item the position of its attribute in the index
   */
  FinderKey(CachedIndex index, List<Integer> order) {
    this.index = index;
    this.order = List.copyOf(order);
    this.idOf = null;
  }

  /** A key that is an entity's id. */
  FinderKey(CachedIndex index, CachedEntity<?> idOf) {
    this.index = index;
    this.order = List.of();
    this.idOf = idOf;
  }

  CachedIndex index() {
    return index;
  }

  /** The value; empty if it is that of no row, as a null id is. */
  Optional<IndexValue> read(@Nullable Object given) {
    if (idOf != null) {
      return given == null ? Optional.empty() : Optional.of(valueOfId(idOf, given));
    }
    return Optional.of(readItems(order.size() == 1 ? singleton(given) : items(given)));
  }

  /** The value of items in the order in which the caller gives them. */
  IndexValue readItems(List<? extends @Nullable Object> given) {
    if (given.size() != order.size()) {
      return index.valueOf(given); // which refuses it
    }
    List<@Nullable Object> declared = new ArrayList<>(Collections.nCopies(order.size(), null));
    for (int i = 0; i < order.size(); i++) {
      declared.set(order.get(i), given.get(i));
    }
    return index.valueOf(declared);
  }

  private IndexValue valueOfId(CachedEntity<?> entity, Object given) {
    return index.valueOf(entity.id().parts().apply(entity.convertId(given)));
  }

  private static List<@Nullable Object> singleton(@Nullable Object given) {
    return Collections.singletonList(given);
  }

  private List<? extends @Nullable Object> items(@Nullable Object given) {
    if (given instanceof List<?> list) {
      return list;
    }
    if (given instanceof Record tuple) {
      List<@Nullable Object> items = new ArrayList<>();
      for (Method accessor : COMPONENTS.get(tuple.getClass())) {
        items.add(component(tuple, accessor));
      }
      return items;
    }
    throw new IllegalArgumentException(
        "A value of "
            + index.name()
            + " is a list or a record of "
            + order.size()
            + " items, not "
            + (given == null ? "null" : "a " + given.getClass().getTypeName()));
  }

  private static @Nullable Object component(Record tuple, Method accessor) {
    try {
      return accessor.invoke(tuple);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          "Cannot read " + accessor.getName() + " of a " + tuple.getClass().getTypeName(), e);
    }
  }
}
