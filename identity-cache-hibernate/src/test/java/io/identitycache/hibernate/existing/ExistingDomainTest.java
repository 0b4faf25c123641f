package io.identitycache.hibernate.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identitycache.annotation.Include;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is fetched is the tree that {@code find} gives, and is so again after every change that
 * the application makes with the means it has always had. In a store of its own on H2, and in
 * memcached on PostgreSQL.
 */
@ParameterizedClass
@EnumSource(StoreKind.class)
@TestInstance(Lifecycle.PER_CLASS)
class ExistingDomainTest {

  interface Orders extends CacheRepository<Order, Long> {
    Optional<Order> fetchByNumber(String number);

    List<Order> fetchByCustomer(Long customer);
  }

  interface OrdersWithAll extends CacheRepository<Order, Long> {
    @Override
    @Include({"tags", "reminders", "customer.clubs"})
    List<Order> fetchMulti(Collection<? extends Long> ids);
  }

  interface Customers extends CacheRepository<Customer, Long> {
    Optional<Customer> fetchByEmail(String email);
  }

  interface CustomersWithAll extends CacheRepository<Customer, Long> {
    @Override
    @Include({"orders.tags", "orders.reminders", "clubs.members"})
    List<Customer> fetchMulti(Collection<? extends Long> ids);
  }

  interface Clubs extends CacheRepository<Club, Long> {
    @Override
    @Include("members.orders")
    List<Club> fetchMulti(Collection<? extends Long> ids);
  }

  interface Tags extends CacheRepository<Tag, Long> {
    @Override
    @Include("orders")
    List<Tag> fetchMulti(Collection<? extends Long> ids);
  }

  interface Articles extends CacheRepository<Article, Long> {}

  @Parameter StoreKind kind;
  private TestApplication office;
  private Orders orders;
  private int numbers;

  // of the test that runs
  private final Set<Long> orderIds = new HashSet<>();
  private final Set<Long> customerIds = new HashSet<>();
  private final Set<Long> clubIds = new HashSet<>();
  private final Set<Long> tagIds = new HashSet<>();
  private Long first;
  private Long second;
  private Long bare;
  private Long anna;
  private Long otto;

  @BeforeParameterizedClassInvocation
  void start() {
    TestApplication.Builder application =
        TestApplication.of(
            kind,
            Customer.class,
            Profile.class,
            Club.class,
            Order.class,
            OrderLine.class,
            Article.class,
            Document.class,
            Payment.class,
            CardPayment.class,
            BankTransfer.class,
            Reminder.class,
            Tag.class);
    office = (kind == StoreKind.MEMCACHED ? application.onPostgres() : application).start();
    orders = office.repository(Orders.class);
  }

  @AfterParameterizedClassInvocation
  void close() {
    office.close();
  }

