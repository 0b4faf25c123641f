package io.identitycache.hibernate.state;

import java.util.Optional;
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
 * Makes Hibernate's own uninitialised collections. They throw LazyInitializationException when they
 * are used, and {@code merge} passes them by, where an empty one would delete the rows.
 */
final class UnloadedCollection {

  private final String role;
  private final Supplier<AbstractPersistentCollection<?>> uninitialised;

  private UnloadedCollection(String role, Supplier<AbstractPersistentCollection<?>> uninitialised) {
    this.role = role;
    this.uninitialised = uninitialised;
  }

  /** Those of this kind; empty for arrays, which cannot be lazy. */
  static Optional<UnloadedCollection> of(String role, CollectionClassification kind) {
    return Optional.ofNullable(uninitialised(kind))
        .map(uninitialised -> new UnloadedCollection(role, uninitialised));
  }

  /** A new one. */
  @SuppressWarnings("NullAway") // Hibernate takes null for no snapshot
  Object of(Owner owner, @Nullable ReferencedIds ids) {
    AbstractPersistentCollection<?> collection = uninitialised.get();
    collection.setSnapshot(owner.id(), role, ids);
    collection.setOwner(owner.entity());
    return collection;
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
