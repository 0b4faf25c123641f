package io.identitycache.hibernate.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.load.Shop.Bundle;
import io.identitycache.hibernate.load.Shop.Coupon;
import io.identitycache.hibernate.load.Shop.Image;
import io.identitycache.hibernate.load.Shop.Place;
import io.identitycache.hibernate.load.Shop.Price;
import io.identitycache.hibernate.load.Shop.PriceId;
import io.identitycache.hibernate.load.Shop.Product;
import io.identitycache.hibernate.load.Shop.Stock;
import io.identitycache.hibernate.load.Shop.Vendor;
import io.identitycache.hibernate.load.Shop.Voucher;
import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.mapping.MappingReader;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Instances;
import io.identitycache.model.RowReader;
import io.identitycache.model.RowState;
import io.identitycache.model.Rows;
import io.identitycache.validation.Problems;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntitySourceTest {

  private final TestDatabase database = TestDatabase.h2();
  private SessionFactoryImplementor factory;
  private MappedEntities entities;
  private SharedSessionContractImplementor current;

  @BeforeEach
  void boot() {
    start(database);
  }

  private void start(TestDatabase on) {
    factory = on.boot(Shop.ENTITIES);
    Problems problems = new Problems();
    entities = MappingReader.read(factory, "test", Duration.ofDays(1), problems);
    problems.throwIfAny();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void states_takeOneStatementOneConnectionAndNoCommit() {
    products(3);
    Map<Object, RowState> states = source(Product.class).rows(null).states(List.of(1L, 3L, 99L));
    assertThat(states).containsOnlyKeys(1L, 3L);
    assertThat(database.journal()).containsExactly("SELECT", "ROLLBACK");
    assertThat(database.connectionsBorrowed()).isEqualTo(1);
    assertThat(database.connectionsInUse()).isZero();
  }

  @Test
  void states_leaveEagerAssociationsUnread() {
    database.prepare(
        factory,
        session -> {
          for (long id = 1; id <= 3; id++) {
            Vendor vendor = new Vendor(id, "v" + id);
            session.persist(vendor);
            Product product = id == 2 ? new Bundle(id, "h" + id, "set") : new Product(id, "h" + id);
            product.vendor = vendor;
            session.persist(product);
            Image image = new Image();
            image.id = id;
            image.product = product;
            session.persist(image);
          }
        });
    HibernateEntitySource<Product> products = source(Product.class);
    Map<Object, RowState> states = products.rows(null).states(List.of(1L, 2L, 3L));
    assertThat(database.statements()).hasSize(1);
    assertThat(database.statements().get(0))
        .doesNotContainIgnoringCase("image")
        .doesNotContainIgnoringCase(" join ");
    Product second = products.hydrate(2L, states.get(2L).content(), new Instances());
    assertThat(second).isInstanceOf(Bundle.class);
    assertThat(second.handle).isEqualTo("h2");
    assertThat(Hibernate.isInitialized(second.vendor)).isFalse();
    assertThat(Hibernate.isInitialized(second.images)).isFalse();
  }

  @Test
  void states_ofManyIds_takeOneStatementForEveryFiveHundred() {
    products(1100);
    List<Long> ids = LongStream.rangeClosed(1, 1100).boxed().toList();
    assertThat(source(Product.class).rows(null).states(ids)).hasSize(1100);
    assertThat(database.journal()).containsExactly("SELECT", "SELECT", "SELECT", "ROLLBACK");
  }

  @Test
  void ids_areOrderedByIdAsANumber_andReadNothingElse() {
    database.prepare(
        factory,
        session -> {
          Vendor vendor = new Vendor(7, "v");
          session.persist(vendor);
          for (long id : new long[] {10, 2, 1}) {
            Product product = new Product(id, "h" + id);
            product.vendor = vendor;
            product.productType = "mug";
            session.persist(product);
          }
        });
    CachedIndex index = index(Product.class, "Product.vendor+productType");
    IndexValue mugs = index.valueOf(List.of(7L, "mug"));
    IndexValue none = index.valueOf(List.of(7L, "cup"));
    Map<IndexValue, Rows<Object>> ids =
        source(Product.class).rows(null).ids(index, List.of(none, mugs));
    assertThat(ids.keySet()).containsExactly(none, mugs);
    assertThat(ids.get(mugs)).isEqualTo(new Rows<>(List.of(1L, 2L, 10L), true));
    assertThat(ids.get(none)).isEqualTo(new Rows<>(List.of(), true));
    assertThat(database.statements()).hasSize(1);
    assertThat(database.statements().get(0))
        .doesNotContainIgnoringCase("title")
        .doesNotContainIgnoringCase("join");
  }

  @Test
  @DisplayName("IDX-17 tuples are never mixed across")
  void ids_ofComposites_areNotMixed() {
    database.prepare(
        factory,
        session -> {
          Vendor a = new Vendor(1, "a");
          Vendor b = new Vendor(2, "b");
          session.persist(a);
          session.persist(b);
          add(session, 1, a, "x");
          add(session, 2, a, "y");
          add(session, 3, b, "y");
          add(session, 4, null, "y");
          add(session, 5, a, null);
        });
    CachedIndex index = index(Product.class, "Product.vendor+productType");
    List<IndexValue> values =
        List.of(
            index.valueOf(List.of(1L, "x")),
            index.valueOf(List.of(2L, "y")),
            index.valueOf(Arrays.asList(null, "y")),
            index.valueOf(Arrays.asList(1L, null)),
            index.valueOf(Arrays.asList(null, null)));
    Map<IndexValue, Rows<Object>> ids = source(Product.class).rows(null).ids(index, values);
    assertThat(values.stream().map(value -> ids.get(value).items()))
        .containsExactly(List.of(1L), List.of(3L), List.of(4L), List.of(5L), List.of());
    assertThat(database.statements()).hasSize(1);
  }

  @Test
  void ids_ofManyValuesAndOfNull_takeOneStatement() {
    products(20);
    database.execute("insert into Product (id, handle, DTYPE) values (21, null, 'Product')");
    CachedIndex index = index(Product.class, "Product.handle");
    Set<IndexValue> values = new LinkedHashSet<>();
    for (int i = 0; i <= 20; i++) {
      values.add(index.valueOf(List.of("h" + i)));
    }
    IndexValue absent = index.valueOf(Arrays.asList((Object) null));
    values.add(absent);
    Map<IndexValue, Rows<Object>> ids = source(Product.class).rows(null).ids(index, values);
    assertThat(ids.get(absent).items()).containsExactly(21L);
    assertThat(ids.get(index.valueOf(List.of("h20"))).items()).containsExactly(20L);
    assertThat(ids.get(index.valueOf(List.of("h0"))).items()).isEmpty();
    assertThat(database.statements()).hasSize(1);
  }

  @Test
  void ids_whenCaseIsIgnored_findEveryCase() {
    products(2);
    CachedIndex index = index(Product.class, "Product.sku");
    IndexValue value = index.valueOf(List.of("SKU-2"));
    assertThat(source(Product.class).rows(null).ids(index, List.of(value)).get(value))
        .isEqualTo(new Rows<>(List.of(2L), true));
  }

  @Test
  void ids_ofPathsIntoEmbeddablesAndTheId() {
    database.prepare(
        factory,
        session -> {
          Product product = new Product(1, "h");
          product.origin.country = "it";
          session.persist(product);
        });
    CachedIndex index = index(Product.class, "Product.origin.country+id");
    IndexValue value = index.valueOf(List.of("it", "1"));
    assertThat(source(Product.class).rows(null).ids(index, List.of(value)).get(value).items())
        .containsExactly(1L);
  }

  @Test
  void ids_ofASubclassIndex_findTheSubclassOnly() {
    database.prepare(
        factory,
        session -> {
          session.persist(new Product(1, "h1"));
          session.persist(new Bundle(2, "h2", "set"));
        });
    CachedIndex index = index(Bundle.class, "Bundle.label");
    assertThat(entities.of(Bundle.class)).isSameAs(entities.of(Product.class));
    IndexValue none = index.valueOf(Arrays.asList((Object) null));
    IndexValue set = index.valueOf(List.of("set"));
    Map<IndexValue, Rows<Object>> ids =
        source(Product.class).rows(null).ids(index, List.of(none, set));
    assertThat(ids.get(none).items()).isEmpty();
    assertThat(ids.get(set).items()).containsExactly(2L);
  }

  @Test
  void ids_whereTheCollationIgnoresCase_areTheDatabasesAnswer_butNotEqualInJava() {
    database.execute("alter table Product alter column handle varchar_ignorecase(255)");
    products(3);
    CachedIndex index = index(Product.class, "Product.handle");
    IndexValue capital = index.valueOf(List.of("H1"));
    IndexValue small = index.valueOf(List.of("h1"));
    IndexValue exact = index.valueOf(List.of("h3"));
    Map<IndexValue, Rows<Object>> ids =
        source(Product.class).rows(null).ids(index, List.of(capital, small, exact));
    assertThat(ids.get(capital)).isEqualTo(new Rows<>(List.of(1L), false));
    assertThat(ids.get(small)).isEqualTo(new Rows<>(List.of(1L), true));
    assertThat(ids.get(exact)).isEqualTo(new Rows<>(List.of(3L), true));
  }

  @Test
  @DisplayName("ATT-01 the query does not read the whole row")
  void attributes_readTheAttributeOnly() {
    products(12);
    CachedAttribute byId = attribute(Product.class, "Product.title by id");
    CachedAttribute byHandle = attribute(Product.class, "Product.title by handle");
    assertThat(byId.byId()).isTrue();
    IndexValue two = byId.by().valueOf(List.of(2));
    IndexValue ten = byId.by().valueOf(List.of("10"));
    IndexValue missing = byId.by().valueOf(List.of(99));
    RowReader rows = source(Product.class).rows(null);
    assertThat(rows.attributes(byId, List.of(ten, two, missing)))
        .containsExactly(
            Map.entry(ten, new Rows<>(List.of("Title 10"), true)),
            Map.entry(two, new Rows<>(List.of("Title 2"), true)),
            Map.entry(missing, new Rows<>(List.of(), true)));
    assertThat(database.statements()).hasSize(1);
    assertThat(database.statements().get(0)).doesNotContainIgnoringCase("sku");
    IndexValue h5 = byHandle.by().valueOf(List.of("h5"));
    assertThat(rows.attributes(byHandle, List.of(h5)).get(h5).items()).containsExactly("Title 5");

    var codec = source(Product.class).valuesCodec(byId);
    assertThat(codec.decode(codec.encode(Arrays.asList("a", null)))).containsExactly("a", null);
  }

  @Test
  @DisplayName("PK-01 embedded ids")
  void embeddedIds_work() {
    database.prepare(
        factory,
        session -> {
          session.persist(new Stock("a:b", 2, 5));
          session.persist(new Stock("a:b", 10, 5));
          session.persist(new Stock("c", 1, 5));
        });
    HibernateEntitySource<Stock> stocks = source(Stock.class);
    Place second = new Place("a:b", 10);
    Map<Object, RowState> states =
        stocks.rows(null).states(List.of(second, new Place("c", 1), new Place("c", 9)));
    assertThat(states).containsOnlyKeys(second, new Place("c", 1));
    assertThat(database.statements()).hasSize(1);
    Stock stock = stocks.hydrate(second, states.get(second).content(), new Instances());
    assertThat(stocks.idOf(stock)).isEqualTo(second);

    CachedIndex byAmount = index(Stock.class, "Stock.amount");
    IndexValue five = byAmount.valueOf(List.of(5));
    assertThat(stocks.valueOf(byAmount, stock)).isEqualTo(five);
    List<Object> ids = stocks.rows(null).ids(byAmount, List.of(five)).get(five).items();
    assertThat(ids).containsExactly(new Place("a:b", 2), second, new Place("c", 1));
    assertThat(stocks.idsCodec().decode(stocks.idsCodec().encode(ids))).isEqualTo(ids);

    CachedIndex byHouse = index(Stock.class, "Stock.place.house");
    IndexValue c = byHouse.valueOf(List.of("c"));
    assertThat(stocks.rows(null).ids(byHouse, List.of(c)).get(c).items())
        .containsExactly(new Place("c", 1));
    assertThat(stocks.valueOf(byHouse, stock)).isEqualTo(byHouse.valueOf(List.of("a:b")));

    CachedAttribute amount = attribute(Stock.class, "Stock.amount by place");
    List<IndexValue> both =
        List.of(second, new Place("c", 1)).stream()
            .map(id -> amount.by().valueOf(stocks.entity().id().parts().apply(id)))
            .toList();
    assertThat(stocks.rows(null).attributes(amount, both))
        .containsExactly(
            Map.entry(both.get(0), new Rows<>(List.of(5), true)),
            Map.entry(both.get(1), new Rows<>(List.of(5), true)));

    managed(
        session -> {
          assertThat(stocks.managed().entities(List.of(second, new Place("c", 9))))
              .containsOnlyKeys(second);
          assertThat(stocks.managed().entities(byAmount, List.of(five)).get(five)).hasSize(3);
        });
    stateless(
        () -> assertThat(stocks.managed().entities(List.of(second))).containsOnlyKeys(second));
  }

  @Test
  @DisplayName("PK-01 id classes")
  void idClasses_work() {
    database.prepare(
        factory,
        session -> {
          session.persist(new Price("EUR", 2, 100));
          session.persist(new Price("EUR", 10, 200));
          session.persist(new Price("USD", 2, 300));
        });
    HibernateEntitySource<Price> prices = source(Price.class);
    PriceId id = new PriceId("EUR", 10);
    Map<Object, RowState> states = prices.rows(null).states(List.of(id, new PriceId("USD", 9)));
    assertThat(states).containsOnlyKeys(id);
    Price price = prices.hydrate(id, states.get(id).content(), new Instances());
    assertThat(price.cents).isEqualTo(200);
    assertThat(prices.idOf(price)).isEqualTo(id);

    CachedIndex index = index(Price.class, "Price.currency");
    IndexValue euros = index.valueOf(List.of("EUR"));
    assertThat(prices.valueOf(index, price)).isEqualTo(euros);
    assertThat(prices.rows(null).ids(index, List.of(euros)).get(euros).items())
        .containsExactly(new PriceId("EUR", 2), id);

    CachedAttribute cents = attribute(Price.class, "Price.cents by id");
    IndexValue value = cents.by().valueOf(prices.entity().id().parts().apply(id));
    assertThat(prices.rows(null).attributes(cents, List.of(value)).get(value).items())
        .containsExactly(200L);
    managed(
        session -> {
          assertThat(prices.managed().entities(List.of(id))).containsOnlyKeys(id);
          assertThat(prices.managed().entities(index, List.of(euros)).get(euros)).hasSize(2);
        });
    stateless(() -> assertThat(prices.managed().entities(List.of(id))).containsOnlyKeys(id));
  }

  @Test
  @DisplayName("PK-01 text and UUID ids")
  void textAndUuidIds_work() {
    UUID number = UUID.randomUUID();
    database.prepare(
        factory,
        session -> {
          session.persist(new Coupon("summer: 10 %", true));
          session.persist(new Voucher(number, "ann"));
        });
    HibernateEntitySource<Coupon> coupons = source(Coupon.class);
    assertThat(coupons.rows(null).states(List.of("summer: 10 %", "none")))
        .containsOnlyKeys("summer: 10 %");
    CachedIndex open = index(Coupon.class, "Coupon.open");
    IndexValue yes = open.valueOf(List.of(true));
    assertThat(coupons.rows(null).ids(open, List.of(yes)).get(yes).items())
        .containsExactly("summer: 10 %");
    HibernateEntitySource<Voucher> vouchers = source(Voucher.class);
    assertThat(vouchers.rows(null).states(List.of(number))).containsOnlyKeys(number);
    CachedIndex owner = index(Voucher.class, "Voucher.owner");
    IndexValue ann = owner.valueOf(List.of("ann"));
    assertThat(vouchers.rows(null).ids(owner, List.of(ann)).get(ann).items())
        .containsExactly(number);
  }

  @Test
  void managed_seesUnflushedChanges_andCostsNothingForManagedInstances() {
    products(3);
    HibernateEntitySource<Product> products = source(Product.class);
    CachedIndex index = index(Product.class, "Product.handle");
    managed(
        session -> {
          session.setHibernateFlushMode(FlushMode.COMMIT);
          Product first = session.find(Product.class, 1L);
          first.handle = "new";
          session.remove(session.find(Product.class, 2L));
          session.persist(new Product(4, "h4"));
          database.reset();
          assertThat(products.managed().entities(List.of(1L, 2L, 4L))).containsOnlyKeys(1L, 4L);
          assertThat(database.statements()).isEmpty();

          IndexValue changed = index.valueOf(List.of("new"));
          IndexValue removed = index.valueOf(List.of("h2"));
          IndexValue inserted = index.valueOf(List.of("h4"));
          Map<IndexValue, List<Product>> found =
              products.managed().entities(index, List.of(changed, removed, inserted));
          assertThat(found.get(changed)).containsExactly(first);
          assertThat(found.get(removed)).isEmpty();
          assertThat(found.get(inserted)).hasSize(1);
          assertThat(database.statements().stream().filter(sql -> sql.startsWith("select")))
              .hasSize(1);
        });
  }

  @Test
  void managed_readsAnIndexInTwoQueriesAtMost() {
    products(30);
    HibernateEntitySource<Product> products = source(Product.class);
    CachedIndex index = index(Product.class, "Product.handle");
    managed(
        session -> {
          List<IndexValue> values =
              List.of(index.valueOf(List.of("h3")), index.valueOf(List.of("h20")));
          database.reset();
          Map<IndexValue, List<Product>> found = products.managed().entities(index, values);
          assertThat(found.keySet()).containsExactlyElementsOf(values);
          assertThat(session.contains(found.get(values.get(0)).get(0))).isTrue();
          assertThat(database.statements()).hasSize(2);
        });
  }

  @Test
  void managed_worksInAStatelessSession() {
    products(3);
    HibernateEntitySource<Product> products = source(Product.class);
    CachedIndex index = index(Product.class, "Product.handle");
    CachedAttribute title = attribute(Product.class, "Product.title by handle");
    IndexValue third = index.valueOf(List.of("h3"));
    stateless(
        () -> {
          assertThat(products.managed().entities(List.of(1L, 3L, 9L))).containsOnlyKeys(1L, 3L);
          assertThat(products.managed().entities(index, List.of(third)).get(third)).hasSize(1);
          assertThat(products.managed().attributes(title, List.of(third)).get(third))
              .containsExactly("Title 3");
          assertThat(products.rowsOfTransaction().states(List.of(1L))).containsOnlyKeys(1L);
        });
  }

  @Test
  void rowsOfTransaction_useItsConnection_andLeaveItsSessionAlone() {
    products(3);
    HibernateEntitySource<Product> products = source(Product.class);
    CachedIndex index = index(Product.class, "Product.handle");
    managed(
        session -> {
          Product first = session.find(Product.class, 1L);
          session
              .createMutationQuery("update Product set handle = 'inside' where id = 2")
              .executeUpdate();
          first.title = "unflushed";
          database.reset();
          IndexValue inside = index.valueOf(List.of("inside"));
          RowReader rows = products.rowsOfTransaction();
          assertThat(rows.ids(index, List.of(inside)).get(inside).items()).containsExactly(2L);
          Map<Object, RowState> states = rows.states(List.of(1L, 2L));
          assertThat(products.hydrate(1L, states.get(1L).content(), new Instances()).title)
              .isEqualTo("Title 1");
          assertThat(products.hydrate(2L, states.get(2L).content(), new Instances()).handle)
              .isEqualTo("inside");
          assertThat(database.journal()).containsExactly("SELECT", "SELECT");
          assertThat(database.connectionsBorrowed()).isZero();
          assertThat(session.contains(first)).isTrue();
          assertThat(session.getStatistics().getEntityCount()).isEqualTo(1);
        });
    String title = factory.fromSession(session -> session.find(Product.class, 1L).title);
    assertThat(title).isEqualTo("unflushed");
    assertThat(database.connectionsInUse()).isZero();
  }

  @Test
  void valueOf_isTheSameForInstancesAndForTheStateOfEvents() {
    MappedEntity<?> mapped = entities.of(Product.class);
    database.prepare(
        factory,
        session -> {
          Vendor vendor = new Vendor(7, "v");
          session.persist(vendor);
          Bundle bundle = new Bundle(1, "h", "set");
          bundle.vendor = vendor;
          bundle.origin.country = "it";
          session.persist(bundle);
        });
    managed(
        session -> {
          Bundle bundle = session.find(Bundle.class, 1L);
          var persister = mapped.persisters().get(1);
          Object[] state = persister.getValues(bundle);
          for (CachedIndex index : mapped.entity().indexes()) {
            assertThat(mapped.valueOf(index, persister, 1L, state))
                .isNotNull()
                .isEqualTo(mapped.valueOf(index, bundle));
          }
          CachedIndex label = index(Product.class, "Bundle.label");
          assertThat(mapped.valueOf(label, new Product(3, "x"))).isNull();
          assertThat(mapped.valueOf(label, mapped.persister(), 1L, new Object[9])).isNull();

          List<String> names = Arrays.asList(persister.getPropertyNames());
          CachedIndex byVendor = index(Product.class, "Product.vendor+productType");
          assertThat(byVendor.valueOf(List.of(bundle.vendor, "x")))
              .isEqualTo(byVendor.valueOf(List.of(7L, "x")));
          assertThat(mapped.dependsOn(byVendor, persister, new int[] {names.indexOf("vendor")}))
              .isTrue();
          assertThat(mapped.dependsOn(byVendor, persister, new int[] {names.indexOf("title")}))
              .isFalse();
          CachedIndex byOrigin = index(Product.class, "Product.origin.country+id");
          assertThat(mapped.dependsOn(byOrigin, persister, new int[] {names.indexOf("origin")}))
              .isTrue();
          CachedAttribute title = attribute(Product.class, "Product.title by handle");
          for (String name : List.of("title", "handle")) {
            assertThat(mapped.dependsOn(title, persister, new int[] {names.indexOf(name)}))
                .isTrue();
          }
          assertThat(mapped.dependsOn(title, persister, new int[] {names.indexOf("sku")}))
              .isFalse();
        });
  }

  @Test
  void ids_ofPaddedText_onPostgres_areTheDatabasesAnswer() {
    try (TestDatabase postgres = TestDatabase.postgres("entity_source")) {
      start(postgres);
      postgres.execute("alter table Product alter column handle type char(10)");
      postgres.prepare(factory, session -> session.persist(new Product(1, "abc")));
      CachedIndex index = index(Product.class, "Product.handle");
      IndexValue abc = index.valueOf(List.of("abc"));
      IndexValue other = index.valueOf(List.of("other"));
      Map<IndexValue, Rows<Object>> ids =
          source(Product.class).rows(null).ids(index, List.of(other, abc));
      assertThat(ids.get(abc)).isEqualTo(new Rows<>(List.of(1L), false));
      assertThat(ids.get(other)).isEqualTo(new Rows<>(List.of(), true));
      assertThat(source(Product.class).rows(null).states(List.of(1L, 2L))).containsOnlyKeys(1L);
    }
  }

  private void products(int count) {
    database.prepare(
        factory,
        session -> {
          for (long id = 1; id <= count; id++) {
            session.persist(new Product(id, "h" + id));
          }
        });
  }

  private static void add(Session session, long id, Vendor vendor, String type) {
    Product product = new Product(id, "h" + id);
    product.vendor = vendor;
    product.productType = type;
    session.persist(product);
  }

  private void managed(java.util.function.Consumer<Session> work) {
    factory.inTransaction(
        session -> {
          current = (SharedSessionContractImplementor) session;
          work.accept(session);
        });
  }

  private void stateless(Runnable work) {
    try (StatelessSession session = factory.openStatelessSession()) {
      session.beginTransaction();
      current = (SharedSessionContractImplementor) session;
      work.run();
      session.getTransaction().rollback();
    }
  }

  @SuppressWarnings("unchecked")
  private <E> HibernateEntitySource<E> source(Class<E> type) {
    return new HibernateEntitySource<>(
        factory,
        (MappedEntity<E>) entities.of(type),
        entities.associations(),
        () -> current,
        instance -> {});
  }

  private CachedIndex index(Class<?> type, String name) {
    return entities.of(type).entity().indexes().stream()
        .filter(index -> index.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private CachedAttribute attribute(Class<?> type, String name) {
    return entities.of(type).entity().attributes().stream()
        .filter(attribute -> attribute.by().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
