package io.identitycache.fetch;

import io.identitycache.IdentityCache;
import io.identitycache.entry.Codec;
import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheListeners;
import io.identitycache.fetch.Thing.Brand;
import io.identitycache.fetch.Thing.Image;
import io.identitycache.fetch.Thing.Link;
import io.identitycache.fetch.Thing.Price;
import io.identitycache.fetch.Thing.Product;
import io.identitycache.fetch.Thing.ProductProxy;
import io.identitycache.fetch.Thing.Shop;
import io.identitycache.fetch.Thing.Variant;
import io.identitycache.fetch.UsagePolicy.Caller;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.invalidation.Invalidator;
import io.identitycache.invalidation.ManualInvalidation;
import io.identitycache.invalidation.OwnerSearch;
import io.identitycache.invalidation.OwnersAfterCommit;
import io.identitycache.invalidation.RowInvalidator;
import io.identitycache.key.Fingerprint;
import io.identitycache.key.KeySpace;
import io.identitycache.model.AssociatedType;
import io.identitycache.model.AssociationAccess;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAssociation.Kind;
import io.identitycache.model.CachedAssociation.Shape;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.EntitySource;
import io.identitycache.model.IndexValue;
import io.identitycache.model.IndexedAttribute;
import io.identitycache.model.Instances;
import io.identitycache.model.ManagedAssociations;
import io.identitycache.model.ManagedReader;
import io.identitycache.model.RowReader;
import io.identitycache.model.RowState;
import io.identitycache.model.Rows;
import io.identitycache.model.Tenant;
import io.identitycache.repository.EntityCache;
import io.identitycache.repository.EntityCaches;
import io.identitycache.store.InProcessStore;
import io.identitycache.testing.MeteredStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Products, variants, prices, shops and brands in memory, with stored states and associations of
 * every kind, behind a real read path over an in-process store. Notes what is asked of it.
 *
 * <p>A product embeds its images, its cover and its tags; it references its variants (as a list and
 * by their codes), its shop, and eagerly its brand. An image, which has no entry of its own,
 * references a shop and eagerly its maker; a variant its prices and a shop; a price its product; a
 * brand eagerly its flagship, a product.
 */
final class Storefront {

  /** What the database was asked: {@code "Variant [1, 2]"}, or in a session "Product.shop of 2". */
  final List<String> queries = new CopyOnWriteArrayList<>();

  final List<CacheEvent> events = new CopyOnWriteArrayList<>();
  final MeteredStore store = new MeteredStore(new InProcessStore(1_000_000));
  Usage usage = Usage.CACHE;

  private final Map<Class<?>, Map<Long, Row>> database = new HashMap<>();
  private final Map<Class<?>, Map<Long, Thing>> session = new HashMap<>();
  private final Map<Class<?>, EntitySource<?>> sources = new LinkedHashMap<>();
  private final Map<Class<?>, BiFunction<Long, String, Thing>> makers =
      Map.of(
          Product.class, Product::new,
          Image.class, Image::new,
          Variant.class, Variant::new,
          Price.class, Price::new,
          Shop.class, Shop::new,
          Brand.class, Brand::new);
  private final List<CachedAssociation> associations = new ArrayList<>();
  private final BackgroundFiller filler = new BackgroundFiller();
  private final IdentityCache cache;
  private final EntityCaches caches;

  /** A row, with the rows that are embedded in it. */
  private record Row(Class<?> type, Long id, String text, HashMap<String, Object> values)
      implements Serializable {}

  Storefront() {
    CacheListeners listeners = new CacheListeners();
    listeners.add(events::add);
    List.of(Product.class, Variant.class, Price.class, Shop.class, Brand.class)
        .forEach(type -> sources.put(type, new Table<>(type)));
    AssociationGraph graph = graph();
    ReadThrough readThrough =
        new ReadThrough(
            store,
            listeners,
            new FillPolicy(
                Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofMillis(100), 4, 0));
    UsagePolicy policy = entity -> new Caller(usage, null);
    FetchEnvironment environment =
        new FetchEnvironment(
            sources.values(),
            graph,
            new Session(),
            readThrough,
            policy,
            new FillChoice(true, false, filler),
            listeners);
    List<EntityCache<?>> all = new ArrayList<>();
    sources
        .values()
        .forEach(
            source -> all.add(cache(source, environment, readThrough, policy, listeners, graph)));
    this.cache = new IdentityCache(all, listeners, "memory", true);
    this.caches = new EntityCaches(all);
  }