  @BeforeEach
  void order() {
    List.of(orderIds, customerIds, clubIds, tagIds).forEach(Set::clear);
    office.inTransaction(
        session -> {
          Article tea = persisted(session, new Article("tea", "3.50"));
          Article mug = persisted(session, new Article("mug", "12.00"));
          tea.getAccessories().add(mug);
          Tag urgent = persisted(session, new Tag("urgent"));
          Tag gift = persisted(session, new Tag("gift"));
          tea.setCategory(gift);
          Customer one = persisted(session, new Customer("anna" + ++numbers + "@example.org"));
          Customer two = persisted(session, new Customer("otto" + ++numbers + "@example.org"));
          one.setProfile(new Profile("likes tea"));
          Collections.addAll(one.getPhones(), "1", "2");
          Collections.addAll(
              one.getDeliveries(), new Address("b", "Bonn"), new Address("a", "Ulm"));
          Club club = persisted(session, new Club("tea club"));
          club.getMembers().add(one);
          club.getMembers().add(two);

          Order full = persisted(session, new Order("A" + ++numbers, one));
          one.getOrders().add(full);
          full.getLines().add(new OrderLine(2, 5, tea));
          full.getLines().add(new OrderLine(1, 1, mug));
          full.getDocuments().add(new Document("invoice"));
          full.getDocuments().add(new Document("delivery note"));
          CardPayment card = persisted(session, new CardPayment(full, "10.00", "Visa"));
          BankTransfer transfer = persisted(session, new BankTransfer(full, "7.50", "DE01"));
          full.getPayments().add(card);
          full.getPayments().add(transfer);
          Collections.addAll(full.getTags(), urgent, gift);
          full.getNotes().put(Order.Channel.MAIL, "thank you");
          full.getReminders().add(persisted(session, new Reminder("second")));
          full.getReminders().add(persisted(session, new Reminder("first")));

          Order other = persisted(session, new Order("B" + ++numbers, one));
          one.getOrders().add(other);
          other.getLines().add(new OrderLine(1, 2, tea));
          other.getTags().add(gift);
          Order empty = persisted(session, new Order("C" + ++numbers, null));

          session.flush();
          first = full.getId();
          second = other.getId();
          bare = empty.getId();
          anna = one.getId();
          otto = two.getId();
          orderIds.addAll(List.of(first, second, bare));
          customerIds.addAll(List.of(anna, otto));
          clubIds.add(club.getId());
          tagIds.addAll(List.of(urgent.getId(), gift.getId()));
        });
    assertEverythingIsAsFound();
  }

  private static <T> T persisted(Session session, T entity) {
    session.persist(entity);
    return entity;
  }

  /** Makes a change, and compares everything with what is found then, cold or warm. */
  private void change(Consumer<Session> change) {
    office.inTransaction(change);
    assertEverythingIsAsFound();
    office.reset();
    assertEverythingIsAsFound();
    office.inTransaction(
        session -> {
          Order rolledBack = session.find(Order.class, second);
          if (rolledBack != null) {
            rolledBack.setNumber("not this one");
            rolledBack.getLines().clear();
            session.flush();
          }
          session.getTransaction().markRollbackOnly();
        });
  }

  private Order order(Session session, Long id) {
    return session.find(Order.class, id);
  }

  private void assertEverythingIsAsFound() {
    compare(Order.class, orderIds, office.repository(Orders.class));
    compare(
        Order.class,
        orderIds,
        office.repository(OrdersWithAll.class),
        "Order.tags",
        "Order.reminders");
    compare(Customer.class, customerIds, office.repository(Customers.class));
    compare(
        Customer.class,
        customerIds,
        office.repository(CustomersWithAll.class),
        "Customer.orders",
        "Customer.clubs",
        "Order.reminders");
    compare(Club.class, clubIds, office.repository(Clubs.class), "Club.members", "Customer.orders");
    compare(Tag.class, tagIds, office.repository(Tags.class), "Tag.orders");
  }

  private <E extends BaseEntity> void compare(
      Class<E> type, Set<Long> ids, CacheRepository<E, Long> repository, String... included) {
    List<E> found = found(type, ids);
    List<E> fetched = repository.fetchMulti(new ArrayList<>(ids));
    assertThat(fetched).extracting(BaseEntity::getId).isEqualTo(ids(found));
    for (int i = 0; i < found.size(); i++) {
      E expected = found.get(i);
      Tree.assertSame(expected, fetched.get(i), included);
      Tree.assertSame(expected, repository.fetch(expected.getId()));
      if (expected instanceof Order order) {
        Tree.assertSame(order, orders.fetchByNumber(order.getNumber()).orElseThrow());
      }
      if (expected instanceof Customer customer) {
        Customers customers = office.repository(Customers.class);
        Tree.assertSame(customer, customers.fetchByEmail(customer.getEmail()).orElseThrow());
        List<Order> its = found(Order.class, ordersOf(customer.getId()));
        List<Order> byIndex = orders.fetchByCustomer(customer.getId());
        assertThat(ids(byIndex)).isEqualTo(ids(its));
        for (int j = 0; j < its.size(); j++) {
          Tree.assertSame(its.get(j), byIndex.get(j));
        }
      }
    }
  }

