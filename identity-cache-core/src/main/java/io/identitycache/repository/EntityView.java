package io.identitycache.repository;

import io.identitycache.fetch.Associated;
import io.identitycache.fetch.Includes;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import jakarta.persistence.EntityNotFoundException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One cached class as its callers see it. A class below a cached one shares its entries; rows of
 * other classes are then no rows. Safe for use by several threads.
 *
 * @param <E> the class
 */
public final class EntityView<E> {

  private final EntityCache<? super E> cache;
  private final Class<E> type;
  private final Vocabulary vocabulary;
  private final AssociationVocabulary associations;
  private final Map<List<String>, Includes> includes = new ConcurrentHashMap<>();

  EntityView(EntityCache<? super E> cache, Class<E> type) {
    this.cache = cache;
    this.type = type;
    this.vocabulary = new Vocabulary(cache.fetcher().entity());
    this.associations =
        new AssociationVocabulary(cache.fetcher().graph(), cache.fetcher().entity(), type);
  }

  /**
   * The entity with this id.
   *
   * @throws EntityNotFoundException if there is none
   */
  public E required(@Nullable Object id, Includes includes) {
    return byId(id, includes)
        .orElseThrow(
            () -> new EntityNotFoundException("There is no " + name() + " with the id " + id));
  }

  /** The entity with this id, which is converted first; a null id is that of no row. */
  public Optional<E> byId(@Nullable Object id, Includes includes) {
    return cache.fetcher().byId(id, includes).filter(type::isInstance).map(type::cast);
  }

  /** The entities with these ids: argument order, unknown ids left out, duplicates repeated. */
  public List<E> byIds(Collection<? extends @Nullable Object> ids, Includes includes) {
    return Finder.only(type, cache.fetcher().byIds(ids, includes));
  }

  /** Whether there is an entity with this id. */
  public boolean exists(@Nullable Object id) {
    return isOfAnotherClassThanTheEntries()
        ? byId(id, Includes.NONE).isPresent()
        : cache.fetcher().exists(id);
  }

  /** Makes everything stored about a row unreachable. */
  public void invalidateById(@Nullable Object id) {
    cache.invalidation().invalidateById(id);
  }

  /** The same for an entity in hand. */
  public void invalidate(E entity) {
    cache.invalidation().invalidate(Objects.requireNonNull(entity, "no entity was given"));
  }

  /**
   * The index on these attributes.
   *
   * @param attributes their paths, joined by {@code +}, in the order in which values will be given
   * @param includes what is followed from the entities that are found
   * @throws IllegalArgumentException naming the nearest attribute if there is no such index
   */
  public Finder<E> index(String attributes, Includes includes) {
    List<String> paths = paths(attributes);
    CachedIndex index =
        vocabulary
            .index(paths)
            .orElseThrow(() -> new IllegalArgumentException(vocabulary.noIndex(paths)));
    return finder(index, order(index, paths), includes);
  }

  /**
   * The cached attribute, to be fetched by id.
   *
   * @throws IllegalArgumentException naming the nearest attribute if it is not cached by id
   */
  public Finder<Object> attributeById(String attribute) {
    return vocabulary.attributes(attribute).stream()
        .filter(CachedAttribute::byId)
        .findFirst()
        .map(cached -> finder(cached, List.of()))
        .orElseThrow(
            () -> new IllegalArgumentException(vocabulary.notCachedBy(attribute, List.of("id"))));
  }

  /**
   * The cached attribute, to be fetched by others.
   *
   * @param attribute its path
   * @param by the others' paths, joined by {@code +}, in the order in which values will be given
   * @throws IllegalArgumentException naming the nearest attribute if it is not cached by them
   */
  public Finder<Object> attribute(String attribute, String by) {
    List<String> paths = paths(by);
    CachedAttribute cached =
        vocabulary
            .attribute(attribute, paths)
            .orElseThrow(
                () -> new IllegalArgumentException(vocabulary.notCachedBy(attribute, paths)));
    return finder(cached, order(cached.by(), paths));
  }

  Finder<E> finder(CachedIndex index, List<Integer> order, Includes includes) {
    return new Finder<>(
        type,
        new FinderKey(index, order),
        values -> cache.fetcher().byIndex(index, values, includes));
  }

  Finder<Object> finder(CachedAttribute attribute, List<Integer> order) {
    if (isOfAnotherClassThanTheEntries() && attribute.by().entityName().equals(entity().name())) {
      // an attribute alone does not tell of which class its row is
      throw new IllegalArgumentException(
          attribute.path()
              + " is cached for every "
              + entity().name()
              + ": fetch it through "
              + entity().name()
              + ", not "
              + name());
    }
    FinderKey key =
        attribute.byId()
            ? new FinderKey(attribute.by(), entity())
            : new FinderKey(attribute.by(), order);
    return new Finder<>(Object.class, key, values -> cache.fetcher().attribute(attribute, values));
  }

  /**
   * The associations that paths name, such as {@code variants.prices}.
   *
   * @throws IllegalArgumentException naming the nearest one if there is none, or it is not marked
   */
  public Includes includes(String... paths) {
    return paths.length == 0
        ? Includes.NONE
        : includes.computeIfAbsent(List.of(paths), associations::includes);
  }

  /**
   * What an association of an entity in hand leads to.
   *
   * @throws IllegalArgumentException naming the nearest one if there is none, or it is not marked
   */
  public Associated associated(E owner, String association) {
    List<CachedAssociation> named = associations.named(association);
    if (named.isEmpty()) {
      throw new IllegalArgumentException(associations.noAssociation(association));
    }
    return associated(owner, named);
  }

  Associated associated(E owner, List<CachedAssociation> named) {
    return cache.fetcher().associated(named, Objects.requireNonNull(owner, "no entity was given"));
  }

  AssociationVocabulary associations() {
    return associations;
  }

  CachedEntity<?> entity() {
    return cache.fetcher().entity();
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  Class<E> type() {
    return type;
  }

  String name() {
    return isOfAnotherClassThanTheEntries() ? type.getSimpleName() : entity().name();
  }

  private boolean isOfAnotherClassThanTheEntries() {
    return type != entity().javaType();
  }

  private static List<String> paths(String joined) {
    return Arrays.stream(joined.split("\\+", -1)).map(String::strip).toList();
  }

  /** For each path the position of its attribute in the index. */
  private static List<Integer> order(CachedIndex index, List<String> paths) {
    List<String> declared = Vocabulary.paths(index);
    return paths.stream().map(declared::indexOf).toList();
  }
}
