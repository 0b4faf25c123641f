package io.identitycache.hibernate.state;

import java.util.List;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The ids that were loaded for referenced associations, whose rows are not. Foreign keys in the
 * owners' own rows are not among them.
 */
@FunctionalInterface
public interface LoadedReferences {

  /** No association is referenced. */
  LoadedReferences NONE = (owner, id, attribute) -> References.NONE;

  /**
   * What an owner's association leads to; {@link References#NONE} if to nothing.
   *
   * @param owner the owner's entity, of whatever class in its hierarchy
   */
  References of(EntityPersister owner, Object ownerId, String attribute);

  /**
   * What one association leads to.
   *
   * @param keys a map's keys, in the order of the ids; empty for others
   * @param ids the ids in the association's order; null where a list has a hole
   */
  record References(List<@Nullable Object> keys, List<@Nullable Object> ids) {

    /** Nothing. */
    public static final References NONE = new References(List.of(), List.of());
  }
}