  private static List<Long> ids(List<? extends BaseEntity> entities) {
    return entities.stream().map(BaseEntity::getId).toList();
  }

  private Collection<Long> ordersOf(Long customer) {
    return office
        .factory()
        .fromSession(
            session ->
                session
                    .createQuery(
                        "select o.id from Order o where o.customer.id = :id order by o.id",
                        Long.class)
                    .setParameter("id", customer)
                    .list());
  }

  /** What find gives, with everything marked initialised; what is gone is left out. */
  private <E> List<E> found(Class<E> type, Collection<Long> ids) {
    return office
        .factory()
        .fromSession(
            session -> {
              List<E> found = new ArrayList<>();
              for (Long id : ids) {
                E entity = session.find(type, id);
                if (entity != null) {
                  Tree.initialise(entity);
                  found.add(entity);
                }
              }
              return found;
            });
  }

  @Test
  @DisplayName("own columns, enums and embeddables change, and so do indexed ones")
  void ownColumns() {
    change(session -> order(session, first).setNumber("A-" + ++numbers));
    change(
        session -> {
          Customer customer = session.find(Customer.class, anna);
          customer.setStanding(Customer.Standing.REGULAR);
          customer.setBilling(new Address("9", "Bonn"));
        });
    change(session -> session.find(Customer.class, otto).setBilling(null));
    change(
        session -> {
          Article tea =
              session.createQuery("from Article where name = 'tea'", Article.class).list().get(0);
          tea.setPrice(new BigDecimal("4.25"));
        });
  }

  @Test
  @DisplayName(
      "one-to-many with a join column: changed, added, reordered, moved, removed, replaced")
  void childrenByJoinColumn() {
    change(session -> order(session, first).getLines().get(0).setQuantity(42));
    change(
        session ->
            order(session, first).getLines().add(new OrderLine(0, 3, article(session, "mug"))));
    change(
        session -> {
          List<OrderLine> lines = order(session, first).getLines();
          lines.get(0).setPosition(9);
        });
    change(session -> order(session, first).getLines().get(0).setArticle(null));
    change(
        session -> {
          OrderLine moved = new OrderLine(7, 7, article(session, "tea"));
          order(session, first).getLines().remove(0);
          order(session, second).getLines().add(moved);
        });
    change(session -> order(session, first).getLines().clear());
    change(
        session ->
            order(session, bare).getLines().add(new OrderLine(1, 1, article(session, "tea"))));
    change(session -> session.remove(order(session, second)));
  }

  private static Article article(Session session, String name) {
    return session
        .createQuery("from Article where name = :name", Article.class)
        .setParameter("name", name)
        .list()
        .get(0);
  }

  @Test
  @DisplayName("one-to-many with a join table: changed, added, reordered, moved, removed")
  void childrenByJoinTable() {
    change(session -> order(session, first).getDocuments().get(0).setTitle("zebra"));
    change(session -> order(session, first).getDocuments().add(new Document("manual")));
    change(session -> order(session, bare).getDocuments().add(new Document("only one")));
    change(
        session -> {
          Document moved = order(session, first).getDocuments().remove(0);
          session.flush();
          order(session, second).getDocuments().add(moved);
        });
    change(
        session -> {
          Document removed = order(session, second).getDocuments().remove(0);
          session.remove(removed);
        });
    change(session -> order(session, first).getDocuments().clear());
  }

  @Test
  @DisplayName("one-to-many in both directions, of a hierarchy: changed, added, moved, removed")
  void childrenInBothDirections() {
    change(
        session ->
            order(session, first).getPayments().forEach(each -> each.setAmount(BigDecimal.ONE)));
    change(
        session ->
            session
                .createQuery("from CardPayment c where c.order.id = :id", CardPayment.class)
                .setParameter("id", first)
                .getSingleResult()
                .setBrand("Master"));
    change(
        session -> {
          Order order = order(session, second);
          order.getPayments().add(persisted(session, new BankTransfer(order, "1.00", "DE02")));
        });
    // past the owner's collection, as applications do
    change(session -> session.persist(new CardPayment(order(session, bare), "2.00", "Visa")));
    change(
        session ->
            session
                .createQuery("from CardPayment c where c.order.id = :id", CardPayment.class)
                .setParameter("id", first)
                .getSingleResult()
                .setOrder(order(session, second)));
    change(session -> order(session, first).getPayments().clear());
    change(
        session ->
            session
                .createQuery("from Payment p where p.order.id = :id", Payment.class)
                .setParameter("id", second)
                .list()
                .forEach(session::remove));
  }

