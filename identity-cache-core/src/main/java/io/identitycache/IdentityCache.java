package io.identitycache;

import io.identitycache.event.CacheListener;
import io.identitycache.event.CacheListeners;
import io.identitycache.fetch.Associated;
import io.identitycache.repository.CacheRepository;
import io.identitycache.repository.EntityCache;
import io.identitycache.repository.EntityCaches;
import io.identitycache.repository.EntityView;
import io.identitycache.repository.Finder;
import io.identitycache.repository.RepositoryFactory;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.metamodel.SingularAttribute;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one application, through which it fetches and invalidates. Safe for use by several
 * threads.
 *
 * <p>The plain way is a repository, an interface of the application:
 *
 * <pre>{@code
 * ProductRepository products = cache.repository(ProductRepository.class);
 * Optional<Product> teapot = products.fetchByHandle("teapot");
 * }</pre>
 *
 * <p>The other methods do the same for code that has no interface, and share its entries. They name
 * attributes as the metamodel does ({@code Product_.handle}) or by their paths; several are joined
 * by {@code +}, as in {@code "vendor + productType"}, and their values are given as a list or a
 * record in that order. Ids and values are converted first: 1, 1L and "1" are one id. Of a null
 * value, the row with a null there is meant; a null id is no row. What is to be included is named
 * by the paths of its associations, such as {@code "variants.prices"}, after everything else. All
 * of them throw {@link IllegalArgumentException}, before anything is asked, if the class is not
 * cached, there is no such index or association, or a value cannot be converted.
 */
public final class IdentityCache {

  private final EntityCaches caches;
  private final CacheListeners listeners;
  private final String store;
  private final boolean on;
  private final RepositoryFactory repositories;
  private final Map<Class<?>, Object> made = new ConcurrentHashMap<>();
  private final Map<Class<?>, EntityView<?>> views = new ConcurrentHashMap<>();

  /**
   * Made by the ORM's module when it starts.
   *
   * @param caches what can be done with each cached entity
   * @param listeners are told what happens
   * @param store what {@link #toString} says of the store
   * @param on whether fetches may use the store
   */
  public IdentityCache(
      Collection<? extends EntityCache<?>> caches,
      CacheListeners listeners,
      String store,
      boolean on) {
    this.caches = new EntityCaches(caches);
    this.listeners = listeners;
    this.store = store;
    this.on = on;
    this.repositories = new RepositoryFactory(this.caches);
  }

  /**
   * The repository of this interface, the same one every time.
   *
   * @throws io.identitycache.validation.InvalidConfigurationException listing every method that
   *     cannot be used, each with what is allowed
   */
  public <R extends CacheRepository<?, ?>> R repository(Class<R> type) {
    return type.cast(made.computeIfAbsent(type, t -> repositories.make(type)));
  }

  /**
   * The entity with this id.
   *
   * @throws EntityNotFoundException if there is none
   */
  public <E> E fetch(Class<E> type, @Nullable Object id, String... include) {
    EntityView<E> view = view(type);
    return view.required(id, view.includes(include));
  }

  /** The entity with this id, if there is one. */
  public <E> Optional<E> fetchById(Class<E> type, @Nullable Object id, String... include) {
    EntityView<E> view = view(type);
    return view.byId(id, view.includes(include));
  }

  /**
   * The entities with these ids, in the order of the ids. An id without a row is left out, one that
   * is given twice is there twice.
   */
  public <E> List<E> fetchMulti(
      Class<E> type, Collection<? extends @Nullable Object> ids, String... include) {
    EntityView<E> view = view(type);
    return view.byIds(ids, view.includes(include));
  }

  /** Whether there is an entity with this id. */
  public boolean exists(Class<?> type, @Nullable Object id) {
    return view(type).exists(id);
  }

  /**
   * The entity with this value of a unique index, if there is one.
   *
   * @throws jakarta.persistence.NonUniqueResultException if there are several after all
   */
  public <E> Optional<E> fetchBy(
      Class<E> type, String attributes, @Nullable Object value, String... include) {
    return finder(type, attributes, include).one(value);
  }

  /** The same, with an attribute of the metamodel. */
  public <E> Optional<E> fetchBy(
      Class<E> type,
      SingularAttribute<? super E, ?> attribute,
      @Nullable Object value,
      String... include) {
    return fetchBy(type, name(attribute), value, include);
  }

  /** The entities with this value of an index, in the order of their ids. */
  public <E> List<E> fetchAllBy(
      Class<E> type, String attributes, @Nullable Object value, String... include) {
    return finder(type, attributes, include).all(value);
  }

  /** The same, with an attribute of the metamodel. */
  public <E> List<E> fetchAllBy(
      Class<E> type,
      SingularAttribute<? super E, ?> attribute,
      @Nullable Object value,
      String... include) {
    return fetchAllBy(type, name(attribute), value, include);
  }

