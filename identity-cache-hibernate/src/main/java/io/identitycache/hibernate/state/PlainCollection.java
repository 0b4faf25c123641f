package io.identitycache.hibernate.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/**
 * Makes collections of the kind that an attribute declares, such as a sorted set with its
 * comparator, that know nothing of Hibernate.
 */
record PlainCollection(CollectionPersister persister) {

  /** A new, empty one. */
  Object sized(int size) {
    return persister.getCollectionSemantics().instantiateRaw(size, persister);
  }

  /** Adds the elements; to a map, under the keys, one for each. */
  @SuppressWarnings("unchecked")
  static void fill(
      Object collection,
      List<? extends @Nullable Object> keys,
      List<? extends @Nullable Object> elements) {
    if (collection instanceof Map<?, ?> map) {
      for (int i = 0; i < elements.size(); i++) {
        ((Map<@Nullable Object, @Nullable Object>) map).put(keys.get(i), elements.get(i));
      }
    } else {
      ((Collection<@Nullable Object>) collection).addAll(elements);
    }
  }
}