  @Test
  @DisplayName("element collections: added, removed, reordered, replaced")
  void elementCollections() {
    change(session -> session.find(Customer.class, anna).getPhones().add("3"));
    change(session -> session.find(Customer.class, anna).getPhones().remove("1"));
    change(session -> Collections.swap(session.find(Customer.class, anna).getDeliveries(), 0, 1));
    change(
        session ->
            session.find(Customer.class, anna).getDeliveries().add(0, new Address("c", "Kiel")));
    change(session -> session.find(Customer.class, anna).getDeliveries().clear());
    change(session -> order(session, first).getNotes().put(Order.Channel.PHONE, "engaged"));
    change(session -> order(session, first).getNotes().put(Order.Channel.MAIL, "goodbye"));
    change(session -> order(session, first).getNotes().clear());
    change(session -> order(session, bare).getNotes().put(Order.Channel.PHONE, "hello"));
  }

  @Test
  @DisplayName("many-to-many, from both sides: added, removed, reordered by a name, deleted")
  void manyToMany() {
    change(session -> order(session, second).getTags().add(tag(session, "urgent")));
    change(session -> tag(session, "urgent").setName("a little urgent"));
    change(session -> order(session, first).getTags().remove(0));
    change(session -> order(session, first).getTags().clear());
    change(
        session -> {
          Tag added = persisted(session, new Tag("added"));
          session.flush();
          tagIds.add(added.getId());
          order(session, bare).getTags().add(added);
        });
    change(
        session -> {
          Tag removed = tag(session, "added");
          order(session, bare).getTags().remove(removed);
          session.remove(removed);
        });
    change(session -> club(session).getMembers().remove(session.find(Customer.class, otto)));
    change(session -> club(session).setName("coffee club"));
    change(session -> club(session).getMembers().add(session.find(Customer.class, otto)));
    change(session -> session.remove(club(session)));
  }

  private Tag tag(Session session, String name) {
    return session
        .createQuery("from Tag where name = :name and id in (:ids)", Tag.class)
        .setParameter("name", name)
        .setParameterList("ids", tagIds)
        .getSingleResult();
  }

  private Club club(Session session) {
    return session.find(Club.class, clubIds.iterator().next());
  }

  @Test
  @DisplayName("referenced one-to-many in both directions: added, reordered, moved, removed")
  void referencedChildren() {
    change(
        session -> {
          Customer customer = session.find(Customer.class, otto);
          Order added = persisted(session, new Order("D" + ++numbers, customer));
          customer.getOrders().add(added);
          session.flush();
          orderIds.add(added.getId());
        });
    change(session -> order(session, first).setNumber("Z" + ++numbers));
    change(session -> order(session, first).setCustomer(session.find(Customer.class, otto)));
    change(session -> order(session, first).setCustomer(null));
    change(
        session -> {
          Customer customer = session.find(Customer.class, anna);
          customer.getOrders().remove(order(session, second));
        });
    assertThat(orders.fetchById(second)).isEmpty();
  }

  @Test
  @DisplayName(
      "referenced one-to-many with a join column: added, reordered, moved, removed, replaced")
  void referencedChildrenByJoinColumn() {
    change(
        session ->
            order(session, bare).getReminders().add(persisted(session, new Reminder("only"))));
    change(
        session ->
            order(session, first)
                .getReminders()
                .iterator()
                .next()
                .setTitle("zeroth, and now the last"));
    change(
        session -> {
          Reminder moved = order(session, first).getReminders().iterator().next();
          order(session, first).getReminders().remove(moved);
          order(session, second).getReminders().add(moved);
        });
    change(session -> order(session, first).setReminders(new HashSet<>()));
    change(session -> order(session, second).setReminders(null));
    change(
        session -> {
          Reminder removed = order(session, bare).getReminders().iterator().next();
          order(session, bare).getReminders().remove(removed);
          session.remove(removed);
        });
  }

