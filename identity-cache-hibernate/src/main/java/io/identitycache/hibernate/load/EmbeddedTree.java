package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedAssociations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.persister.entity.EntityPersister;

/**
 * What an entity's entries hold, at any depth: embedded collections, each after all those that lead
 * to its owners, and associations of which ids are held.
 *
 * @param toOnes embedded associations to one entity
 * @param collections embedded collections
 * @param references referenced associations, of which the row does not tell what they lead to
 */
record EmbeddedTree(
    List<MappedAssociation> toOnes,
    List<MappedAssociation> collections,
    List<MappedAssociation> references) {

  /** The tree of an entity. */
  static EmbeddedTree of(EntityPersister root, MappedAssociations associations) {
    Set<MappedAssociation> reached = new LinkedHashSet<>();
    List<MappedAssociation> lastFirst = new ArrayList<>();
    follow(root, associations, reached, lastFirst);
    List<MappedAssociation> toOnes = new ArrayList<>();
    List<MappedAssociation> collections = new ArrayList<>();
    List<MappedAssociation> references = new ArrayList<>();
    for (int i = lastFirst.size() - 1; i >= 0; i--) {
      MappedAssociation each = lastFirst.get(i);
      if (!each.isEmbedded()) {
        references.add(each);
      } else if (each.collection() != null) {
        collections.add(each);
      } else {
        toOnes.add(each);
      }
    }
    return new EmbeddedTree(toOnes, collections, references);
  }

  /** Embedding leads in no circle, so that there is such an order. */
  private static void follow(
      EntityPersister entity,
      MappedAssociations associations,
      Set<MappedAssociation> reached,
      List<MappedAssociation> lastFirst) {
    for (MappedAssociation each : associations.from(entity)) {
      if ((each.isEmbedded() || each.storesIds()) && reached.add(each)) {
        EntityPersister target = each.target();
        if (each.isEmbedded() && target != null) {
          follow(target, associations, reached, lastFirst);
        }
        lastFirst.add(each);
      }
    }
  }
}