  /**
   * The entities with each of these values of an index, in the order of the values and then of
   * their ids. Every value is a key, as it was given; an unknown one has an empty list.
   */
  public <E, V extends @Nullable Object> Map<V, List<E>> fetchMultiBy(
      Class<E> type, String attributes, Collection<? extends V> values, String... include) {
    return finder(type, attributes, include).allByValue(values);
  }

  /** The same, with an attribute of the metamodel. */
  public <E, V extends @Nullable Object> Map<V, List<E>> fetchMultiBy(
      Class<E> type,
      SingularAttribute<? super E, ?> attribute,
      Collection<? extends V> values,
      String... include) {
    return fetchMultiBy(type, name(attribute), values, include);
  }

  /**
   * What a cached association of an entity in hand leads to, in the shape that is asked of it. The
   * entity is left as it is. If it has the association loaded, or was fetched, it is not read
   * again; otherwise its own row is fetched first. In a read-write transaction the managed instance
   * of that row tells.
   */
  public <E> Associated fetchAssociation(E entity, String association) {
    return view(classOf(entity)).associated(entity, association);
  }

  /** A cached attribute of the row with this id; empty if there is no row, or if it is null. */
  public Optional<Object> fetchAttributeById(Class<?> type, String attribute, @Nullable Object id) {
    return view(type).attributeById(attribute).one(id);
  }

  /** The same, with an attribute of the metamodel. */
  public <E, A> Optional<A> fetchAttributeById(
      Class<E> type, SingularAttribute<? super E, A> attribute, @Nullable Object id) {
    return typed(fetchAttributeById(type, name(attribute), id));
  }

  /**
   * A cached attribute of the rows with these ids, in the order of the ids. Every id is a key as it
   * was given, except one without a row, or with a null there.
   */
  public <K extends @Nullable Object> Map<K, Object> fetchMultiAttributeById(
      Class<?> type, String attribute, Collection<? extends K> ids) {
    return view(type).attributeById(attribute).oneByValue(ids);
  }

  /**
   * A cached attribute of the row with this value of others, of which at most one row has any;
   * empty if there is no row, or if it is null.
   *
   * @throws jakarta.persistence.NonUniqueResultException if there are several after all
   */
  public Optional<Object> fetchAttributeBy(
      Class<?> type, String attribute, String by, @Nullable Object value) {
    return view(type).attribute(attribute, by).one(value);
  }

  /** The same, with attributes of the metamodel. */
  public <E, A> Optional<A> fetchAttributeBy(
      Class<E> type,
      SingularAttribute<? super E, A> attribute,
      SingularAttribute<? super E, ?> by,
      @Nullable Object value) {
    return typed(fetchAttributeBy(type, name(attribute), name(by), value));
  }

  /** A cached attribute of every row with this value of others, in the order of the ids. */
  public List<Object> fetchAllAttributesBy(
      Class<?> type, String attribute, String by, @Nullable Object value) {
    return view(type).attribute(attribute, by).all(value);
  }

  /**
   * A cached attribute of every row with these values of others. Every value is a key, as it was
   * given; an unknown one has an empty list.
   */
  public <V extends @Nullable Object> Map<V, List<Object>> fetchMultiAttributesBy(
      Class<?> type, String attribute, String by, Collection<? extends V> values) {
    return view(type).attribute(attribute, by).allByValue(values);
  }

  /**
   * Makes everything stored about a row unreachable, for a write that the library could not see.
   * Never fails for the store's sake.
   */
  public void invalidateById(Class<?> type, @Nullable Object id) {
    view(type).invalidateById(id);
  }

  /**
   * The same for an entity in hand, under the values it carries: no query, unless it is a proxy
   * that has to be initialized for it.
   */
  public <E> void invalidate(E entity) {
    view(classOf(entity)).invalidate(entity);
  }

  /** Tells a listener of everything that happens from now on. */
  public void addListener(CacheListener listener) {
    listeners.add(listener);
  }

  /** Whether fetches may use the store; if not, they read the database. */
  public boolean isOn() {
    return on;
  }

  @Override
  public String toString() {
    return "identity cache of " + caches + (on ? " in " + store : ", off");
  }

  private <E> Finder<E> finder(Class<E> type, String attributes, String[] include) {
    EntityView<E> view = view(type);
    return view.index(attributes, view.includes(include));
  }

  @SuppressWarnings("unchecked") // getClass() of an E
  private static <E> Class<E> classOf(E entity) {
    return (Class<E>) Objects.requireNonNull(entity, "no entity was given").getClass();
  }

  private <E> EntityView<E> view(Class<E> type) {
    @SuppressWarnings("unchecked") // put there for this class
    EntityView<E> view = (EntityView<E>) views.computeIfAbsent(type, caches::of);
    return view;
  }

  private static String name(SingularAttribute<?, ?> attribute) {
    return Objects.requireNonNull(
            attribute, "the attribute is null: its metamodel class was not initialised by the ORM")
        .getName();
  }

  @SuppressWarnings("unchecked") // a metamodel attribute's values are of its type
  private static <A> Optional<A> typed(Optional<Object> value) {
    return (Optional<A>) value;
  }
}
