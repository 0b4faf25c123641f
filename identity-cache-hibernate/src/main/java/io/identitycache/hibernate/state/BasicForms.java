package io.identitycache.hibernate.state;

import static java.util.Map.entry;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.UnknownHostException;
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
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hibernate.type.descriptor.java.BasicPluralJavaType;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.java.LocaleJavaType;
import org.hibernate.type.descriptor.java.spi.BasicCollectionJavaType;
import org.jspecify.annotations.Nullable;

/** The forms of all Java types that have one. */
@SuppressWarnings("JavaUtilDate") // entities have attributes of this type
final class BasicForms {

  private static final BasicForm<Date> DATE = form(BasicForms::writeDate, BasicForms::readDate);
  private static final BasicForm<LocalDate> LOCAL_DATE =
      form((out, v) -> out.writeLong(v.toEpochDay()), in -> LocalDate.ofEpochDay(in.readLong()));
  private static final BasicForm<LocalTime> LOCAL_TIME =
      form((out, v) -> out.writeLong(v.toNanoOfDay()), in -> LocalTime.ofNanoOfDay(in.readLong()));
  private static final BasicForm<LocalDateTime> LOCAL_DATE_TIME =
      form(
          (out, v) -> {
            LOCAL_DATE.write(out, v.toLocalDate());
            LOCAL_TIME.write(out, v.toLocalTime());
          },
          in -> LocalDateTime.of(LOCAL_DATE.read(in), LOCAL_TIME.read(in)));
  private static final BasicForm<ZoneOffset> ZONE_OFFSET =
      form(
          (out, v) -> out.writeLong(v.getTotalSeconds()),
          in -> ZoneOffset.ofTotalSeconds(in.readInt()));
  private static final BasicForm<ZoneId> ZONE_ID =
      form((out, v) -> out.writeString(v.getId()), in -> ZoneId.of(in.readString()));
  private static final BasicForm<TimeZone> TIME_ZONE =
      form((out, v) -> out.writeString(v.getID()), in -> TimeZone.getTimeZone(in.readString()));
  private static final BasicForm<InetAddress> INET_ADDRESS =
      form((out, v) -> out.writeBytes(v.getAddress()), BasicForms::readAddress);

