package io.identitycache.repository;

import io.identitycache.entry.Codec;
import io.identitycache.event.CacheListeners;
import io.identitycache.fetch.CurrentRow;
import io.identitycache.fetch.EntityFetcher;
import io.identitycache.fetch.FetchEnvironment;
import io.identitycache.fetch.FillChoice;
import io.identitycache.fetch.FillPolicy;
import io.identitycache.fetch.ReadThrough;
import io.identitycache.fetch.UsagePolicy;
import io.identitycache.fetch.UsagePolicy.Caller;
import io.identitycache.fetch.UsagePolicy.Usage;
import io.identitycache.invalidation.Invalidator;
import io.identitycache.invalidation.ManualInvalidation;
import io.identitycache.invalidation.OwnerSearch;
import io.identitycache.invalidation.OwnersAfterCommit;
import io.identitycache.invalidation.RowInvalidator;
import io.identitycache.key.CacheKey;
import io.identitycache.key.Fingerprint;
import io.identitycache.key.KeySpace;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
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
import io.identitycache.store.InProcessStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Products in memory, asked as in a read-write transaction: the shapes of the answers are tested
 * here, the way to the store is not. Counts what it is asked for.
 */
final class ProductTable implements EntitySource<Product>, ManagedReader<Product> {

  static final CachedIndex HANDLE = index(true, "handle");
  static final CachedIndex VENDOR_AND_TYPE = index(false, "vendor", "productType");
  static final CachedIndex SHOP = index(false, "shop");
  static final CachedIndex WIDTH = index(false, "dimensions.width");
  static final CachedIndex RANK_AND_FILE_BY_HAND = index(false, "rankAndFileByHand");

  private static final Map<String, Function<Product, Object>> GETTERS =
      Map.of(
          "id", p -> p.id,
          "handle", p -> p.handle,
          "vendor", p -> p.vendor,
          "productType", p -> p.productType,
          "title", p -> p.title,
          "shop", p -> p.shop,
          "dimensions.width", p -> p.id.intValue() % 10,
          "rankAndFileByHand", p -> p.handle);

  private static final ManagedAssociations NO_ASSOCIATIONS =
      new ManagedAssociations() {
        @Override
        public void load(CachedAssociation association, Collection<?> owners) {
          throw new AssertionError("there are no associations");
        }

        @Override
        public Object unproxied(Object entity) {
          return entity;
        }
      };

  final List<Integer> batches = new ArrayList<>();
  final List<CacheKey> invalidated = new ArrayList<>();
  private final List<Product> rows = new ArrayList<>();

  ProductTable(Product... rows) {
    this.rows.addAll(List.of(rows));
  }

  private static CachedIndex index(boolean unique, String... paths) {
    return new CachedIndex(
        "Product." + String.join("+", paths),
        "Product",
        Arrays.stream(paths).map(ProductTable::attribute).toList(),
        unique,
        false,
        keys("Product." + String.join("+", paths)));
  }

  private static IndexedAttribute attribute(String path) {
    return switch (path) {
      case "shop" ->
          new IndexedAttribute(
              "shop", Long.class, Shop.class, s -> ((Shop) s).id(), UnaryOperator.identity());
      case "id" -> IndexedAttribute.basic(path, Long.class);
      case "dimensions.width" -> IndexedAttribute.basic(path, Integer.class);
      default -> IndexedAttribute.basic(path, String.class);
    };
  }

  private static KeySpace keys(String name) {
    return new KeySpace("test", 1, name, Fingerprint.of(List.of(name)));
  }

  EntityCache<Product> cache() {
    CacheListeners listeners = new CacheListeners();
    InProcessStore store = new InProcessStore(1000);
    ReadThrough readThrough =
        new ReadThrough(
            store,
            listeners,
            new FillPolicy(
                Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofMillis(1), 1, 0));
    UsagePolicy usage = entity -> new Caller(Usage.SESSION, null);
    AssociationGraph graph = new AssociationGraph(List.of(), List.of());
    Invalidator invalidator = new Invalidator(store, listeners);
    OwnerSearch noOwners = (association, tenant, ids) -> Set.of();
    return new EntityCache<>(
        new EntityFetcher<>(
            this,
            new FetchEnvironment(
                List.of(this),
                graph,
                NO_ASSOCIATIONS,
                readThrough,
                usage,
                new FillChoice(false, false, null),
                listeners)),
        new ManualInvalidation<>(
            this,
            new CurrentRow<>(this, readThrough, usage),
            new RowInvalidator(invalidator, noOwners, new OwnersAfterCommit(noOwners, invalidator)),
            rows -> invalidated.addAll(rows.keys().keys()),
            graph,
            association -> true));
  }

