package io.identitycache.repository;

import io.identitycache.model.IndexValue;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.NonUniqueResultException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks one index, or for one cached attribute, and answers in the shape the caller wants.
 *
 * <p>A value is one object; of several attributes it is a list or a record, in the order in which
 * the attributes were named. A null is the null in the row, except for an id, where it is no row.
 * An attribute that is null in its row is left out of every answer. Safe for use by several
 * threads.
 *
 * @param <T> what is found
 */
public final class Finder<T> {

  /** What is found for the values; every distinct value is a key. */
  @FunctionalInterface
  interface Lookup {
    Map<IndexValue, ? extends List<? extends @Nullable Object>> find(Collection<IndexValue> values);
  }

  private final Class<T> type;
  private final FinderKey key;
  private final Lookup lookup;

  Finder(Class<T> type, FinderKey key, Lookup lookup) {
    this.type = type;
    this.key = key;
    this.lookup = lookup;
  }

  /** Whether at most one row has any value. */
  public boolean isUnique() {
    return key.index().unique();
  }

  /**
   * What is found for one value of a unique index.
   *
   * @throws NonUniqueResultException if several rows have the value after all
   * @throws IllegalArgumentException if the index is not unique, or a value cannot be converted
   */
  public Optional<T> one(@Nullable Object given) {
    requireUnique();
    return key.read(given).flatMap(this::oneOf);
  }

  /** What is found for one value, in the order of the ids. */
  public List<T> all(@Nullable Object given) {
    return key.read(given).map(this::allOf).orElseGet(List::of);
  }

  /**
   * What is found for many values: in their order, within one value in the order of the ids. A
   * value that is given twice counts once.
   */
  public List<T> allOfEach(Collection<? extends @Nullable Object> given) {
    Map<IndexValue, List<T>> found = find(read(given).values());
    List<T> all = new ArrayList<>();
    found.values().forEach(all::addAll);
    return all;
  }

  /**
   * What is found for many values of a unique index, under the very objects that were given;
   * unknown values are left out.
   *
   * @throws NonUniqueResultException if several rows have a value after all
   * @throws IllegalArgumentException if the index is not unique, or a value cannot be converted
   */
  public <K extends @Nullable Object> Map<K, T> oneByValue(Collection<? extends K> given) {
    requireUnique();
    Map<K, IndexValue> values = read(given);
    Map<IndexValue, List<T>> found = find(values.values());
    Map<K, T> byValue = new LinkedHashMap<>();
    values.forEach(
        (k, value) -> single(value, of(found, value)).ifPresent(item -> byValue.put(k, item)));
    return byValue;
  }

  /**
   * What is found for many values, under the very objects that were given; an unknown value has an
   * empty list.
   */
  public <K extends @Nullable Object> Map<K, List<T>> allByValue(Collection<? extends K> given) {
    Map<K, IndexValue> values = read(given);
    Map<IndexValue, List<T>> found = find(values.values());
    Map<K, List<T>> byValue = new LinkedHashMap<>();
    // copies: two objects given may be one value of the index, and the lists are the caller's own
    values.forEach((k, value) -> byValue.put(k, new ArrayList<>(of(found, value))));
    return byValue;
  }

  Optional<T> oneOfItems(List<? extends @Nullable Object> given) {
    return oneOf(key.readItems(given));
  }

  T requiredOfItems(List<? extends @Nullable Object> given) {
    IndexValue value = key.readItems(given);
    return oneOf(value)
        .orElseThrow(() -> new EntityNotFoundException("There is no " + described(value)));
  }

  List<T> allOfItems(List<? extends @Nullable Object> given) {
    return allOf(key.readItems(given));
  }

  private Optional<T> oneOf(IndexValue value) {
    return single(value, allOf(value));
  }

  private List<T> allOf(IndexValue value) {
    return of(find(List.of(value)), value);
  }

  private Optional<T> single(IndexValue value, List<T> found) {
    if (found.size() > 1) {
      throw new NonUniqueResultException(
          "There are "
              + found.size()
              + " rows of "
              + described(value)
              + ", which is declared unique: let the database enforce it, or fetch a List");
    }
    return found.stream().findFirst();
  }

  private String described(IndexValue value) {
    return key.index().entityName()
        + " whose "
        + key.index().attributeNames()
        + " is "
        + value
        + " (index "
        + key.index().name()
        + ")";
  }

  private <K extends @Nullable Object> Map<K, IndexValue> read(Collection<? extends K> given) {
    Map<K, IndexValue> values = new LinkedHashMap<>();
    for (K item : given) {
      key.read(item).ifPresent(value -> values.putIfAbsent(item, value));
    }
    return values;
  }

  private Map<IndexValue, List<T>> find(Collection<IndexValue> values) {
    Set<IndexValue> distinct = new LinkedHashSet<>(values);
    if (distinct.isEmpty()) {
      return Map.of();
    }
    Map<IndexValue, ? extends List<? extends @Nullable Object>> answers = lookup.find(distinct);
    Map<IndexValue, List<T>> found = new LinkedHashMap<>();
    for (IndexValue value : distinct) {
      List<? extends @Nullable Object> items = answers.get(value);
      found.put(value, items == null ? List.of() : only(type, items));
    }
    return found;
  }

  private static <T> List<T> of(Map<IndexValue, List<T>> found, IndexValue value) {
    return found.getOrDefault(value, List.of());
  }

  private void requireUnique() {
    if (!isUnique()) {
      throw new IllegalArgumentException(
          key.index().name() + " is not unique: several rows may have a value, so fetch a list");
    }
  }

  /** The items of the type, without nulls, in a list of the caller's own. */
  static <T> List<T> only(Class<T> type, List<? extends @Nullable Object> items) {
    List<T> only = new ArrayList<>(items.size());
    for (Object item : items) {
      if (type.isInstance(item)) {
        only.add(type.cast(item));
      }
    }
    return only;
  }
}