  private static final Map<Class<?>, BasicForm<?>> BY_TYPE =
      Map.ofEntries(
          of(Boolean.class, ContentWriter::writeBoolean, ContentReader::readBoolean),
          of(Byte.class, (out, v) -> out.writeByte(v), in -> (byte) in.readByte()),
          of(
              Short.class,
              (out, v) -> out.writeLong(v),
              in -> (short) in.readLong(Short.MIN_VALUE, Short.MAX_VALUE)),
          of(Integer.class, (out, v) -> out.writeLong(v), ContentReader::readInt),
          of(Long.class, ContentWriter::writeLong, ContentReader::readLong),
          of(
              Float.class,
              (out, v) -> out.writeBits(Float.floatToRawIntBits(v)),
              in -> Float.intBitsToFloat(in.readIntBits())),
          of(
              Double.class,
              (out, v) -> out.writeBits(Double.doubleToRawLongBits(v)),
              in -> Double.longBitsToDouble(in.readLongBits())),
          of(
              Character.class,
              (out, v) -> out.writeLong(v),
              in -> (char) in.readLong(Character.MIN_VALUE, Character.MAX_VALUE)),
          of(String.class, ContentWriter::writeString, ContentReader::readString),
          of(BigDecimal.class, BasicForms::writeDecimal, BasicForms::readDecimal),
          of(
              BigInteger.class,
              (out, v) -> out.writeBytes(v.toByteArray()),
              in -> new BigInteger(in.readBytes())),
          of(
              UUID.class,
              (out, v) -> {
                out.writeBits(v.getMostSignificantBits());
                out.writeBits(v.getLeastSignificantBits());
              },
              in -> new UUID(in.readLongBits(), in.readLongBits())),
          of(byte[].class, ContentWriter::writeBytes, ContentReader::readBytes),
          of(
              char[].class,
              (out, v) -> out.writeString(new String(v)),
              in -> in.readString().toCharArray()),
          entry(LocalDate.class, LOCAL_DATE),
          entry(LocalTime.class, LOCAL_TIME),
          entry(LocalDateTime.class, LOCAL_DATE_TIME),
          entry(ZoneOffset.class, ZONE_OFFSET),
          entry(ZoneId.class, ZONE_ID),
          of(
              Instant.class,
              (out, v) -> {
                out.writeLong(v.getEpochSecond());
                out.writeLong(v.getNano());
              },
              in -> Instant.ofEpochSecond(in.readLong(), readNanos(in))),
          of(
              Duration.class,
              (out, v) -> {
                out.writeLong(v.getSeconds());
                out.writeLong(v.getNano());
              },
              in -> Duration.ofSeconds(in.readLong(), readNanos(in))),
          of(
              Period.class,
              (out, v) -> {
                out.writeLong(v.getYears());
                out.writeLong(v.getMonths());
                out.writeLong(v.getDays());
              },
              in -> Period.of(in.readInt(), in.readInt(), in.readInt())),
          of(Year.class, (out, v) -> out.writeLong(v.getValue()), in -> Year.of(in.readInt())),
          of(
              OffsetTime.class,
              (out, v) -> {
                LOCAL_TIME.write(out, v.toLocalTime());
                ZONE_OFFSET.write(out, v.getOffset());
              },
              in -> OffsetTime.of(LOCAL_TIME.read(in), ZONE_OFFSET.read(in))),
          of(
              OffsetDateTime.class,
              (out, v) -> {
                LOCAL_DATE_TIME.write(out, v.toLocalDateTime());
                ZONE_OFFSET.write(out, v.getOffset());
              },
              in -> OffsetDateTime.of(LOCAL_DATE_TIME.read(in), ZONE_OFFSET.read(in))),
          of(
              ZonedDateTime.class,
              (out, v) -> {
                LOCAL_DATE_TIME.write(out, v.toLocalDateTime());
                ZONE_OFFSET.write(out, v.getOffset());
                ZONE_ID.write(out, v.getZone());
              },
              in ->
                  ZonedDateTime.ofInstant(
                      LOCAL_DATE_TIME.read(in), ZONE_OFFSET.read(in), ZONE_ID.read(in))),
          entry(Date.class, DATE),
          entry(java.sql.Date.class, DATE),
          entry(java.sql.Time.class, DATE),
          entry(java.sql.Timestamp.class, DATE),
          of(
              Calendar.class,
              (out, v) -> {
                out.writeLong(v.getTimeInMillis());
                TIME_ZONE.write(out, v.getTimeZone());
              },
              BasicForms::readCalendar),
          entry(TimeZone.class, TIME_ZONE),
          // as Hibernate writes it to its column, since a builder refuses some old locales
          of(
              Locale.class,
              (out, v) -> out.writeString(LocaleJavaType.INSTANCE.toString(v)),
              in -> LocaleJavaType.INSTANCE.fromString(in.readString())),
          of(
              Currency.class,
              (out, v) -> out.writeString(v.getCurrencyCode()),
              in -> Currency.getInstance(in.readString())),
          of(URL.class, (out, v) -> out.writeString(v.toExternalForm()), BasicForms::readUrl),
          entry(InetAddress.class, INET_ADDRESS),
          entry(Inet4Address.class, INET_ADDRESS),
          entry(Inet6Address.class, INET_ADDRESS),
          of(Class.class, (out, v) -> out.writeString(v.getName()), BasicForms::readClass));

  private BasicForms() {}

  /** The form for a Java type, or null if there is none. */
  static @Nullable BasicForm<?> of(JavaType<?> type) {
    Class<?> javaClass = type.getJavaTypeClass();
    BasicForm<?> form = BY_TYPE.get(javaClass);
    if (form != null) {
      return form;
    }
    if (javaClass.isEnum()) {
      return new EnumForm(javaClass);
    }
    if (javaClass == Byte[].class) {
      return new ArrayForm(Byte.class, required(Byte.class));
    }
    if (javaClass == Character[].class) {
      return new ArrayForm(Character.class, required(Character.class));
    }
    if (type instanceof BasicPluralJavaType<?> plural) {
      return ofPlural(javaClass, plural);
    }
    return null;
  }

