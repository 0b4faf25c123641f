package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.collection.spi.AbstractPersistentCollection;
import org.hibernate.collection.spi.PersistentBag;
import org.hibernate.collection.spi.PersistentIdentifierBag;
import org.hibernate.collection.spi.PersistentList;
import org.hibernate.collection.spi.PersistentMap;
import org.hibernate.collection.spi.PersistentSet;
import org.hibernate.collection.spi.PersistentSortedMap;
import org.hibernate.collection.spi.PersistentSortedSet;
import org.hibernate.metamodel.CollectionClassification;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is not cached: nothing is stored, and it becomes Hibernate's own uninitialised
 * collection. It throws LazyInitializationException when it is used, and {@code merge} passes it
 * by, where an empty one would delete the rows.
 */
final class ToManyAttribute implements Attribute {

  private final String role;
  private final String kind;
  private final Supplier<AbstractPersistentCollection<?>> uninitialised;

  private ToManyAttribute(
      String role, String kind, Supplier<AbstractPersistentCollection<?>> uninitialised) {
    this.role = role;
    this.kind = kind;
    this.uninitialised = uninitialised;
  }

  /** The attribute for a collection of this kind; empty for arrays, which cannot be lazy. */
  static Optional<ToManyAttribute> of(String role, CollectionClassification kind) {
    return Optional.ofNullable(uninitialised(kind))
        .map(uninitialised -> new ToManyAttribute(role, kind.name(), uninitialised));
  }

  @Override
  public void write(ContentWriter out, @Nullable Object value) {}

  @Override
  @SuppressWarnings("NullAway") // there is no snapshot
  public Object read(ContentReader in, Owner owner) {
    AbstractPersistentCollection<?> collection = uninitialised.get();
    collection.setSnapshot(owner.id(), role, null);
    collection.setOwner(owner.entity());
    return collection;
  }

  @Override
  public void describe(String path, Consumer<String> lines) {
    lines.accept(path + " is an uncached " + kind);
  }

  private static @Nullable Supplier<AbstractPersistentCollection<?>> uninitialised(
      CollectionClassification kind) {
    return switch (kind) {
      case BAG -> PersistentBag::new;
      case ID_BAG -> PersistentIdentifierBag::new;
      case LIST -> PersistentList::new;
      case SET, ORDERED_SET -> PersistentSet::new;
      case SORTED_SET -> PersistentSortedSet::new;
      case MAP, ORDERED_MAP -> PersistentMap::new;
      case SORTED_MAP -> PersistentSortedMap::new;
      default -> null;
    };
  }
}
