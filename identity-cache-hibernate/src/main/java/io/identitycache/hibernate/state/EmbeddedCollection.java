package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is kept with its elements, in its order; it becomes a plain collection of the
 * declared kind. The holes of a list are elements that are null.
 */
final class EmbeddedCollection implements Attribute {

  private final String path;
  private final PluralAttributeMapping mapping;
  private final PlainCollection plain;
  private final @Nullable Attribute key;
  private final Attribute element;

  /**
   * A collection.
   *
   * @param path its name in messages
   * @param key how a map's keys are stored; null if it is none
   */
  EmbeddedCollection(
      String path, PluralAttributeMapping mapping, @Nullable Attribute key, Attribute element) {
    this.path = path;
    this.mapping = mapping;
    this.plain = new PlainCollection(mapping.getCollectionDescriptor());
    this.key = key;
    this.element = element;
  }

  @Override
  public void write(ContentWriter out, Source source, @Nullable Object value) {
    PersistentCollection<?> collection = source.tree().loaded(source, plain.persister(), value);
    if (key != null) {
      Map<?, ?> map = (Map<?, ?>) collection;
      out.writeCount(map.size());
      map.forEach(
          (each, mapped) -> {
            key.write(out, source, each);
            element.write(out, source, mapped);
          });
    } else {
      List<@Nullable Object> elements = new ArrayList<>();
      ((Iterable<?>) collection).forEach(elements::add);
      out.writeCount(elements.size());
      elements.forEach(each -> element.write(out, source, each));
    }
  }

  @Override
  public Object read(ContentReader in, Owner owner) {
    int size = in.readCount();
    List<@Nullable Object> keys = new ArrayList<>();
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (key != null) {
        keys.add(fetched(key.read(in, owner)));
      }
      elements.add(fetched(element.read(in, owner)));
    }
    Object collection = plain.sized(size);
    owner.tree().fillLater(path, collection, keys, elements);
    return collection;
  }

  /** Only attributes of entities may be unfetched. */
  static @Nullable Object fetched(@Nullable Object value) {
    if (value == LazyPropertyInitializer.UNFETCHED_PROPERTY) {
      throw new UndecodableEntryException("an element is unfetched");
    }
    return value;
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(path + " is an embedded " + CollectionOrder.kindOf(mapping));
    CollectionOrder.describe(path, mapping, lines);
    if (key != null) {
      key.describe(path + "[key]", lines);
    }
    element.describe(path + "[]", lines);
  }

  @Override
  public boolean isEmbedded() {
    return true;
  }
}
