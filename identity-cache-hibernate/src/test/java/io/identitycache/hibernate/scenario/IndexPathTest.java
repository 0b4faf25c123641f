package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What an index may cover besides plain attributes, and values that are not plain either. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class IndexPathTest {

  /** Where a parcel goes. */
  @Embeddable
  static class Address {
    String city;
    String street;

    protected Address() {}

    Address(String city, String street) {
      this.city = city;
      this.street = street;
    }
  }

  /** What a shop sends. */
  @Entity(name = "Parcel")
  @CacheIndex("address.city")
  @CacheIndex("shop")
  @CacheIndex(
      value = {"shop", "number"},
      unique = true)
  @CacheIndex(value = "code", unique = true, ignoreCase = true)
  @CacheIndex("label")
  @CacheIndex({"label", "code"})
  static class Parcel {
    @Id Long number;
    Address address;

    @ManyToOne(fetch = FetchType.LAZY)
    Shop shop;

    String code;

    @Column(columnDefinition = "varchar_ignorecase(100)")
    String label;

    protected Parcel() {}

    Parcel(long number) {
      this.number = number;
      this.address = new Address("Ulm", "Street " + number);
    }
  }

  interface ParcelRepository extends CacheRepository<Parcel, Long> {
    List<Parcel> fetchByAddressCity(String city);

    List<Parcel> fetchByShop(Shop shop);

    List<Parcel> fetchByShop(Long shop);

    Optional<Parcel> fetchByShopAndNumber(Shop shop, Long number);

    Optional<Parcel> fetchByShopAndNumber(Long shop, Long number);

    Optional<Parcel> fetchByCode(String code);

    Map<String, Parcel> fetchMultiByCode(Collection<String> codes);

    List<Parcel> fetchByLabel(String label);

    Map<String, List<Parcel>> fetchMultiByLabel(Collection<String> labels);

    List<Parcel> fetchByLabelAndCode(String label, String code);
  }

  private final TestApplication office;
  private final ParcelRepository parcels;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  IndexPathTest(StoreKind kind) {
    office = TestApplication.of(kind, Parcel.class, Shop.class).start();
    parcels = office.repository(ParcelRepository.class);
  }

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void close() {
    logger().detachAppender(log);
    office.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("io.identitycache");
  }

  private void send(Parcel... sent) {
    office.inTransaction(session -> Arrays.stream(sent).forEach(session::persist));
    office.reset();
  }

  /** The numbers of the parcels found, the same cold and warm; warm without a query. */
  private List<Long> coldAndWarm(Supplier<? extends Collection<Parcel>> lookup) {
    List<Long> cold = lookup.get().stream().map(p -> p.number).toList();
    office.reset();
    List<Long> warm = lookup.get().stream().map(p -> p.number).toList();
    assertThat(warm).isEqualTo(cold);
    assertThat(office.queries()).isZero();
    assertThat(office.ops()).isBetween(1, 2);
    return cold;
  }

  private static Collection<Parcel> list(Optional<Parcel> found) {
    return found.stream().toList();
  }

  @Test
  @DisplayName("Index over a path into an embeddable: found, stored, and invalidated by a change")
  void fetchByEmbeddablePath() {
    send(new Parcel(2), new Parcel(1));
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity("Ulm"))).containsExactly(1L, 2L);
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity("Bonn"))).isEmpty();

    office.inTransaction(
        session -> session.find(Parcel.class, 2L).address = new Address("Bonn", "New street"));
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity("Ulm"))).containsExactly(1L);
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity("Bonn"))).containsExactly(2L);

    office.inTransaction(session -> session.find(Parcel.class, 1L).address.city = "Bonn");
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity("Ulm"))).isEmpty();
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity("Bonn"))).containsExactly(1L, 2L);

    office.inTransaction(session -> session.find(Parcel.class, 1L).address = null);
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity(null))).containsExactly(1L);
    assertThat(coldAndWarm(() -> parcels.fetchByAddressCity("Bonn"))).containsExactly(2L);
  }

  @Test
  @DisplayName(
      "Index over a to-one and the id: given as entity, as proxy or as id, it is one entry")
  void fetchByAssociation() {
    Shop first = new Shop("first");
    Shop second = new Shop("second");
    office.inTransaction(
        session -> {
          session.persist(first);
          session.persist(second);
          for (long number : List.of(11L, 2L, 1L)) {
            Parcel parcel = new Parcel(number);
            parcel.shop = first;
            session.persist(parcel);
          }
        });
    assertThat(coldAndWarm(() -> parcels.fetchByShop(first))).containsExactly(1L, 2L, 11L);
    Shop proxy = parcels.fetch(1L).shop;
    office.reset();
    assertThat(parcels.fetchByShop(first.getId())).hasSize(3);
    assertThat(parcels.fetchByShop(proxy)).hasSize(3);
    assertThat(office.cache().fetchAllBy(Parcel.class, "shop", first)).hasSize(3);
    assertThat(office.cache().fetchAllBy(Parcel.class, "shop", first.getId().toString()))
        .hasSize(3);
    assertThat(office.queries()).isZero();

    assertThat(coldAndWarm(() -> list(parcels.fetchByShopAndNumber(first, 2L))))
        .containsExactly(2L);
    assertThat(coldAndWarm(() -> list(parcels.fetchByShopAndNumber(second, 2L)))).isEmpty();

    office.inTransaction(
        session -> session.find(Parcel.class, 2L).shop = session.find(Shop.class, second.getId()));
    assertThat(coldAndWarm(() -> parcels.fetchByShop(first))).containsExactly(1L, 11L);
    assertThat(coldAndWarm(() -> parcels.fetchByShop(second))).containsExactly(2L);
    assertThat(coldAndWarm(() -> list(parcels.fetchByShopAndNumber(first.getId(), 2L)))).isEmpty();
    assertThat(coldAndWarm(() -> list(parcels.fetchByShopAndNumber(second.getId(), 2L))))
        .containsExactly(2L);

    office.inTransaction(session -> session.find(Parcel.class, 2L).shop = null);
    assertThat(coldAndWarm(() -> parcels.fetchByShop(second))).isEmpty();
    assertThat(coldAndWarm(() -> parcels.fetchByShop((Shop) null))).containsExactly(2L);
  }

  @Test
  @DisplayName("Index that ignores case: one entry for every spelling, invalidated by any")
  void fetchIgnoringCase() {
    Parcel parcel = new Parcel(1);
    parcel.code = "AbC";
    send(parcel);
    assertThat(coldAndWarm(() -> list(parcels.fetchByCode("abc")))).containsExactly(1L);
    office.reset();
    assertThat(parcels.fetchByCode("ABC")).isPresent();
    assertThat(parcels.fetchMultiByCode(List.of("aBC", "nothing")).keySet()).containsExactly("aBC");
    assertThat(parcels.fetchByCode("Xyz")).isEmpty();

    office.inTransaction(session -> session.find(Parcel.class, 1L).code = "XyZ");
    assertThat(parcels.fetchByCode("abc")).isEmpty();
    assertThat(coldAndWarm(() -> list(parcels.fetchByCode("xYz")))).containsExactly(1L);
    office.inTransaction(session -> assertThat(parcels.fetchByCode("xyZ")).isPresent());
  }

  @Test
  @DisplayName("Index value null: the rows with null there, alone, in a tuple and among others")
  void fetchByNull() {
    Parcel named = new Parcel(3);
    named.label = "gift";
    named.code = "a";
    send(new Parcel(1), new Parcel(2), named);

    assertThat(coldAndWarm(() -> parcels.fetchByLabel(null))).containsExactly(1L, 2L);
    assertThat(coldAndWarm(() -> parcels.fetchByLabelAndCode(null, null))).containsExactly(1L, 2L);
    assertThat(coldAndWarm(() -> parcels.fetchByLabelAndCode("gift", null))).isEmpty();
    for (int round = 0; round < 2; round++) {
      Map<String, List<Parcel>> found =
          parcels.fetchMultiByLabel(Arrays.asList("gift", null, "none"));
      assertThat(found.keySet()).containsExactly("gift", null, "none");
      assertThat(found.get("gift")).extracting(p -> p.number).containsExactly(3L);
      assertThat(found.get(null)).extracting(p -> p.number).containsExactly(1L, 2L);
      assertThat(found.get("none")).isEmpty();
    }

    office.inTransaction(session -> session.find(Parcel.class, 1L).label = "gift");
    assertThat(coldAndWarm(() -> parcels.fetchByLabel(null))).containsExactly(2L);
    assertThat(coldAndWarm(() -> parcels.fetchByLabel("gift"))).containsExactly(1L, 3L);
    office.inTransaction(session -> session.find(Parcel.class, 3L).label = null);
    assertThat(coldAndWarm(() -> parcels.fetchByLabel(null))).containsExactly(2L, 3L);
  }

  @Test
  @DisplayName("Values equal in the database only: its answer, nothing stored, one warning")
  void fetchByValueThatOnlyTheDatabaseFindsEqual() {
    Parcel parcel = new Parcel(1);
    parcel.label = "Gift";
    send(parcel);

    for (int round = 0; round < 2; round++) {
      office.reset();
      assertThat(parcels.fetchByLabel("gift")).extracting(p -> p.number).containsExactly(1L);
      assertThat(parcels.fetchByLabelAndCode("GIFT", null)).hasSize(1);
      assertThat(office.count(Kind.FILL, "Parcel.label")).isZero();
      assertThat(office.count(Kind.FILL, "Parcel.label+code")).isZero();
      // one for each lookup, and in the first round one for the row
      assertThat(office.queries()).isEqualTo(3 - round);
    }
    assertThat(warnings())
        .hasSize(2)
        .allMatch(line -> line.contains("ignoreCase"))
        .anyMatch(line -> line.contains("Parcel.label:"))
        .anyMatch(line -> line.contains("Parcel.label+code:"))
        .noneMatch(line -> line.toLowerCase().contains("gift"));

    Map<String, List<Parcel>> found = parcels.fetchMultiByLabel(List.of("gift", "Gift", "other"));
    assertThat(found.get("gift")).hasSize(1);
    assertThat(found.get("Gift")).hasSize(1);
    assertThat(found.get("other")).isEmpty();
    assertThat(coldAndWarm(() -> parcels.fetchByLabel("Gift"))).containsExactly(1L);
    assertThat(warnings()).hasSize(2);
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  @DisplayName("A list of more than 10,000 ids is answered, not stored, counted and warned of once")
  void fetchOfVeryManyRows_isNotStored() {
    office
        .database()
        .execute("insert into Parcel (number, city) select x, 'Ulm' from system_range(1, 10000)");
    assertThat(parcels.fetchByAddressCity("Ulm")).hasSize(10_000);
    assertThat(office.count(Kind.FILL, "Parcel.address.city")).isEqualTo(1);
    assertThat(office.count(Kind.TOO_LARGE)).isZero();

    send(new Parcel(10_001));
    for (int round = 0; round < 2; round++) {
      office.reset();
      assertThat(parcels.fetchByAddressCity("Ulm")).hasSize(10_001);
      assertThat(office.queries()).isBetween(1, 2);
      assertThat(office.count(Kind.TOO_LARGE, "Parcel.address.city")).isEqualTo(1);
      assertThat(office.count(Kind.FILL, "Parcel.address.city")).isZero();
    }
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("Parcel.address.city")
        .contains("too large");
  }
}
