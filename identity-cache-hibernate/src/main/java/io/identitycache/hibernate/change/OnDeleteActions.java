package io.identitycache.hibernate.change;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.OneToMany;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.SimpleValue;
import org.hibernate.mapping.ToOne;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ON DELETE} actions of a mapping. Hibernate keeps them only while it starts: read then,
 * by the names of entities.
 *
 * @param actions those that delete or change rows of entities
 */
public record OnDeleteActions(List<Action> actions) {

  /** Copies the list. */
  public OnDeleteActions {
    actions = List.copyOf(actions);
  }

  /** What the foreign key of an action is in the mapping. */
  public enum Link {
    /** The child's association to the parent. */
    TO_ONE,
    /** The key of the parent's one-to-many, for which the child has no attribute. */
    COLLECTION
  }

  /**
   * One action.
   *
   * @param child the entity whose rows it deletes or changes
   * @param link what its foreign key is
   * @param attribute the child's association to the parent, or the parent's collection
   * @param parent the entity whose deleted row causes it
   * @param deletes whether the rows go; otherwise they are changed
   */
  public record Action(String child, Link link, String attribute, String parent, boolean deletes) {}

  /** Reads them. */
  public static OnDeleteActions of(Metadata metadata) {
    List<Action> actions = new ArrayList<>();
    for (PersistentClass entity : metadata.getEntityBindings()) {
      addToOnes(entity.getEntityName(), "", entity.getProperties(), actions);
    }
    for (Collection collection : metadata.getCollectionBindings()) {
      // the key of a collection table needs nothing: its rows belong to an owner whose own entry
      // goes with it, and the other side of a many-to-many is found as an owner of that row
      if (collection.getElement() instanceof OneToMany oneToMany
          && collection.getKey() instanceof SimpleValue key) {
        String mappedBy = collection.getMappedByProperty();
        add(
            oneToMany.getReferencedEntityName(),
            mappedBy == null ? Link.COLLECTION : Link.TO_ONE,
            mappedBy == null ? pathOf(collection) : mappedBy,
            collection.getOwnerEntityName(),
            key.getOnDeleteAction(),
            actions);
      }
    }
    return new OnDeleteActions(actions.stream().distinct().toList());
  }

  private static String pathOf(Collection collection) {
    return collection.getRole().substring(collection.getOwnerEntityName().length() + 1);
  }

  private static void addToOnes(
      String entity, String prefix, List<Property> properties, List<Action> actions) {
    for (Property property : properties) {
      String path = prefix + property.getName();
      if (property.getValue() instanceof ToOne toOne) {
        add(
            entity,
            Link.TO_ONE,
            path,
            toOne.getReferencedEntityName(),
            toOne.getOnDeleteAction(),
            actions);
      } else if (property.getValue() instanceof Component component) {
        addToOnes(entity, path + ".", component.getProperties(), actions);
      }
    }
  }

  private static void add(
      String child,
      Link link,
      String attribute,
      String parent,
      @Nullable OnDeleteAction action,
      List<Action> actions) {
    if (action != null && action != OnDeleteAction.NO_ACTION && action != OnDeleteAction.RESTRICT) {
      actions.add(new Action(child, link, attribute, parent, action == OnDeleteAction.CASCADE));
    }
  }
}
