package io.identitycache.hibernate.mapping;

import io.identitycache.model.AssociatedType;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/**
 * All cached associations of a persistence unit, and the questions that loading and change tracking
 * ask of them. Safe for use by several threads.
 */
public final class MappedAssociations {

  private final List<MappedAssociation> all;
  private final Map<CachedAssociation, MappedAssociation> byAssociation = new IdentityHashMap<>();
  private final Map<EntityPersister, List<MappedAssociation>> to = new ConcurrentHashMap<>();
  private final AssociationGraph graph;

  MappedAssociations(Collection<AssociatedType> types, List<MappedAssociation> all) {
    this.all = List.copyOf(all);
    all.forEach(mapped -> byAssociation.put(mapped.association(), mapped));
    this.graph =
        new AssociationGraph(types, all.stream().map(MappedAssociation::association).toList());
  }

  /** The same in the core's terms. */
  public AssociationGraph graph() {
    return graph;
  }

  /** All of them. */
  public List<MappedAssociation> all() {
    return all;
  }

  /** The association in Hibernate's terms. */
  public MappedAssociation of(CachedAssociation association) {
    MappedAssociation mapped = byAssociation.get(association);
    if (mapped == null) {
      throw new IllegalArgumentException(association + " is of another factory");
    }
    return mapped;
  }

  /** Those that an instance of this entity, or of one below it, may have. */
  public List<MappedAssociation> from(EntityPersister entity) {
    return all.stream()
        .filter(
            mapped ->
                entity.isTypeOrSuperType(mapped.owner())
                    || mapped.owner().isTypeOrSuperType(entity))
        .toList();
  }

  /** Those that may lead to a row of this entity. Asked at every write. */
  public List<MappedAssociation> to(EntityPersister entity) {
    return to.computeIfAbsent(
        entity, e -> all.stream().filter(mapped -> mapped.mayLeadTo(e)).toList());
  }

  /** Those that are this collection. Its events tell that its owner has changed. */
  public List<MappedAssociation> ofRole(CollectionPersister collection) {
    List<MappedAssociation> found = new ArrayList<>();
    for (MappedAssociation mapped : all) {
      if (mapped.collection() != null
          && mapped.collection().getCollectionDescriptor() == collection) {
        found.add(mapped);
      }
    }
    return found;
  }

  /**
   * Those whose rows are kept by this collection on the other side of a many-to-many. Its events
   * tell that the elements that came and went have changed, as owners.
   */
  public List<MappedAssociation> mappedByRole(CollectionPersister collection) {
    List<MappedAssociation> found = new ArrayList<>();
    for (MappedAssociation mapped : all) {
      EntityPersister target = mapped.target();
      if (target != null
          && mapped.mappedBy() != null
          && target.findAttributeMapping(mapped.mappedBy()) instanceof PluralAttributeMapping other
          && other.getCollectionDescriptor() == collection) {
        found.add(mapped);
      }
    }
    return found;
  }
}
