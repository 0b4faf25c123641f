package io.identitycache.hibernate.mapping;

import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAssociation.Kind;
import java.util.List;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * A cached association in Hibernate's terms: which rows it leads to, in what order, and how its
 * owners are found from them. Safe for use by several threads.
 */
public final class MappedAssociation {

  private final CachedAssociation association;
  private final EntityPersister owner;
  private final @Nullable EntityPersister target;
  private final AttributeMapping attribute;
  private final boolean foreignKeyInOwner;
  private final @Nullable OwnerPath ownerPath;
  private final @Nullable String mappedBy;
  private final OrderOfIds order;
  private final boolean restricted;

  MappedAssociation(
      CachedAssociation association,
      EntityPersister owner,
      @Nullable EntityPersister target,
      AttributeMapping attribute,
      boolean foreignKeyInOwner,
      @Nullable OwnerPath ownerPath,
      @Nullable String mappedBy,
      OrderOfIds order,
      boolean restricted) {
    this.association = association;
    this.owner = owner;
    this.target = target;
    this.attribute = attribute;
    this.foreignKeyInOwner = foreignKeyInOwner;
    this.ownerPath = ownerPath;
    this.mappedBy = mappedBy;
    this.order = order;
    this.restricted = restricted;
  }

  /** The same in the core's terms. */
  public CachedAssociation association() {
    return association;
  }

  /** The entity that declares it. */
  public EntityPersister owner() {
    return owner;
  }

  /** The entity it leads to; null for a collection of values. */
  public @Nullable EntityPersister target() {
    return target;
  }

  /** Its attribute in the declaring entity. */
  public AttributeMapping attribute() {
    return attribute;
  }

  /** The attribute of a collection; null for a to-one association. */
  public @Nullable PluralAttributeMapping collection() {
    return attribute instanceof PluralAttributeMapping plural ? plural : null;
  }

  public boolean isEmbedded() {
    return association.kind() == Kind.EMBEDDED;
  }

  /** Whether its owner's entry holds ids: it is referenced, and the foreign key is elsewhere. */
  public boolean storesIds() {
    return !isEmbedded() && !foreignKeyInOwner;
  }

  /** Whether it is to one entity, whose key is a foreign key in the owner's row. */
  public boolean hasForeignKeyInOwner() {
    return foreignKeyInOwner;
  }

  /**
   * The attribute of the target that it is mapped by, if the other side holds it: a to-one, or the
   * owning collection of a many-to-many. Null if this side does.
   */
  public @Nullable String mappedBy() {
    return mappedBy;
  }

  /** Whether a target's row has its owner's id in a foreign key. */
  public boolean isOwnerInTarget() {
    return ownerPath != null;
  }

  /**
   * The id of a row's owner, from the state that a change event carries. Null if it has none, or
   * its entity no such attribute. Only if {@link #isOwnerInTarget}.
   *
   * @param concrete the row's entity, to which the state belongs
   * @param id the row's id, which may have its owner's in it
   */
  public @Nullable Object ownerIdIn(EntityPersister concrete, Object id, @Nullable Object[] state) {
    return ownerPath == null ? null : ownerPath.ownerIdIn(concrete, id, state);
  }

  /** Whether a row's state has the foreign key to its owner: a lazy one may not be loaded. */
  public boolean isOwnerIn(EntityPersister concrete, @Nullable Object[] state) {
    return ownerPath == null || ownerPath.isIn(concrete, state);
  }

  /** Whether a row's state as Hibernate reads it from the database has the foreign key. */
  public boolean isOwnerInSnapshots() {
    return ownerPath != null && ownerPath.isInSnapshots();
  }

  /** Makes the foreign key in a row's state one that is not loaded. */
  public void hideOwnerIn(EntityPersister concrete, @Nullable Object[] state) {
    if (ownerPath != null) {
      ownerPath.hideIn(concrete, state);
    }
  }

  /** Whether a restriction on the targets' columns hides some of them. */
  public boolean isRestricted() {
    return restricted;
  }

  /** Whether rows of this entity can be among those that it leads to. */
  public boolean mayLeadTo(EntityPersister concrete) {
    return target != null
        && (concrete.isTypeOrSuperType(target) || target.isTypeOrSuperType(concrete));
  }

  /**
   * Whether a change of these properties of a target's row can change which rows belong to an
   * owner, or their order. Only what ids are stored of depends on its targets in this way.
   *
   * @param concrete the row's entity
   * @param dirty the positions of the changed properties, null if they are not known
   */
  public boolean idsDependOn(EntityPersister concrete, int @Nullable [] dirty) {
    if (!storesIds()) {
      return false;
    }
    if (dirty == null || restricted) {
      return true;
    }
    for (int position : dirty) {
      if ((ownerPath != null && ownerPath.positionIn(concrete) == position)
          || order.rootAttributes().contains(concrete.getPropertyNames()[position])) {
        return true;
      }
    }
    return false;
  }

  /**
   * The declared order of the targets, as a query says it of their alias: {@code v.position desc}.
   * Empty if none is declared. Only of associations whose ids are stored.
   */
  public String orderBy(String alias) {
    return order.asQuery(alias);
  }

  /** The paths that the order goes by. */
  List<String> orderedBy() {
    return order.items().stream().map(OrderOfIds.Item::path).toList();
  }

  @Override
  public String toString() {
    return association.toString();
  }
}
