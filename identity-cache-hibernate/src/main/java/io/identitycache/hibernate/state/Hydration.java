package io.identitycache.hibernate.state;

import io.identitycache.entry.UndecodableEntryException;
import io.identitycache.model.Instances;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hydration of one entry. While its bytes are read, its instances are made and know their ids
 * only; when all have been read, {@link #complete} gives them their attributes, then fills the
 * collections, whose elements may have a hashCode over attributes of theirs or their owners', and
 * then calls back. Nothing is left behind where that fails. For one thread.
 */
final class Hydration {

  /** An instance with the attributes that it is to get. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Made(EntityState state, Object entity, @Nullable Object[] values) {}

  /** A collection, and what it is to hold. */
  private record Filling(
      String path,
      Object collection,
      List<@Nullable Object> keys,
      List<@Nullable Object> elements) {}

  /** A to-one whose row may yet get an instance from this entry. */
  record Awaited(Target target, Object id) {}

  private final Instances ofCall;
  private final Instances own = new Instances();
  private final List<Object> rows = new ArrayList<>();

  /** Those embedded in others before those that embed them. */
  private final List<Made> made = new ArrayList<>();

  private final List<Filling> fillings = new ArrayList<>();

  /**
   * Begins.
   *
   * @param ofCall the instances of earlier entries of the call
   */
  Hydration(Instances ofCall) {
    this.ofCall = ofCall;
  }

  /** The instance of a row, from this entry or another of the call; null if there is none yet. */
  @Nullable Object instance(String hierarchy, Object comparableId) {
    Object found = own.get(hierarchy, comparableId);
    return found == null ? ofCall.get(hierarchy, comparableId) : found;
  }

  /** The instance of a row of this entry; null if the entry has none, or not yet. */
  @Nullable Object ofEntry(String hierarchy, Object comparableId) {
    return own.get(hierarchy, comparableId);
  }

  /** Numbers the next row of the entry. */
  void begin(Object instance) {
    rows.add(instance);
  }

  /** A row that was begun earlier, if it is of the class. */
  Object begun(int ordinal, Class<?> type) {
    if (ordinal >= rows.size() || !type.isInstance(rows.get(ordinal))) {
      throw new UndecodableEntryException("it repeats a row that it does not hold");
    }
    return rows.get(ordinal);
  }

  /** Makes an instance that of its row. */
  void put(String hierarchy, Object comparableId, Object instance) {
    own.put(hierarchy, comparableId, instance);
  }

  /** Remembers the attributes of a new instance. */
  void setLater(EntityState state, Object entity, @Nullable Object[] values) {
    made.add(new Made(state, entity, values));
  }

  /** Remembers what a new collection holds. */
  void fillLater(
      String path,
      Object collection,
      List<@Nullable Object> keys,
      List<@Nullable Object> elements) {
    fillings.add(new Filling(path, collection, keys, elements));
  }

  /** Puts in the place of each awaited row the instance that there is, or an uninitialised one. */
  void settle(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Awaited awaited) {
        values[i] = awaited.target().instanceOrReference(awaited.id(), this);
      }
    }
  }

  /**
   * Finishes all instances.
   *
   * @param callback called with each, those embedded in others before those that embed them
   * @param listener told of each, after all have been called back
   */
  void complete(Consumer<Object> callback, Consumer<Object> listener) {
    for (Made each : made) {
      settle(each.values());
      each.state().setValues(each.entity(), each.values());
    }
    fillings.forEach(Hydration::fill);
    made.forEach(each -> callback.accept(each.entity()));
    ofCall.putAll(own);
    made.forEach(each -> listener.accept(each.entity()));
  }

  private static void fill(Filling filling) {
    try {
      PlainCollection.fill(filling.collection(), filling.keys(), filling.elements());
    } catch (RuntimeException e) {
      // without the cause, whose message may hold a value
      throw new UndecodableEntryException(
          "the elements of " + filling.path() + " were refused by " + e.getClass().getName());
    }
  }
}
