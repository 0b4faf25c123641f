package io.identitycache.hibernate.mappings;

import io.identitycache.hibernate.mappings.Associations.Image;
import io.identitycache.hibernate.mappings.Associations.Price;
import io.identitycache.hibernate.mappings.Associations.Product;
import io.identitycache.hibernate.mappings.Associations.Shop;
import io.identitycache.hibernate.mappings.Basics.Color;
import io.identitycache.hibernate.mappings.Basics.Money;
import io.identitycache.hibernate.mappings.Composites.Address;
import io.identitycache.hibernate.mappings.Composites.City;
import io.identitycache.hibernate.mappings.Composites.House;
import io.identitycache.hibernate.mappings.Composites.Point;
import io.identitycache.hibernate.mappings.Composites.Size;
import io.identitycache.hibernate.mappings.Hierarchies.Payment;
import io.identitycache.hibernate.mappings.Identities.Place;
import io.identitycache.hibernate.mappings.Identities.Section;
import io.identitycache.hibernate.mappings.Identities.Sequenced;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;

/** Rows of every entity of this package, the same at every call. */
public final class SampleRows {

  /** Every entity. */
  public static final List<Class<?>> ENTITIES =
      List.of(
          Basics.Scalars.class,
          Basics.Times.class,
          Basics.Arrays.class,
          Identities.Sequenced.class,
          Identities.Numbered.class,
          Identities.ByText.class,
          Identities.ByUuid.class,
          Identities.ByUuidText.class,
          Identities.ByDecimal.class,
          Identities.ByDate.class,
          Identities.ByEnum.class,
          Identities.ByEmbeddable.class,
          Identities.ByRecord.class,
          Identities.Line.class,
          Identities.Derived.class,
          Identities.Details.class,
          Identities.Slot.class,
          Hierarchies.Payment.class,
          Hierarchies.CardPayment.class,
          Hierarchies.DebitPayment.class,
          Hierarchies.CashPayment.class,
          Hierarchies.Vehicle.class,
          Hierarchies.Car.class,
          Hierarchies.Shape.class,
          Hierarchies.Circle.class,
          Hierarchies.Square.class,
          Hierarchies.Setting.class,
          Hierarchies.Book.class,
          Composites.House.class,
          Composites.Meeting.class,
          Ordinaries.Customer.class,
          Ordinaries.Voucher.class,
          Ordinaries.Member.class,
          Ordinaries.Profile.class,
          Behaviours.Constant.class,
          Behaviours.Deletable.class,
          Behaviours.OfTenant.class,
          Behaviours.Greeting.class,
          Behaviours.Doubling.class,
          Associations.Shop.class,
          Associations.Product.class,
          Associations.Image.class);

  private final EntityManager entities;

  private SampleRows(EntityManager entities) {
    this.entities = entities;
  }

  /** Persists all rows; the transaction is the caller's. */
  public static void persist(EntityManager entities) {
    SampleRows rows = new SampleRows(entities);
    rows.scalars();
    rows.times();
    rows.arrays();
    rows.identities();
    rows.hierarchies();
    rows.composites();
    rows.ordinaries();
    rows.behaviours();
    rows.associations();
  }