  /** The keys of a product's own entry and of one of its indexes' entries. */
  List<CacheKey> keysOf(Product product, CachedIndex index) {
    return List.of(entity().keyOf(null, product.id), index.keyOf(null, valueOf(index, product)));
  }

  EntityCaches caches() {
    return new EntityCaches(List.of(cache()));
  }

  @Override
  public CachedEntity<Product> entity() {
    return new CachedEntity<>(
        "Product",
        Product.class,
        List.of(
            "id",
            "handle",
            "vendor",
            "productType",
            "title",
            "shop",
            "dimensions",
            "dimensions.width",
            "rankAndFileByHand"),
        new CachedEntity.Identifier("id", Long.class, List::of),
        keys("Product"),
        Duration.ofDays(1),
        List.of(HANDLE, VENDOR_AND_TYPE, SHOP, WIDTH, RANK_AND_FILE_BY_HAND),
        List.of(
            new CachedAttribute("title", String.class, index(true, "id"), true),
            new CachedAttribute("title", String.class, HANDLE, false),
            new CachedAttribute("title", String.class, VENDOR_AND_TYPE, false)));
  }

  @Override
  public Map<Object, Product> entities(Collection<?> ids) {
    batches.add(ids.size());
    Map<Object, Product> found = new LinkedHashMap<>();
    rows.stream().filter(p -> ids.contains(p.id)).forEach(p -> found.put(p.id, p));
    return found;
  }

  @Override
  public Map<IndexValue, List<Product>> entities(CachedIndex index, Collection<IndexValue> values) {
    return find(index, values, p -> p);
  }

  @Override
  public Map<IndexValue, List<Object>> attributes(
      CachedAttribute attribute, Collection<IndexValue> values) {
    return find(attribute.by(), values, GETTERS.get(attribute.path()));
  }

  private <T> Map<IndexValue, List<T>> find(
      CachedIndex index, Collection<IndexValue> values, Function<Product, T> what) {
    batches.add(values.size());
    Map<IndexValue, List<T>> found = new LinkedHashMap<>();
    for (IndexValue value : values) {
      List<T> items = new ArrayList<>();
      rows.stream().filter(p -> valueOf(index, p).equals(value)).map(what).forEach(items::add);
      found.put(value, items);
    }
    return found;
  }

  @Override
  public IndexValue valueOf(CachedIndex index, Product product) {
    List<Object> items = new ArrayList<>();
    index.attributes().forEach(a -> items.add(GETTERS.get(a.path()).apply(product)));
    return index.valueOf(items);
  }

  @Override
  public ManagedReader<Product> managed() {
    return this;
  }

  @Override
  public Object idOf(Product product) {
    return product.id;
  }

  @Override
  public RowReader rows(Tenant tenant) {
    throw new AssertionError("a read-write transaction reads through its session");
  }

  @Override
  public RowReader rowsOfTransaction() {
    return new RowsAlone();
  }

  @Override
  public Product hydrate(Object id, byte[] state, Instances instances) {
    throw new AssertionError("nothing is stored");
  }

  @Override
  public Product known(Object id, Instances instances) {
    return null;
  }

  @Override
  public Codec<List<Object>> idsCodec() {
    throw new AssertionError("nothing is stored");
  }

  @Override
  public Codec<List<Object>> valuesCodec(CachedAttribute attribute) {
    throw new AssertionError("nothing is stored");
  }

  /** Reads rows for a manual invalidation, which looks at them in the database. */
  private final class RowsAlone implements RowReader {

    @Override
    public Map<Object, RowState> states(Collection<?> ids) {
      throw new AssertionError("a read-write transaction reads through its session");
    }

    @Override
    public Object row(Object id) {
      return entities(List.of(id)).get(id);
    }

    @Override
    public Map<IndexValue, Rows<Object>> ids(CachedIndex index, Collection<IndexValue> values) {
      throw new AssertionError("a read-write transaction reads through its session");
    }

    @Override
    public Map<IndexValue, Rows<Object>> attributes(
        CachedAttribute attribute, Collection<IndexValue> values) {
      throw new AssertionError("a read-write transaction reads through its session");
    }
  }
}