  private <E> EntityCache<E> cache(
      EntitySource<E> source,
      FetchEnvironment environment,
      ReadThrough readThrough,
      UsagePolicy policy,
      CacheListeners listeners,
      AssociationGraph graph) {
    Invalidator invalidator = new Invalidator(store, listeners);
    OwnerSearch noOwners = (association, tenant, ids) -> Set.of();
    return new EntityCache<>(
        new EntityFetcher<>(source, environment),
        new ManualInvalidation<>(
            source,
            new CurrentRow<>(source, readThrough, policy),
            new RowInvalidator(invalidator, noOwners, new OwnersAfterCommit(noOwners, invalidator)),
            rows -> false,
            graph,
            association -> true));
  }

  private AssociationGraph graph() {
    Map<Class<?>, AssociatedType> types = new LinkedHashMap<>();
    sources.forEach(
        (type, source) ->
            types.put(
                type, new AssociatedType(type.getSimpleName(), type, List.of(source.entity()))));
    types.put(Image.class, new AssociatedType("Image", Image.class, List.of()));
    Declaring product = new Declaring(types, types.get(Product.class));
    product.add("images", Image.class, Kind.EMBEDDED, Shape.MANY, false);
    product.add("cover", Image.class, Kind.EMBEDDED, Shape.ONE, false);
    product.add("tags", String.class, Kind.EMBEDDED, Shape.MANY, false);
    product.add("variants", Variant.class, Kind.REFERENCED, Shape.MANY, false);
    product.add("variantsByCode", Variant.class, Kind.REFERENCED, Shape.MAP, false);
    product.add("shop", Shop.class, Kind.REFERENCED, Shape.ONE, false);
    product.add("brand", Brand.class, Kind.REFERENCED, Shape.ONE, true);
    Declaring image = new Declaring(types, types.get(Image.class));
    image.add("shop", Shop.class, Kind.REFERENCED, Shape.ONE, false);
    image.add("maker", Brand.class, Kind.REFERENCED, Shape.ONE, true);
    Declaring variant = new Declaring(types, types.get(Variant.class));
    variant.add("prices", Price.class, Kind.REFERENCED, Shape.MANY, false);
    variant.add("shop", Shop.class, Kind.REFERENCED, Shape.ONE, false);
    new Declaring(types, types.get(Price.class))
        .add("product", Product.class, Kind.REFERENCED, Shape.ONE, false);
    new Declaring(types, types.get(Brand.class))
        .add("flagship", Product.class, Kind.REFERENCED, Shape.ONE, true);
    return new AssociationGraph(types.values(), associations);
  }

  private final class Declaring {

    private final Map<Class<?>, AssociatedType> types;
    private final AssociatedType owner;

    Declaring(Map<Class<?>, AssociatedType> types, AssociatedType owner) {
      this.types = types;
      this.owner = owner;
    }

    void add(String name, Class<?> element, Kind kind, Shape shape, boolean eager) {
      associations.add(
          new CachedAssociation(
              name,
              owner,
              types.get(element),
              element,
              kind,
              shape,
              eager,
              new LinkAccess(owner.javaType(), name),
              null));
    }
  }

  IdentityCache cache() {
    return cache;
  }

  EntityCaches caches() {
    return caches;
  }

  /** Ends the background filler's thread. */
  void close() {
    filler.close();
  }

  /**
   * Puts a row into the database, or changes it there.
   *
   * @param values of associations by name: an id, a list of ids, a map from codes to ids, a list of
   *     tags; an embedded row as {@link #embedded} makes it
   */
  void row(Class<?> type, long id, String text, Map<String, ?> values) {
    database
        .computeIfAbsent(type, t -> new LinkedHashMap<>())
        .put(id, new Row(type, id, text, new HashMap<>(values)));
  }

  void row(Class<?> type, long id) {
    row(type, id, "text " + id, Map.of());
  }

  void delete(Class<?> type, long id) {
    database.get(type).remove(id);
  }

  static Serializable embedded(long id, Map<String, ?> values) {
    return new Row(Image.class, id, "image " + id, new HashMap<>(values));
  }

  /** Forgets what has been noted so far. */
  void forget() {
    queries.clear();
    events.clear();
    store.reset();
  }

  /** The reads of the store, each as the sorted names of the entities or indexes asked for. */
  List<String> storeReads() {
    return events.stream()
        .filter(event -> event.kind() == CacheEvent.Kind.STORE_READ)
        .map(event -> event.name() + " " + event.keys())
        .toList();
  }

  List<String> events(CacheEvent.Kind kind) {
    return events.stream()
        .filter(event -> event.kind() == kind)
        .map(event -> event.name() + " " + event.keys())
        .toList();
  }

  /** A detached instance as a query gives it: it knows nothing of its associations. */
  Product found(long id) {
    return (Product) unloaded(database.get(Product.class).get(id));
  }

  private Thing unloaded(Row row) {
    Thing thing = makers.get(row.type()).apply(row.id(), row.text());
    of(row.type())
        .forEach(
            association -> {
              Link link = new Link();
              link.row = row.values().get(association.name());
              thing.links.put(association.name(), link);
            });
    return thing;
  }