  private void scalars() {
    Basics.Scalars nothing = new Basics.Scalars();
    nothing.id = 1;
    entities.persist(nothing);

    Basics.Scalars empty = new Basics.Scalars();
    empty.id = Long.MIN_VALUE;
    empty.text = "";
    empty.longText = "";
    empty.bytes = new byte[0];
    empty.byteObjects = new Byte[0];
    empty.chars = new char[0];
    empty.charObjects = new Character[0];
    empty.longBytes = new byte[0];
    empty.decimal = BigDecimal.ZERO;
    empty.bigInteger = BigInteger.ZERO;
    empty.aFloat = -0.0f;
    empty.aDouble = Double.MIN_VALUE;
    empty.floatObject = Float.NaN;
    empty.doubleObject = Double.NEGATIVE_INFINITY;
    empty.none = "none";
    entities.persist(empty);

    Basics.Scalars full = new Basics.Scalars();
    full.id = Long.MAX_VALUE;
    full.aBoolean = true;
    full.aByte = Byte.MIN_VALUE;
    full.aShort = Short.MAX_VALUE;
    full.anInt = Integer.MIN_VALUE / 2;
    full.aLong = Long.MIN_VALUE;
    full.aFloat = Float.MAX_VALUE;
    full.aDouble = Double.MAX_VALUE;
    full.aChar = '\uFFFD';
    full.booleanObject = false;
    full.byteObject = -1;
    full.shortObject = Short.MIN_VALUE;
    full.intObject = Integer.MAX_VALUE;
    full.longObject = -1L;
    full.floatObject = Float.MIN_VALUE;
    full.doubleObject = Math.PI;
    full.charObject = 'ß';
    full.text = "Ωμέγα \uD83D\uDE00 \uFFFD\n\t'\"%_\\ \u0001";
    full.decimal = new BigDecimal("-9999999999999999999999999999.9999999999");
    full.bigInteger = BigInteger.TEN.pow(37).negate();
    full.uuid = new UUID(Long.MIN_VALUE, -1);
    full.bytes = new byte[] {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE};
    full.byteObjects = new Byte[] {0, -1};
    full.chars = "chäřs".toCharArray();
    full.charObjects = new Character[] {'a', '☃'};
    full.longText = "långer ".repeat(5000);
    full.longBytes = new byte[40_000];
    full.ordinalEnum = Color.GREEN;
    full.namedEnum = Color.BLÜE;
    full.currency = Currency.getInstance("CHF");
    full.locale = Locale.forLanguageTag("zh-Hant-TW");
    full.timeZone = TimeZone.getTimeZone("Asia/Kathmandu");
    full.aClass = Color.class;
    try {
      full.url = URI.create("https://example.org/a?b=c#d").toURL();
      full.address = InetAddress.getByAddress(new byte[] {10, 0, 0, -1});
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    full.money = new Money(new BigDecimal("1.50"), "CHF");
    full.yesNo = true;
    full.none = "some";
    entities.persist(full);
  }

  private void times() {
    Basics.Times nothing = new Basics.Times();
    nothing.id = 0L;
    entities.persist(nothing);

    Basics.Times full = new Basics.Times();
    full.id = -1L;
    full.localDate = LocalDate.of(1, 1, 1);
    full.localTime = LocalTime.of(23, 59, 59);
    full.localDateTime = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);
    full.instant = Instant.parse("1969-12-31T23:59:59.000001Z");
    full.offsetDateTime = OffsetDateTime.parse("2026-03-29T02:30:00.123456789+05:45");
    full.offsetTime = OffsetTime.parse("10:15:30-08:00");
    full.zonedDateTime = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1000, ZoneId.of("Europe/Zurich"));
    full.duration = Duration.ofSeconds(-86_400_000, 1);
    full.serialized = Period.of(1, -2, 3);
    full.period = Period.of(-1, 2, 0);
    full.year = Year.of(-44);
    full.zoneId = ZoneId.of("America/Argentina/Ushuaia");
    full.zoneOffset = ZoneOffset.ofHoursMinutes(-1, -2);
    full.date = new Date(-86_400_000L * 365);
    full.time = new Date(1000);
    full.timestamp = new Date(1_700_000_000_123L);
    full.sqlDate = java.sql.Date.valueOf("2000-02-29");
    full.sqlTime = java.sql.Time.valueOf("12:34:56");
    full.sqlTimestamp = java.sql.Timestamp.valueOf("1582-10-15 00:00:00.123456");
    full.calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
    full.calendar.setTimeInMillis(1_700_000_000_456L);
    full.calendarDate = new GregorianCalendar(2026, Calendar.FEBRUARY, 28);
    entities.persist(full);
  }

  private void arrays() {
    Basics.Arrays nothing = new Basics.Arrays();
    nothing.id = 1L;
    entities.persist(nothing);

    Basics.Arrays empty = new Basics.Arrays();
    empty.id = 2L;
    empty.ints = new int[0];
    empty.strings = new String[0];
    empty.list = List.of();
    empty.set = Set.of();
    entities.persist(empty);

    Basics.Arrays full = new Basics.Arrays();
    full.id = 3L;
    full.ints = new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE};
    full.longs = new long[] {Long.MIN_VALUE, -1};
    full.doubles = new double[] {-0.0, Double.MAX_VALUE};
    full.booleans = new boolean[] {true, false};
    full.strings = new String[] {"", null, "é"};
    full.integers = new Integer[] {null, 1};
    full.uuids = new UUID[] {new UUID(1, 2)};
    full.colors = new Color[] {Color.GREEN, Color.RED};
    full.list = List.of("b", "a", "b");
    full.set = Set.of(3, 1, 2);
    full.sorted = new TreeSet<>(Set.of("z", "a"));
    full.dates = List.of(LocalDate.EPOCH);
    full.colorList = List.of(Color.BLÜE);
    entities.persist(full);
  }

  private void identities() {
    Sequenced sequenced = new Sequenced();
    sequenced.name = "first";
    entities.persist(sequenced);

    Identities.Numbered numbered = new Identities.Numbered();
    entities.persist(numbered);

    Identities.ByText text = new Identities.ByText();
    text.handle = "tea pot/ü";
    text.name = "";
    entities.persist(text);

    Identities.ByUuid uuid = new Identities.ByUuid();
    uuid.uuid = new UUID(7, 8);
    entities.persist(uuid);

    for (int i = 1; i <= 2; i++) {
      Identities.ByUuidText uuidText = new Identities.ByUuidText();
      uuidText.uuid = new UUID(i, -i);
      uuidText.eager = sequenced;
      entities.persist(uuidText);
    }

    Identities.ByDecimal decimal = new Identities.ByDecimal();
    decimal.number = new BigDecimal("12.50");
    entities.persist(decimal);

    Identities.ByDate date = new Identities.ByDate();
    date.day = LocalDate.of(2026, 2, 28);
    entities.persist(date);

    Identities.ByEnum byEnum = new Identities.ByEnum();
    byEnum.color = Color.GREEN;
    entities.persist(byEnum);

    Identities.ByEmbeddable embeddable = new Identities.ByEmbeddable();
    embeddable.place = new Place(new Section("Nørre", -1), 12);
    embeddable.name = "place";
    entities.persist(embeddable);

    Identities.ByRecord record = new Identities.ByRecord();
    record.section = new Section("x", 0);
    record.neighbour = embeddable;
    entities.persist(record);

    Identities.Line line = new Identities.Line();
    line.order = 1;
    line.number = 1;
    line.name = "one";
    entities.persist(line);

    Identities.Line next = new Identities.Line();
    next.order = 1;
    next.number = 2;
    next.previous = line;
    entities.persist(next);

    Identities.Derived derived = new Identities.Derived();
    derived.owner = text;
    derived.number = 3;
    derived.name = "derived";
    entities.persist(derived);

    Identities.Details details = new Identities.Details();
    details.of = sequenced;
    details.name = "details";
    entities.persist(details);

    Identities.Slot slot = new Identities.Slot();
    slot.id = new Identities.SlotId();
    slot.id.slot = 9;
    slot.at = embeddable;
    entities.persist(slot);
  }

  private void hierarchies() {
    Hierarchies.CardPayment card = new Hierarchies.CardPayment();
    card.id = 1L;
    card.card = "1234";
    entities.persist(card);

    Hierarchies.DebitPayment debit = new Hierarchies.DebitPayment();
    debit.id = 2L;
    debit.note = "direct";
    debit.bank = 5L;
    entities.persist(debit);

    Hierarchies.CashPayment cash = new Hierarchies.CashPayment();
    cash.id = 3L;
    cash.coins = 4;
    entities.persist(cash);

    Hierarchies.Vehicle vehicle = new Hierarchies.Vehicle();
    vehicle.id = 1L;
    entities.persist(vehicle);

    Hierarchies.Car car = new Hierarchies.Car();
    car.id = 2L;
    car.name = "car";
    car.doors = 5;
    entities.persist(car);

    Hierarchies.Circle circle = new Hierarchies.Circle();
    circle.id = 1L;
    circle.radius = 0.1;
    entities.persist(circle);

    Hierarchies.Square square = new Hierarchies.Square();
    square.id = 2L;
    square.name = "square";
    entities.persist(square);

    entities.persist(new Hierarchies.Setting(1L, "limit", 100));
    entities.persist(new Hierarchies.Setting(2L, null, null));

    Hierarchies.Book book = new Hierarchies.Book();
    book.id = 1L;
    book.title = "with";
    book.summary = "summary";
    entities.persist(book);

    Hierarchies.Book without = new Hierarchies.Book();
    without.id = 2L;
    entities.persist(without);
  }

  private void composites() {
    Sequenced country = new Sequenced();
    country.name = "Land";
    entities.persist(country);

    House nothing = new House();
    nothing.id = 1L;
    entities.persist(nothing);

    House full = new House();
    full.id = 2L;
    full.address = new Address();
    full.address.street = "Straße";
    full.address.city = new City("Zürich", "8000", new Point(-1, null));
    full.address.country = country;
    full.address.lines.add("line");
    full.door = new Size();
    full.door.height = 2;
    full.size = new Size();
    full.at = new Point(1, 2);
    entities.persist(full);

    House half = new House();
    half.id = 3L;
    half.address = new Address();
    half.address.street = "";
    entities.persist(half);
  }

  private void ordinaries() {
    Composites.Meeting nothing = new Composites.Meeting();
    nothing.id = 1L;
    entities.persist(nothing);

    Composites.Meeting meeting = new Composites.Meeting();
    meeting.id = 2L;
    meeting.zoned = OffsetDateTime.parse("2026-03-29T02:30:00.123456+05:45");
    meeting.deadline = new Composites.Deadline();
    meeting.deadline.urgency = Color.GREEN;
    meeting.deadline.dates = new Composites.Dates();
    meeting.deadline.dates.day = new Date(-86_400_000L * 365);
    meeting.deadline.dates.time = new Date(1000);
    meeting.deadline.dates.moment = java.sql.Timestamp.valueOf("2026-01-02 03:04:05.678901");
    meeting.deadline.dates.exact = java.sql.Timestamp.valueOf("1582-10-15 00:00:00.123456");
    meeting.deadline.dates.calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
    entities.persist(meeting);

    Ordinaries.Customer customer = new Ordinaries.Customer();
    customer.id = 1L;
    customer.email = "a@example.org";
    customer.nick = "Berta";
    customer.rank = Ordinaries.Rank.GOLD;
    entities.persist(customer);

    Ordinaries.Voucher voucher = new Ordinaries.Voucher();
    voucher.id = "V-1";
    voucher.holder = customer;
    entities.persist(voucher);

    entities.persist(new Ordinaries.Member("Anna", true));
    entities.persist(new Ordinaries.Profile(1L, "nick"));
    entities.persist(new Ordinaries.Profile(2L, null));
  }

  private void behaviours() {
    entities.persist(new Behaviours.Constant(1L, "π"));

    Behaviours.Deletable deletable = new Behaviours.Deletable();
    deletable.id = 1L;
    deletable.name = "here";
    entities.persist(deletable);

    Behaviours.OfTenant ofTenant = new Behaviours.OfTenant();
    ofTenant.id = 1L;
    ofTenant.name = "mine";
    entities.persist(ofTenant);

    Behaviours.Greeting greeting = new Behaviours.Greeting();
    greeting.id = 1L;
    greeting.name = "World";
    entities.persist(greeting);

    Behaviours.Doubling doubling = new Behaviours.Doubling();
    doubling.setKey(1L);
    doubling.setText("x");
    entities.persist(doubling);
  }

  private void associations() {
    Shop shop = new Shop();
    shop.id = 1L;
    entities.persist(shop);

    Product lonely = new Product();
    lonely.id = 1L;
    entities.persist(lonely);

    Product product = new Product();
    product.id = 2L;
    product.shop = shop;
    product.eagerShop = shop;
    product.maker = shop;
    product.successor = lonely;
    product.payment = entities.find(Payment.class, 2L);
    product.line = entities.find(Identities.Line.class, new Identities.LineId(1, 2));
    product.doubling = entities.getReference(Behaviours.Doubling.class, 1L);
    product.related.add(lonely);
    product.tags.add("tag");
    product.orderedTags.add("ordered");
    product.sortedTags.add("sorted");
    product.lines.add("line");
    product.prices.put("CHF", new Price());
    product.sorted.put("a", "b");
    product.eager.add("eager");
    product.identified.add("identified");
    entities.persist(product);

    Image image = new Image();
    image.id = 1L;
    image.product = product;
    entities.persist(image);
  }
}