  @Test
  @DisplayName("inverse one-to-one: changed, replaced, removed, added")
  void inverseOneToOne() {
    change(session -> session.find(Customer.class, anna).getProfile().setBiography("likes mugs"));
    change(session -> session.find(Customer.class, otto).setProfile(new Profile("new here")));
    change(session -> session.find(Customer.class, anna).setProfile(null));
    change(session -> session.find(Customer.class, anna).setProfile(new Profile("back again")));
  }

  @Test
  @DisplayName("owners deleted with all that cascades")
  void deletedOwners() {
    change(session -> session.remove(order(session, first)));
    change(
        session -> {
          club(session).getMembers().remove(session.find(Customer.class, anna));
          session.remove(session.find(Customer.class, anna));
        });
    assertThat(office.repository(Customers.class).fetchById(anna)).isEmpty();
    assertThat(orders.fetchById(second)).isEmpty();
  }

  @Test
  @DisplayName("detached owners that were found are changed and merged, collections and all")
  void mergedOwners() {
    Order order = found(Order.class, List.of(first)).get(0);
    order.setNumber("M" + ++numbers);
    order.getLines().get(0).setQuantity(8);
    order.getLines().remove(1);
    order.getNotes().put(Order.Channel.PHONE, "merged");
    order.getTags().remove(0);
    order.getPayments().removeIf(CardPayment.class::isInstance);
    change(session -> session.merge(order));
    Customer customer = found(Customer.class, List.of(anna)).get(0);
    customer.getProfile().setBiography("merged");
    customer.getPhones().add("4");
    customer.getDeliveries().remove(0);
    change(session -> session.merge(customer));
  }

  @Test
  @DisplayName("children written by a stateless session, past every collection")
  void statelessSession() {
    Long line = lineIds().get(0);
    office
        .factory()
        .inStatelessTransaction(
            session -> {
              OrderLine read = session.get(OrderLine.class, line);
              read.setQuantity(5);
              session.update(read);
            });
    assertEverythingIsAsFound();
    office
        .factory()
        .inStatelessTransaction(
            session ->
                session.delete(
                    session
                        .createQuery("from Payment p where p.order.id = :id", Payment.class)
                        .setParameter("id", first)
                        .list()
                        .get(0)));
    assertEverythingIsAsFound();
  }

  @Test
  @DisplayName(
      "a child that does not know its owner: one query finds it, for any number of children")
  void ownerOfAJoinColumn_isFoundByOneQuery() {
    List<Long> lines = lineIds();
    office.reset();
    office.inTransaction(
        session ->
            session
                .createQuery("from OrderLine where id in (:ids)", OrderLine.class)
                .setParameterList("ids", lines)
                .list()
                .forEach(line -> line.setQuantity(77)));
    // once before the commit, and once more after it
    await()
        .untilAsserted(
            () -> assertThat(searchesForOrders(office.database().statements())).hasSize(2));
    assertThat(searchesForOrders(office.database().foregroundStatements())).hasSize(1);
    assertThat(office.count(Kind.INVALIDATION_SENT, "Order")).isEqualTo(2);
    assertEverythingIsAsFound();
    assertThat(orders.fetch(first).getLines()).hasSize(2);
  }

  private static List<String> searchesForOrders(List<String> statements) {
    return statements.stream()
        .map(sql -> sql.toLowerCase(Locale.ROOT))
        .filter(sql -> sql.startsWith("select") && sql.contains("orders"))
        .toList();
  }

  private List<Long> lineIds() {
    return found(Order.class, List.of(first, second)).stream()
        .flatMap(order -> order.getLines().stream())
        .map(BaseEntity::getId)
        .toList();
  }
}