  private List<CachedAssociation> of(Class<?> type) {
    return associations.stream().filter(each -> each.owner().javaType() == type).toList();
  }

  private Thing hydrate(Row row, Instances instances) {
    String hierarchy = row.type().getSimpleName();
    Object known = instances.get(hierarchy, row.id());
    if (known != null) {
      return (Thing) known;
    }
    Thing thing = unloaded(row);
    instances.put(hierarchy, row.id(), thing);
    for (CachedAssociation association : of(row.type())) {
      Link link = thing.links.get(association.name());
      boolean many = association.shape() != Shape.ONE;
      link.loaded = association.kind() == Kind.EMBEDDED || (link.row == null && !many);
      if (association.kind() == Kind.REFERENCED) {
        link.ids = many && link.row == null ? noIds(association) : link.row;
      } else if (link.row instanceof List<?> rows) {
        List<Object> embedded = new ArrayList<>();
        rows.forEach(
            each -> embedded.add(each instanceof Row child ? hydrate(child, instances) : each));
        link.value = embedded;
      } else if (link.row instanceof Row child) {
        link.value = hydrate(child, instances);
      } else if (many) {
        link.value = new ArrayList<>();
      }
    }
    return thing;
  }

  private static Object noIds(CachedAssociation association) {
    return association.shape() == Shape.MAP ? Map.of() : List.of();
  }

  /** Values of one association, in the links of things. */
  private record LinkAccess(Class<?> owner, String name) implements AssociationAccess {

    private Link link(Object instance) {
      return ((Thing) instance).links.get(name);
    }

    @Override
    public boolean isOf(Object instance) {
      return owner.isInstance(instance);
    }

    @Override
    public boolean isLoaded(Object instance) {
      return link(instance).loaded;
    }

    @Override
    public Object value(Object instance) {
      return link(instance).value;
    }

    @Override
    public List<Object> targets(Object instance) {
      return list(link(instance).value);
    }

    @Override
    public List<Object> ids(Object instance) {
      Object ids = link(instance).ids;
      return ids == null ? null : list(ids);
    }

    @Override
    public void resolve(Object instance, Function<Object, Object> target) {
      Object value = resolved(instance, target);
      link(instance).value = value;
      link(instance).loaded = value != null;
    }

    @Override
    public Object resolved(Object instance, Function<Object, Object> target) {
      Object ids = link(instance).ids;
      if (ids instanceof Map<?, ?> map) {
        Map<Object, Object> resolved = new LinkedHashMap<>();
        map.forEach(
            (key, id) ->
                Optional.ofNullable(target.apply(id)).ifPresent(it -> resolved.put(key, it)));
        return resolved;
      }
      return ids instanceof List<?> list
          ? new ArrayList<>(list.stream().map(target).filter(Objects::nonNull).toList())
          : target.apply(ids);
    }

    private static List<Object> list(Object value) {
      if (value instanceof Map<?, ?> map) {
        return new ArrayList<>(map.values());
      }
      return value instanceof Collection<?> collection
          ? new ArrayList<>(collection)
          : value == null ? List.of() : List.of(value);
    }
  }

  /** The session of a read-write transaction. */
  private final class Session implements ManagedAssociations {

    @Override
    public void load(CachedAssociation association, Collection<?> owners) {
      List<Link> links =
          owners.stream()
              .map(owner -> ((Thing) owner).links.get(association.name()))
              .filter(link -> !link.loaded)
              .toList();
      if (!links.isEmpty()) {
        queries.add(association + " of " + links.size());
      }
      for (Link link : links) {
        link.loaded = true;
        if (link.row instanceof List<?> list) {
          link.value =
              new ArrayList<>(list.stream().map(each -> managed(association, each)).toList());
        } else if (link.row != null) {
          link.value = managed(association, link.row);
        } else if (association.shape() == Shape.MANY) {
          link.value = new ArrayList<>();
        }
      }
    }

    private Object managed(CachedAssociation association, Object row) {
      return row instanceof Row embedded
          ? unloaded(embedded)
          : row instanceof Long id ? Storefront.this.managed(association.elementType(), id) : row;
    }

    @Override
    public Object unproxied(Object entity) {
      return entity instanceof ProductProxy proxy ? proxy.behind : entity;
    }
  }

  private Thing managed(Class<?> type, Long id) {
    return session
        .computeIfAbsent(type, t -> new HashMap<>())
        .computeIfAbsent(id, i -> unloaded(database.get(type).get(i)));
  }

  /** The rows of one cached entity. */
  private final class Table<E extends Thing> implements EntitySource<E>, RowReader {

    private final Class<E> type;
    private final CachedEntity<E> entity;

