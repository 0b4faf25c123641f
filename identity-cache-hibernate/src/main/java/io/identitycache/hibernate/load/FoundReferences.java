package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import io.identitycache.hibernate.state.LoadedReferences;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.persister.entity.EntityPersister;

/** The ids that were found for the owners of one batch. For one thread. */
final class FoundReferences implements LoadedReferences {

  private final Map<String, EntityIds> ids = new HashMap<>();
  private final Map<Place, References> found = new HashMap<>();

  /** An attribute of a row; ids are unique among all rows of a hierarchy. */
  private record Place(String hierarchy, Object comparableId, String attribute) {}

  void put(EntityPersister owner, Object ownerId, String attribute, References references) {
    found.put(place(owner, ownerId, attribute), references);
  }

  @Override
  public References of(EntityPersister owner, Object ownerId, String attribute) {
    return found.getOrDefault(place(owner, ownerId, attribute), References.NONE);
  }

  private Place place(EntityPersister owner, Object ownerId, String attribute) {
    String hierarchy = owner.getRootEntityName();
    Object comparable =
        ids.computeIfAbsent(hierarchy, name -> EntityIds.of(owner)).comparable(ownerId);
    return new Place(hierarchy, comparable, attribute);
  }
}
