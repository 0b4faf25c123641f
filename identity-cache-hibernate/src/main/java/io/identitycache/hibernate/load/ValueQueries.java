package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedIndex;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The queries of one cached entity, written once. */
final class ValueQueries {

  // by identity: a key space has one index
  private final Map<Object, ValueQuery> ids = new IdentityHashMap<>();
  private final Map<Object, ValueQuery> attributes = new IdentityHashMap<>();

  ValueQueries(MappedEntity<?> mapped) {
    for (CachedIndex index : mapped.entity().indexes()) {
      ids.put(index.keys(), ValueQuery.ofIds(mapped, index));
    }
    for (CachedAttribute attribute : mapped.entity().attributes()) {
      attributes.put(attribute.by().keys(), ValueQuery.ofAttribute(mapped, attribute));
    }
  }

  ValueQuery ofIds(CachedIndex index) {
    return known(ids.get(index.keys()), index.name());
  }

  ValueQuery of(CachedAttribute attribute) {
    return known(attributes.get(attribute.by().keys()), attribute.by().name());
  }

  private static ValueQuery known(@Nullable ValueQuery query, String name) {
    if (query == null) {
      throw new IllegalArgumentException(name + " is declared on another entity");
    }
    return query;
  }
}
