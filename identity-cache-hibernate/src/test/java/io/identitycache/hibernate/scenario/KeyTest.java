package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.repository.CacheRepository;
import io.identitycache.validation.InvalidConfigurationException;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.TenantId;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class KeyTest {

  private static final String NAMESPACE = "hibernate.identity_cache.namespace";

  @Parameter StoreKind kind;

  private static Long sell(TestApplication shop, String handle) {
    return shop.fromTransaction(
        session -> {
          Product product = new Product(handle, "Berta", "tea/coffee");
          session.persist(product);
          return product.id;
        });
  }

  private static List<String> keys(TestApplication application) {
    return application.store().operations().stream()
        .flatMap(operation -> operation.keys().stream())
        .map(CacheKey::text)
        .distinct()
        .toList();
  }

  @Test
  @DisplayName("KEY-01 keys name namespace, format, entity or index, fingerprint and values")
  void keys_areReadable() {
    try (TestApplication shop =
        TestApplication.of(kind, Product.class, Shop.class).with(NAMESPACE, "shop-1").start()) {
      ProductRepository products = shop.repository(ProductRepository.class);
      Long teapot = sell(shop, "teapot");
      shop.reset();

      products.fetch(teapot);
      products.fetchByHandle("teapot");
      products.fetchByVendorAndProductType("Berta", "tea/coffee");
      products.fetchTitleById(teapot);

      String fingerprint = ":[A-Za-z0-9_-]{11}:";
      assertThat(keys(shop))
          .satisfiesExactly(
              key -> assertThat(key).matches("shop-1:1:Product" + fingerprint + teapot),
              key -> assertThat(key).matches("shop-1:1:Product.handle" + fingerprint + "teapot"),
              key ->
                  assertThat(key)
                      .matches(
                          "shop-1:1:Product.vendor\\+productType"
                              + fingerprint
                              + "Berta/tea%2[fF]coffee"),
              key -> assertThat(key).startsWith("shop-1:1:Product.title").endsWith(":" + teapot));
    }
  }

  @Test
  @DisplayName("KEY-01 two namespaces on one server never see each other's entries")
  void namespaces_areApart() {
    TestApplication.Builder application = TestApplication.of(kind, Product.class, Shop.class);
    try (TestApplication one = application.with(NAMESPACE, "one-" + kind).start();
        TestApplication two = application.with(NAMESPACE, "two-" + kind).start()) {
      ProductRepository ofOne = one.repository(ProductRepository.class);
      ProductRepository ofTwo = two.repository(ProductRepository.class);
      Long id = sell(one, "teapot");
      assertThat(sell(two, "cup")).isEqualTo(id);
      two.database().execute("update Product set handle = 'teapot', title = 'Of two'");

      ofOne.fetch(id);
      ofOne.fetchByHandle("teapot");
      assertThat(ofTwo.fetch(id).title).isEqualTo("Of two");
      assertThat(ofTwo.fetchByHandle("teapot").orElseThrow().title).isEqualTo("Of two");
      assertThat(ofOne.fetchByHandle("teapot").orElseThrow().title).isEqualTo("The teapot");

      two.inTransaction(session -> session.find(Product.class, id).title = "New");
      one.reset();
      assertThat(ofOne.fetch(id).title).isEqualTo("The teapot");
      assertThat(one.queries()).isZero();
      assertThat(ofTwo.fetch(id).title).isEqualTo("New");
    }
  }

  /** A note, found by its whole text. */
  @Entity(name = "Note")
  @CacheIndex(value = "text", unique = true)
  @CacheIndex({"topic", "text"})
  static class Note {
    @Id @GeneratedValue Long id;

    @Column(length = 4000)
    String text;

    @Column(length = 4000)
    String topic;

    protected Note() {}

    Note(String text) {
      this.text = text;
      this.topic = text;
    }
  }

  interface NoteRepository extends CacheRepository<Note, Long> {
    Optional<Note> fetchByText(String text);

    List<Note> fetchByTopicAndText(String topic, String text);
  }

  @Test
  @DisplayName("KEY-04 long values and all characters are stored, hit and invalidated")
  void values_mayBeLongAndOfAnyCharacter() {
    List<String> texts =
        List.of(
            "x".repeat(1000),
            "x".repeat(999) + "y",
            "é".repeat(1000),
            "two words",
            "two  words",
            " a:b/c%d#e~f%20",
            "line\nand\ttab\r\u0001\u007f",
            "größe 東京 \uD83D\uDE00",
            "~",
            "null",
            "");
    try (TestApplication desk = TestApplication.of(kind, Note.class).start()) {
      NoteRepository notes = desk.repository(NoteRepository.class);
      desk.inTransaction(session -> texts.forEach(text -> session.persist(new Note(text))));
      for (String text : texts) {
        for (int round = 0; round < 2; round++) {
          desk.reset();
          assertThat(notes.fetchByText(text)).get().extracting(n -> n.text).isEqualTo(text);
          assertThat(notes.fetchByTopicAndText(text, text)).hasSize(1);
          assertThat(desk.queries()).as("queries for %s", text).isEqualTo(3 - 3 * round);
          assertAreLegal(keys(desk));
        }
      }
      for (String text : texts) {
        Long id = notes.fetchByText(text).orElseThrow().id;
        desk.reset();
        desk.inTransaction(session -> session.find(Note.class, id).text = text + "!");
        assertAreLegal(keys(desk));
        assertThat(notes.fetchByText(text)).isEmpty();
        assertThat(notes.fetchByTopicAndText(text, text)).isEmpty();
        assertThat(notes.fetchByText(text + "!")).get().extracting(n -> n.id).isEqualTo(id);
        assertThat(notes.fetchByTopicAndText(text, text + "!")).hasSize(1);
      }
    }
  }

  private static void assertAreLegal(List<String> keys) {
    assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(key).matches("[!-~]{1,250}"));
  }

  /** A gadget, as it was. */
  @Entity(name = "Gadget")
  @IdentityCached
  static class Gadget {
    @Id Long id;
    String name;
    Size size;

    /** Its size. */
    @Embeddable
    static class Size {
      Integer width;
      Unit unit;
    }

    /** The unit of its size. */
    @Embeddable
    static class Unit {
      String symbol;
    }
  }

  /** A gadget with one more column a level down. */
  @Entity(name = "Gadget")
  @IdentityCached
  static class DeepGadget {
    @Id Long id;
    String name;
    Size size;

    /** Its size. */
    @Embeddable
    static class Size {
      Integer width;
      Integer height;
      Unit unit;
    }

    /** The unit of its size. */
    @Embeddable
    static class Unit {
      String symbol;
    }
  }

  /** A gadget with one more column two levels down. */
  @Entity(name = "Gadget")
  @IdentityCached
  static class DeeperGadget {
    @Id Long id;
    String name;
    Size size;

    /** Its size. */
    @Embeddable
    static class Size {
      Integer width;
      Unit unit;
    }

    /** The unit of its size. */
    @Embeddable
    static class Unit {
      String symbol;
      String plural;
    }
  }

  @Test
  @DisplayName("KEY-06 a version with one more embedded column reads the store of the one before")
  void newVersion_loadsItsColumns() {
    try (TestApplication before = TestApplication.of(kind, Gadget.class).start()) {
      before
          .database()
          .execute("insert into Gadget (id, name, width, symbol) values (1, 'lamp', 20, 'cm')");
      before.cache().fetchById(Gadget.class, 1);
      before.database().execute("alter table Gadget add column height integer default 30");
      before.database().execute("alter table Gadget add column plural varchar(20) default 'cms'");

      try (TestApplication deep = before.anotherVersion(DeepGadget.class);
          TestApplication deeper = before.anotherVersion(DeeperGadget.class)) {
        before.reset();
        assertThat(deep.cache().fetch(DeepGadget.class, 1).size.height).isEqualTo(30);
        assertThat(before.queries()).isEqualTo(1);
        assertThat(deeper.cache().fetch(DeeperGadget.class, 1).size.unit.plural).isEqualTo("cms");
        assertThat(before.queries()).isEqualTo(2);
        assertThat(deep.count(Kind.MISS)).isEqualTo(1);
        assertThat(deeper.count(Kind.MISS)).isEqualTo(1);
        assertThat(deep.count(Kind.UNDECODABLE) + deeper.count(Kind.UNDECODABLE)).isZero();

        assertThat(deep.cache().fetch(DeepGadget.class, 1).size.unit.symbol).isEqualTo("cm");
        assertThat(deeper.cache().fetch(DeeperGadget.class, 1).name).isEqualTo("lamp");
        assertThat(before.cache().fetch(Gadget.class, 1).size.width).isEqualTo(20);
        assertThat(before.queries()).isEqualTo(2);
      }
    }
  }

  /** What can be lent; the root of a hierarchy in one table. */
  @Entity(name = "Medium")
  @DiscriminatorColumn
  @CacheIndex(value = "title", unique = true)
  static class Medium {
    @Id @GeneratedValue Long id;
    String title;
  }

  /** A medium to read. */
  @Entity(name = "Book")
  static class Book extends Medium {
    Integer pages;
  }

  /** A medium to hear, fetched by its length as well. */
  @Entity(name = "Disc")
  @CacheIndex("minutes")
  static class Disc extends Medium {
    Integer minutes;
  }

  interface MediumRepository extends CacheRepository<Medium, Long> {
    Optional<Medium> fetchByTitle(String title);
  }

  interface DiscRepository extends CacheRepository<Disc, Long> {
    List<Disc> fetchByMinutes(int minutes);
  }

  @Test
  @DisplayName("KEY-11 an entry of a hierarchy has the row's class, and a write to it invalidates")
  void hierarchy_sharesItsEntries() {
    try (TestApplication library =
        TestApplication.of(kind, Medium.class, Book.class, Disc.class).start()) {
      MediumRepository media = library.repository(MediumRepository.class);
      Book book = new Book();
      book.title = "Tea";
      book.pages = 100;
      Disc disc = new Disc();
      disc.title = "Rain";
      disc.minutes = 50;
      Medium plain = new Medium();
      library.inTransaction(
          session -> List.of(book, disc, plain).forEach(medium -> session.persist(medium)));

      for (int round = 0; round < 2; round++) {
        library.reset();
        assertThat(media.fetchMulti(List.of(book.id, disc.id, plain.id)))
            .extracting(Object::getClass)
            .isEqualTo(List.of(Book.class, Disc.class, Medium.class));
        assertThat(media.fetchByTitle("Tea")).get().isInstanceOf(Book.class);
        assertThat(library.queries()).isEqualTo(2 - 2 * round);
      }
      DiscRepository discs = library.repository(DiscRepository.class);
      assertThat(discs.fetchById(book.id)).isEmpty();
      assertThat(discs.fetchByMinutes(50)).hasSize(1);

      library.inTransaction(
          session -> {
            session.find(Book.class, book.id).pages = 200;
            session.find(Disc.class, disc.id).minutes = 60;
          });

      assertThat(((Book) media.fetch(book.id)).pages).isEqualTo(200);
      assertThat(((Book) media.fetchByTitle("Tea").orElseThrow()).pages).isEqualTo(200);
      assertThat(discs.fetch(disc.id).minutes).isEqualTo(60);
      assertThat(discs.fetchByMinutes(50)).isEmpty();
      assertThat(discs.fetchByMinutes(60)).hasSize(1);
    }
  }

  /** A gadget with an index, otherwise as it was. */
  @Entity(name = "Gadget")
  @CacheIndex("name")
  static class IndexedGadget {
    @Id Long id;
    String name;
    Gadget.Size size;
  }

  @Test
  @DisplayName("KEY-11 to add or drop an index leaves the entity's keys as they were")
  void index_isNoPartOfTheEntitysKeys() {
    try (TestApplication without = TestApplication.of(kind, Gadget.class).start();
        TestApplication with = without.anotherVersion(IndexedGadget.class)) {
      without.database().execute("insert into Gadget (id, name) values (1, 'lamp'), (2, 'fan')");
      without.cache().fetch(Gadget.class, 1);
      with.cache().fetch(IndexedGadget.class, 2);
      without.reset();

      assertThat(with.cache().fetch(IndexedGadget.class, 1).name).isEqualTo("lamp");
      assertThat(without.cache().fetch(Gadget.class, 2).name).isEqualTo("fan");
      assertThat(without.queries()).isZero();
    }
  }

  /** A row that belongs to one of several tenants. */
  @Entity(name = "Account")
  @CacheIndex(value = "owner", unique = true)
  static class Account {
    @Id Long id;
    @TenantId String tenant;
    String owner;
    int balance;

    protected Account() {}

    Account(Long id, String owner, int balance) {
      this.id = id;
      this.owner = owner;
      this.balance = balance;
    }
  }

  interface AccountRepository extends CacheRepository<Account, Long> {
    Optional<Account> fetchByOwner(String owner);
  }

  /** The tenant of a test's thread. */
  private static final class CurrentTenant implements CurrentTenantIdentifierResolver<String> {
    private String tenant = "a";

    @Override
    public String resolveCurrentTenantIdentifier() {
      return tenant;
    }

    @Override
    public boolean validateExistingCurrentSessions() {
      return false;
    }
  }

  @Test
  @DisplayName("KEY-13 two tenants have their own row 1, by id and by index")
  void tenants_areApart() {
    CurrentTenant current = new CurrentTenant();
    try (TestApplication bank =
        TestApplication.of(kind, Account.class)
            .with("hibernate.tenant_identifier_resolver", current)
            .start()) {
      AccountRepository accounts = bank.repository(AccountRepository.class);
      bank.database().execute("alter table Account drop primary key");
      bank.database()
          .execute(
              "insert into Account (id, tenant, owner, balance)"
                  + " values (1, 'a', 'Ada', 10), (1, 'b', 'Ada', 20)");

      for (int round = 0; round < 2; round++) {
        bank.reset();
        assertBalances(current, accounts, "a", 10);
        assertBalances(current, accounts, "b", 20);
        assertThat(bank.queries()).isEqualTo(4 - 4 * round);
      }

      // Hibernate itself writes by the id alone, so past it; and by hand, as tenant a
      bank.database().execute("update Account set balance = 11 where tenant = 'a'");
      current.tenant = "a";
      accounts.invalidateById(1L);
      bank.reset();
      assertBalances(current, accounts, "b", 20);
      assertThat(bank.queries()).isZero();
      assertBalances(current, accounts, "a", 11);
      assertThat(bank.queries()).isEqualTo(2);

      current.tenant = "c";
      assertThat(accounts.fetchById(1L)).isEmpty();
      assertThat(accounts.fetchByOwner("Ada")).isEmpty();
    }
  }

  @Test
  @DisplayName("KEY-13 a write by one tenant leaves the other's entries warm")
  void write_ofOneTenant_leavesTheOthersEntries() {
    CurrentTenant current = new CurrentTenant();
    try (TestApplication bank =
        TestApplication.of(kind, Account.class)
            .with("hibernate.tenant_identifier_resolver", current)
            .start()) {
      AccountRepository accounts = bank.repository(AccountRepository.class);
      bank.inTransaction(session -> session.persist(new Account(1L, "Ada", 10)));
      current.tenant = "b";
      bank.inTransaction(session -> session.persist(new Account(2L, "Ada", 20)));
      for (String tenant : List.of("a", "b")) {
        current.tenant = tenant;
        accounts.fetchMulti(List.of(1L, 2L));
        accounts.fetchByOwner("Ada");
      }

      current.tenant = "a";
      bank.inTransaction(session -> session.find(Account.class, 1L).balance = 11);
      bank.reset();

      current.tenant = "b";
      assertThat(accounts.fetch(2L).balance).isEqualTo(20);
      assertThat(accounts.fetchById(1L)).isEmpty();
      assertThat(accounts.fetchByOwner("Ada")).get().extracting(a -> a.id).isEqualTo(2L);
      assertThat(bank.queries()).isZero();
      current.tenant = "a";
      assertThat(accounts.fetch(1L).balance).isEqualTo(11);
      assertThat(accounts.fetchByOwner("Ada")).get().extracting(a -> a.balance).isEqualTo(11);
      assertThat(accounts.fetchById(2L)).isEmpty();
    }
  }

  private static void assertBalances(
      CurrentTenant current, AccountRepository accounts, String tenant, int balance) {
    current.tenant = tenant;
    assertThat(accounts.fetch(1L).balance).isEqualTo(balance);
    assertThat(accounts.fetchByOwner("Ada")).get().extracting(a -> a.balance).isEqualTo(balance);
    assertThat(accounts.fetchMulti(List.of(1L, 1L))).allMatch(a -> a.balance == balance);
  }

  @Test
  @DisplayName("KEY-16 a second unit with the same entity, store and namespace is refused")
  void secondUnit_ofTheSameNamespace_isRefused() {
    TestApplication.Builder application = TestApplication.of(kind, Product.class, Shop.class);
    String unit = "hibernate.persistenceUnitName";
    try (TestApplication europe = application.with(unit, "europe").start()) {
      Long id = sell(europe, "teapot");
      application.with(unit, "asia");

      assertThatThrownBy(() -> application.start().close())
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContainingAll("Product", "Shop", "europe", "asia", "namespace");
      assertThat(europe.repository(ProductRepository.class).fetch(id).handle).isEqualTo("teapot");

      try (TestApplication asia = application.with(NAMESPACE, "asia-" + kind).start()) {
        assertThat(asia.repository(ProductRepository.class).fetchById(id)).isEmpty();
        assertThat(asia.repository(ProductRepository.class).fetchByHandle("teapot")).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("KEY-16 a unit that was refused has left no claim, and one that closed has none")
  void unit_afterTheOtherHasClosed_starts() {
    TestApplication.Builder application = TestApplication.of(kind, Product.class, Shop.class);
    String unit = "hibernate.session_factory_name";
    application.with("hibernate.session_factory_name_is_jndi", "false");
    try (TestApplication europe = application.with(unit, "europe").start();
        TestApplication second = europe.anotherProcess()) {
      Long id = sell(europe, "teapot");
      europe.repository(ProductRepository.class).fetch(id);
      europe.reset();
      assertThat(second.repository(ProductRepository.class).fetch(id).handle).isEqualTo("teapot");
      assertThat(europe.queries()).as("two factories of one unit share entries").isZero();
      application.with(unit, "asia");
      assertThatThrownBy(() -> application.start().close())
          .isInstanceOf(InvalidConfigurationException.class);
    }
    try (TestApplication asia = application.start()) {
      Long id = sell(asia, "cup");
      assertThat(asia.repository(ProductRepository.class).fetch(id).handle).isEqualTo("cup");
    }
  }
}
