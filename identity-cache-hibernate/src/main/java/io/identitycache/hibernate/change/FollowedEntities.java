package io.identitycache.hibernate.change;

import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappedEntity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of the rows of an entity, and of the rows of a collection, to follow their
 * changes. Worked out once for each of them. Safe for use by several threads.
 */
final class FollowedEntities {

  private final MappedEntities entities;
  private final DatabaseCascades cascades;
  private final Map<String, Followed> byEntity = new ConcurrentHashMap<>();
  private final Map<String, FollowedCollection> byRole = new ConcurrentHashMap<>();

  FollowedEntities(MappedEntities entities, DatabaseCascades cascades) {
    this.entities = entities;
    this.cascades = cascades;
  }

  /**
   * What is followed of one entity.
   *
   * @param mapped the cached entity whose entries hold its rows; null if there is none
   * @param owned the associations whose owners' entries hold something of its rows
   * @param cascades what the database deletes or changes with its rows
   */
  record Followed(
      @Nullable MappedEntity<?> mapped,
      List<MappedAssociation> owned,
      List<DatabaseCascade> cascades) {

    Followed {
      owned = List.copyOf(owned);
      cascades = List.copyOf(cascades);
    }

    /** Whether its changes are no business of the cache. */
    boolean isNothing() {
      return mapped == null && owned.isEmpty() && cascades.isEmpty();
    }

    /** Whether a collection may take its rows away from another one, which learns nothing of it. */
    boolean isTakenByCollections() {
      return owned.stream().anyMatch(FollowedEntities::takesRows);
    }

    /** Those whose owners a row does not tell. */
    List<MappedAssociation> searched() {
      return owned.stream().filter(each -> !each.isOwnerInTarget()).toList();
    }
  }

  /**
   * What is followed of one collection.
   *
   * @param own the associations that it is
   * @param mirrored the associations from its elements back to its owner, of a many-to-many
   */
  record FollowedCollection(List<MappedAssociation> own, List<MappedAssociation> mirrored) {

    FollowedCollection {
      own = List.copyOf(own);
      mirrored = List.copyOf(mirrored);
    }

    boolean isNothing() {
      return own.isEmpty() && mirrored.isEmpty();
    }

    /** Those that take rows away from other collections when they are added to this one. */
    List<MappedAssociation> taking() {
      return own.stream().filter(FollowedEntities::takesRows).toList();
    }
  }

  Followed of(EntityPersister persister) {
    return byEntity.computeIfAbsent(
        persister.getEntityName(),
        name ->
            new Followed(
                entities.of(persister),
                associations().to(persister).stream()
                    .filter(mapped -> isHolding(mapped, persister))
                    .toList(),
                cascades.from(persister)));
  }

  private static boolean isHolding(MappedAssociation mapped, EntityPersister concrete) {
    EntityPersister target = mapped.target();
    return target != null && concrete.isTypeOrSuperType(target) && dependsOnTargets(mapped);
  }

  /** Whether the owners' entries hold something of the targets. */
  static boolean dependsOnTargets(MappedAssociation mapped) {
    return mapped.isEmbedded() || mapped.storesIds();
  }

  /** A one-to-many with the foreign key in the element's row, and without an attribute there. */
  private static boolean takesRows(MappedAssociation mapped) {
    return mapped.collection() != null
        && mapped.collection().getCollectionDescriptor().isOneToMany()
        && !mapped.collection().getCollectionDescriptor().isInverse();
  }

  FollowedCollection of(CollectionPersister persister) {
    return byRole.computeIfAbsent(
        persister.getRole(),
        role ->
            new FollowedCollection(
                writesRows(persister) ? associations().ofRole(persister) : List.of(),
                associations().mappedByRole(persister).stream()
                    .filter(FollowedEntities::dependsOnTargets)
                    .toList()));
  }

  /**
   * An inverse collection's members tell everything by their own events, but for their positions.
   */
  private static boolean writesRows(CollectionPersister persister) {
    return !persister.isInverse() || persister.hasIndex();
  }

  /** All collections of an entity as one, for an event that does not tell which of them it is. */
  FollowedCollection ofAllCollectionsOf(EntityPersister owner) {
    List<MappedAssociation> own = new ArrayList<>();
    for (MappedAssociation mapped : associations().from(owner)) {
      if (mapped.collection() != null
          && writesRows(mapped.collection().getCollectionDescriptor())) {
        own.add(mapped);
      }
    }
    Set<MappedAssociation> mirrored = new LinkedHashSet<>();
    for (MappedAssociation mapped : of(owner).searched()) {
      if (mapped.mappedBy() != null) {
        mirrored.add(mapped);
      }
    }
    return new FollowedCollection(own, List.copyOf(mirrored));
  }

  MappedAssociations associations() {
    return entities.associations();
  }
}
