package io.identitycache.invalidation;

import io.identitycache.model.AssociatedType;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the writes of a transaction affect: keys that are known, and rows whose owners have to be
 * asked for. A pure derivation but for {@link #findOwners}, which goes up the tree, one query for
 * each level and association. Used by one thread at a time.
 */
public final class AffectedRows {

  private final AssociationGraph graph;
  private final AffectedKeys keys = new AffectedKeys();

  /** Owners to be asked for. */
  private Map<Step, Set<Object>> open = new LinkedHashMap<>();

  /** The same as the writes themselves told of, to be asked for again after the commit. */
  private final Map<Step, Set<Object>> told = new LinkedHashMap<>();

  private final Map<Step, Set<Object>> asked = new HashMap<>();

  /** What has been asked for at once, because the rows are deleted. */
  private final Map<Step, Set<Object>> askedBeforeDelete = new HashMap<>();

  /** From rows of a tenant up to their owners. */
  private record Step(CachedAssociation association, @Nullable Tenant tenant) {

    @Override
    public String toString() {
      return association.toString();
    }
  }

  /** Nothing yet, in a graph of associations. */
  public AffectedRows(AssociationGraph graph) {
    this.graph = graph;
  }

  /** Adds the keys that a change of a cached row affects: its own, those of its indexes. */
  public void add(EntityChange change) {
    keys.add(change);
  }

  /**
   * Adds a row's own entries, but not its owners'.
   *
   * @param type the row's entity, or one above or below it
   */
  public void addEntries(AssociatedType type, @Nullable Tenant tenant, Object id) {
    for (CachedEntity<?> entity : type.entities()) {
      keys.addEntry(entity, tenant, id);
    }
  }

  /**
   * Adds a row whose stored form has changed although its columns need not have: something embedded
   * in it has, or its collection. Its own entry is affected, and all that embed it.
   */
  public void addOwner(AssociatedType type, @Nullable Tenant tenant, Object id) {
    addOwner(type, tenant, id, true);
  }

  private void addOwner(
      AssociatedType type, @Nullable Tenant tenant, Object id, boolean toldByWrite) {
    addEntries(type, tenant, id);
    for (CachedAssociation association : graph.associationsTo(type)) {
      if (association.kind() == Kind.EMBEDDED) {
        search(association, tenant, id, toldByWrite);
      }
    }
  }

  /** Adds a changed row that does not tell who its owner in this association is. */
  public void addTarget(CachedAssociation association, @Nullable Tenant tenant, Object id) {
    search(association, tenant, id, true);
  }

  /**
   * Asks at once who owns rows in this association, and adds the owners: later the rows, or what
   * leads to them, will be gone. Rows that have been asked for in this way are passed over.
   */
  public void addOwnersNow(
      CachedAssociation association,
      @Nullable Tenant tenant,
      Collection<?> targetIds,
      OwnerSearch search) {
    Set<Object> known =
        askedBeforeDelete.computeIfAbsent(new Step(association, tenant), s -> new HashSet<>());
    List<Object> asking = new ArrayList<>();
    for (Object id : targetIds) {
      if (known.add(id)) {
        asking.add(id);
      }
    }
    if (!asking.isEmpty()) {
      for (Object owner : search.owners(association, tenant, asking)) {
        addOwner(association.owner(), tenant, owner);
      }
    }
  }

  private void search(
      CachedAssociation association, @Nullable Tenant tenant, Object id, boolean toldByWrite) {
    Step step = new Step(association, tenant);
    if (toldByWrite) {
      told.computeIfAbsent(step, s -> new LinkedHashSet<>()).add(id);
    }
    if (asked.computeIfAbsent(step, s -> new HashSet<>()).add(id)) {
      open.computeIfAbsent(step, s -> new LinkedHashSet<>()).add(id);
    }
  }

  /** Adds what another has collected. */
  public void addAll(AffectedRows other) {
    keys.addAll(other.keys);
    other.told.forEach(
        (step, ids) -> ids.forEach(id -> search(step.association(), step.tenant(), id, true)));
  }

  /**
   * Asks for all owners that are not known, level by level. Rows that have been asked for are not
   * asked for again, so circles end.
   */
  public void findOwners(OwnerSearch search) {
    while (!open.isEmpty()) {
      Map<Step, Set<Object>> level = open;
      open = new LinkedHashMap<>();
      level.forEach(
          (step, ids) -> {
            for (Object owner : search.owners(step.association(), step.tenant(), ids)) {
              addOwner(step.association().owner(), step.tenant(), owner, false);
            }
          });
    }
  }

  /** Whether owners have to be asked for. */
  public boolean needsSearch() {
    return !told.isEmpty();
  }

  /**
   * What has to be asked for once more when the transaction has committed: until then another one
   * may have moved a row to an owner that nobody knew of.
   */
  public AffectedRows again() {
    AffectedRows again = new AffectedRows(graph);
    told.forEach(
        (step, ids) ->
            ids.forEach(id -> again.search(step.association(), step.tenant(), id, true)));
    return again;
  }

  /** How many rows the writes told of, without telling who owns them. */
  int searched() {
    return told.values().stream().mapToInt(Set::size).sum();
  }

  /** The associations whose owners have to be asked for first. */
  Set<CachedAssociation> searchedAssociations() {
    Set<CachedAssociation> associations = new LinkedHashSet<>();
    told.keySet().forEach(step -> associations.add(step.association()));
    return associations;
  }

  /** The keys that are known so far. */
  public AffectedKeys keys() {
    return keys;
  }

  /** Whether nothing is affected. */
  public boolean isEmpty() {
    return keys.isEmpty() && told.isEmpty();
  }

  @Override
  public String toString() {
    return keys + (open.isEmpty() ? "" : " and owners through " + open.keySet());
  }
}
