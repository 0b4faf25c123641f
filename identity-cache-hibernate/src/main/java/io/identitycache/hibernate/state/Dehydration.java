package io.identitycache.hibernate.state;

import io.identitycache.hibernate.state.LoadedReferences.References;
import java.util.IdentityHashMap;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.CollectionKey;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The dehydration of one row, with all that is embedded in it. Nothing is loaded meanwhile: a query
 * here would be one for every row. For one thread.
 */
final class Dehydration {

  private final SharedSessionContractImplementor session;
  private final LoadedReferences references;

  /** The rows that were begun, in their order: within a session, one row is one instance. */
  private final Map<Object, Integer> ordinals = new IdentityHashMap<>();

  private @Nullable String largestAssociation;
  private int largestSize;

  Dehydration(SharedSessionContractImplementor session, LoadedReferences references) {
    this.session = session;
    this.references = references;
  }

  SharedSessionContractImplementor session() {
    return session;
  }

  @Nullable EntityEntry entryOf(Object instance) {
    return session.getPersistenceContextInternal().getEntry(instance);
  }

  /** The number that an instance was begun with; null if it was not. */
  @Nullable Integer ordinalOf(Object instance) {
    return ordinals.get(instance);
  }

  /** Numbers the next instance. */
  void begin(Object instance) {
    ordinals.put(instance, ordinals.size());
  }

  References referencesOf(Source source, String attribute) {
    return references.of(source.entity(), source.id(), attribute);
  }

  /** The instance that an embedded association leads to; null if to none. */
  @Nullable Object loaded(Source source, String path, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value == LazyPropertyInitializer.UNFETCHED_PROPERTY || !Hibernate.isInitialized(value)) {
      throw notLoaded(source, path);
    }
    return Hibernate.unproxy(value);
  }

  /**
   * The collection of a row.
   *
   * @param value the attribute's value; where it is no collection of Hibernate's, being an
   *     unfetched attribute, or what a callback has put there, the session knows the one loaded
   */
  PersistentCollection<?> loaded(
      Source source, CollectionPersister collection, @Nullable Object value) {
    PersistentCollection<?> found =
        value instanceof PersistentCollection<?> persistent
            ? persistent
            : session
                .getPersistenceContextInternal()
                .getCollection(new CollectionKey(collection, source.id()));
    if (found == null || !found.wasInitialized()) {
      throw notLoaded(source, collection.getRole());
    }
    return found;
  }

  private static IllegalStateException notLoaded(Source source, String path) {
    EntityPersister entity = source.entity();
    return new IllegalStateException(
        path + " is embedded, and has not been loaded for a row of " + entity.getEntityName());
  }

  /** Notes how many bytes an embedded association of a row took; only the entry's own count. */
  void measure(Source source, String attribute, int size) {
    Integer ordinal = ordinalOf(source.instance());
    if (ordinal != null && ordinal == 0 && size > largestSize) {
      largestAssociation = attribute;
      largestSize = size;
    }
  }

  @Nullable String largestAssociation() {
    return largestAssociation;
  }

  int largestSize() {
    return largestSize;
  }
}
