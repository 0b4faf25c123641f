package io.identitycache.fetch;

import io.identitycache.event.CacheListeners;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.EntitySource;
import io.identitycache.model.ManagedAssociations;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What the fetches of one cache have in common: an association leads from one entity to others, so
 * each of them may read the rows of all. Safe for use by several threads.
 */
public final class FetchEnvironment {

  private final Map<Class<?>, EntitySource<?>> sources = new HashMap<>();
  private final AssociationGraph graph;
  private final EagerAssociations eager;
  private final ManagedAssociations managed;
  private final ReadThrough readThrough;
  private final UsagePolicy usage;
  private final FillChoice filling;
  private final CacheListeners listeners;

  /**
   * Puts the parts together.
   *
   * @param sources read the rows, one for each cached entity
   * @param graph the cached associations between them
   * @param managed loads associations in read-write transactions
   * @param readThrough the way through the store
   * @param usage tells what a fetch may do
   * @param filling whether and by whom missed entries are filled
   * @param listeners are told what happens
   */
  public FetchEnvironment(
      Collection<? extends EntitySource<?>> sources,
      AssociationGraph graph,
      ManagedAssociations managed,
      ReadThrough readThrough,
      UsagePolicy usage,
      FillChoice filling,
      CacheListeners listeners) {
    sources.forEach(source -> this.sources.put(source.entity().javaType(), source));
    this.graph = graph;
    this.eager = new EagerAssociations(graph);
    this.managed = managed;
    this.readThrough = readThrough;
    this.usage = usage;
    this.filling = filling;
    this.listeners = listeners;
  }

  EntitySource<?> sourceOf(CachedEntity<?> entity) {
    EntitySource<?> source = sources.get(entity.javaType());
    if (source == null) {
      throw new IllegalStateException("Nobody reads the rows of " + entity.name());
    }
    return source;
  }

  AssociationGraph graph() {
    return graph;
  }

  EagerAssociations eager() {
    return eager;
  }

  ManagedAssociations managed() {
    return managed;
  }

  ReadThrough readThrough() {
    return readThrough;
  }

  UsagePolicy usage() {
    return usage;
  }

  FillChoice filling() {
    return filling;
  }

  CacheListeners listeners() {
    return listeners;
  }
}
