package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an entity or an embeddable, stored in the order of their names: the order of
 * their declaration is nothing that a fingerprint tells.
 */
final class Attributes {

  /**
   * An attribute of an instance.
   *
   * @param position its place among the values that Hibernate gives and takes
   * @param lazy whether it may be unfetched
   * @param primitive whether it cannot be null
   * @param attribute how it is stored
   */
  record Placed(int position, boolean lazy, boolean primitive, Attribute attribute) {

    @Nullable Object read(ContentReader in, Owner owner) {
      Object value = attribute.read(in, owner);
      if (value == null && primitive) {
        throw new UndecodableEntryException("a primitive attribute is null");
      }
      if (value == LazyPropertyInitializer.UNFETCHED_PROPERTY && !lazy) {
        throw new UndecodableEntryException("an attribute that is not lazy is unfetched");
      }
      return value;
    }
  }

  private final int size;
  private final List<Map.Entry<String, Placed>> inOrder;

  /**
   * @param size how many values Hibernate gives and takes
   * @param byName the attributes that are stored
   */
  Attributes(int size, SortedMap<String, Placed> byName) {
    this.size = size;
    this.inOrder = new ArrayList<>(byName.entrySet());
  }

  void write(ContentWriter out, Source source, @Nullable Object[] values) {
    for (Map.Entry<String, Placed> entry : inOrder) {
      Placed placed = entry.getValue();
      int before = out.size();
      placed.attribute().write(out, source, values[placed.position()]);
      if (placed.attribute().isEmbedded()) {
        source.tree().measure(source, entry.getKey(), out.size() - before);
      }
    }
  }

  @Nullable Object[] read(ContentReader in, Owner owner) {
    @Nullable Object[] values = new @Nullable Object[size];
    for (Map.Entry<String, Placed> entry : inOrder) {
      Placed placed = entry.getValue();
      values[placed.position()] = placed.read(in, owner);
    }
    return values;
  }

  /** All that are of a kind. */
  <A extends Attribute> Stream<A> all(Class<A> kind) {
    return inOrder.stream()
        .map(entry -> entry.getValue().attribute())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  void describe(String path, Description lines) {
    inOrder.forEach(
        entry -> entry.getValue().attribute().describe(path + "." + entry.getKey(), lines));
  }
}