    @SuppressWarnings("unchecked") // called with things only
    Table(Class<?> type) {
      this.type = (Class<E>) type;
      String name = type.getSimpleName();
      this.entity =
          new CachedEntity<>(
              name,
              this.type,
              List.of("id", "text", "images", "variants", "shop", "brand", "supplier"),
              new CachedEntity.Identifier("id", Long.class, List::of),
              new KeySpace("test", 1, name, Fingerprint.of(List.of(name))),
              Duration.ofDays(1),
              List.of(
                  new CachedIndex(
                      name + ".text",
                      name,
                      List.of(IndexedAttribute.basic("text", String.class)),
                      false,
                      false,
                      new KeySpace("test", 1, name + ".text", Fingerprint.of(List.of(name))))),
              List.of());
    }

    private Map<Long, Row> rows() {
      return database.getOrDefault(type, Map.of());
    }

    private void note(Collection<?> asked) {
      queries.add(type.getSimpleName() + " " + new TreeSet<>(asked));
    }

    @Override
    public CachedEntity<E> entity() {
      return entity;
    }

    @Override
    public RowReader rows(Tenant tenant) {
      return this;
    }

    @Override
    public RowReader rowsOfTransaction() {
      return this;
    }

    @Override
    public ManagedReader<E> managed() {
      return new Managed<>(this);
    }

    @Override
    public E hydrate(Object id, byte[] state, Instances instances) {
      return type.cast(Storefront.this.hydrate((Row) read(state), instances));
    }

    @Override
    public E known(Object id, Instances instances) {
      return type.cast(instances.get(type.getSimpleName(), id));
    }

    @Override
    public Object idOf(E thing) {
      return thing.id;
    }

    @Override
    public IndexValue valueOf(CachedIndex index, E thing) {
      return index.valueOf(List.of(thing.text));
    }

    @Override
    public Codec<List<Object>> idsCodec() {
      return new Codec<>() {
        @Override
        public byte[] encode(List<Object> ids) {
          return written(new ArrayList<>(ids));
        }

        @Override
        public List<Object> decode(byte[] content) {
          return new ArrayList<>((List<?>) read(content));
        }
      };
    }

    @Override
    public Codec<List<Object>> valuesCodec(CachedAttribute attribute) {
      throw new AssertionError("no attribute is cached by itself");
    }

    @Override
    public Map<Object, RowState> states(Collection<?> ids) {
      note(ids);
      Map<Object, RowState> states = new LinkedHashMap<>();
      for (Object id : ids) {
        Row row = rows().get((Long) id);
        if (row != null) {
          states.put(id, RowState.of(written(row)));
        }
      }
      return states;
    }

    @Override
    public Object row(Object id) {
      Row row = rows().get((Long) id);
      return row == null ? null : unloaded(row);
    }

    @Override
    public Map<IndexValue, Rows<Object>> attributes(
        CachedAttribute attribute, Collection<IndexValue> values) {
      throw new AssertionError("no attribute is cached by itself");
    }

    @Override
    public Map<IndexValue, Rows<Object>> ids(CachedIndex index, Collection<IndexValue> values) {
      queries.add(index.name());
      Map<IndexValue, Rows<Object>> ids = new LinkedHashMap<>();
      for (IndexValue value : values) {
        List<Object> found = new ArrayList<>();
        rows()
            .forEach(
                (id, row) -> {
                  if (index.valueOf(List.of(row.text())).equals(value)) {
                    found.add(id);
                  }
                });
        ids.put(value, new Rows<>(found, true));
      }
      return ids;
    }
  }

  /** The rows of one cached entity, read through the session. */
  private final class Managed<E extends Thing> implements ManagedReader<E> {

    private final Table<E> table;

    Managed(Table<E> table) {
      this.table = table;
    }

    @Override
    public Map<Object, E> entities(Collection<?> ids) {
      table.note(ids);
      Map<Object, E> found = new LinkedHashMap<>();
      for (Object id : ids) {
        if (table.rows().containsKey((Long) id)) {
          found.put(id, table.type.cast(managed(table.type, (Long) id)));
        }
      }
      return found;
    }

    @Override
    public Map<IndexValue, List<E>> entities(CachedIndex index, Collection<IndexValue> values) {
      Map<IndexValue, List<E>> found = new LinkedHashMap<>();
      table
          .ids(index, values)
          .forEach(
              (value, ids) ->
                  found.put(
                      value,
                      ids.items().stream()
                          .map(id -> table.type.cast(managed(table.type, (Long) id)))
                          .toList()));
      return found;
    }

    @Override
    public Map<IndexValue, List<Object>> attributes(
        CachedAttribute attribute, Collection<IndexValue> values) {
      throw new AssertionError("no attribute is cached by itself");
    }
  }

  private static byte[] written(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] content) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(content))) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