  private static @Nullable BasicForm<?> ofPlural(
      Class<?> javaClass, BasicPluralJavaType<?> plural) {
    BasicForm<?> item = of(plural.getElementJavaType());
    if (item == null) {
      return null;
    }
    if (javaClass.isArray()) {
      return new ArrayForm(javaClass.getComponentType(), item);
    }
    return plural instanceof BasicCollectionJavaType<?, ?> collection
        ? new CollectionForm(collection.getSemantics(), item)
        : null;
  }

  private static BasicForm<?> required(Class<?> type) {
    BasicForm<?> form = BY_TYPE.get(type);
    if (form == null) {
      throw new IllegalStateException(type + " has no form");
    }
    return form;
  }

  private static <T> Map.Entry<Class<?>, BasicForm<?>> of(
      Class<T> type, BiConsumer<ContentWriter, T> writer, Function<ContentReader, T> reader) {
    return entry(type, form(writer, reader));
  }

  private static <T> BasicForm<T> form(
      BiConsumer<ContentWriter, T> writer, Function<ContentReader, T> reader) {
    return new BasicForm<>() {
      @Override
      public void write(ContentWriter out, T value) {
        writer.accept(out, value);
      }

      @Override
      public T read(ContentReader in) {
        return reader.apply(in);
      }
    };
  }

  private static void writeDecimal(ContentWriter out, BigDecimal value) {
    out.writeLong(value.scale());
    out.writeBytes(value.unscaledValue().toByteArray());
  }

  private static BigDecimal readDecimal(ContentReader in) {
    int scale = in.readInt();
    return new BigDecimal(new BigInteger(in.readBytes()), scale);
  }

  private static long readNanos(ContentReader in) {
    return in.readLong(0, 999_999_999);
  }

  /** A Date attribute holds any of the four classes, as its column's type and the driver decide. */
  private static void writeDate(ContentWriter out, Date value) {
    if (value instanceof java.sql.Timestamp timestamp) {
      out.writeByte('S');
      out.writeLong(timestamp.getTime());
      out.writeLong(timestamp.getNanos());
      return;
    }
    out.writeByte(
        value instanceof java.sql.Date ? 'D' : value instanceof java.sql.Time ? 'T' : 'U');
    out.writeLong(value.getTime());
  }

  private static Date readDate(ContentReader in) {
    int kind = in.readByte();
    long time = in.readLong();
    return switch (kind) {
      case 'S' -> {
        java.sql.Timestamp timestamp = new java.sql.Timestamp(time);
        timestamp.setNanos((int) readNanos(in));
        yield timestamp;
      }
      case 'D' -> new java.sql.Date(time);
      case 'T' -> new java.sql.Time(time);
      case 'U' -> new Date(time);
      default -> throw new UndecodableEntryException("a date is of no known class");
    };
  }

  private static Calendar readCalendar(ContentReader in) {
    long time = in.readLong();
    Calendar calendar = new GregorianCalendar(TIME_ZONE.read(in));
    calendar.setTimeInMillis(time);
    return calendar;
  }

  private static InetAddress readAddress(ContentReader in) {
    try {
      return InetAddress.getByAddress(in.readBytes());
    } catch (UnknownHostException e) {
      throw new UndecodableEntryException("an address has a wrong length", e);
    }
  }

  private static URL readUrl(ContentReader in) {
    try {
      return new URL(in.readString());
    } catch (MalformedURLException e) {
      throw new UndecodableEntryException("a URL is malformed", e);
    }
  }

  private static Class<?> readClass(ContentReader in) {
    String name = in.readString();
    try {
      // only looked up: nothing of it runs
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new UndecodableEntryException("a class is unknown", e);
    }
  }
}
