package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.UUID;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.type.YesNoConverter;

/** Every basic type. */
public final class Basics {

  private Basics() {}

  public enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "a constant with a class of its own";
      }
    },
    BLÜE
  }

  /** A value type that is no basic type. */
  public record Money(BigDecimal amount, String currency) {}

  public static class MoneyConverter implements AttributeConverter<Money, String> {
    @Override
    public String convertToDatabaseColumn(Money money) {
      return money == null ? null : money.amount() + " " + money.currency();
    }

    @Override
    public Money convertToEntityAttribute(String column) {
      return column == null
          ? null
          : new Money(
              new BigDecimal(column.substring(0, column.indexOf(' '))),
              column.substring(column.indexOf(' ') + 1));
    }
  }

  /** Gives a value for null, and null for that value. */
  public static class NoneConverter implements AttributeConverter<String, String> {
    @Override
    public String convertToDatabaseColumn(String value) {
      return "none".equals(value) ? null : value;
    }

    @Override
    public String convertToEntityAttribute(String column) {
      return column == null ? "none" : column;
    }
  }

  @Entity
  @IdentityCached
  public static class Scalars {
    @Id public long id;
    @Version public int version;
    public boolean aBoolean;
    public byte aByte;
    public short aShort;
    public int anInt;
    public long aLong;
    public float aFloat;
    public double aDouble;
    public char aChar = 'x';
    public Boolean booleanObject;
    public Byte byteObject;
    public Short shortObject;
    public Integer intObject;
    public Long longObject;
    public Float floatObject;
    public Double doubleObject;
    public Character charObject;
    @CacheIndex public String text;

    @Column(precision = 38, scale = 10)
    public BigDecimal decimal;

    @Column(precision = 38, scale = 0)
    public BigInteger bigInteger;

    public UUID uuid;
    public byte[] bytes;
    public Byte[] byteObjects;
    public char[] chars;
    public Character[] charObjects;
    @Lob public String longText;
    @Lob public byte[] longBytes;
    public Color ordinalEnum;

    @Enumerated(EnumType.STRING)
    public Color namedEnum;

    public Currency currency;
    public Locale locale;
    public TimeZone timeZone;
    public URL url;
    public Class<?> aClass;
    public InetAddress address;

    @Convert(converter = MoneyConverter.class)
    public Money money;

    @Convert(converter = YesNoConverter.class)
    public Boolean yesNo;

    @Convert(converter = NoneConverter.class)
    public String none;

    @Formula("anInt * 2")
    public Integer twice;

    @Generated
    @ColumnDefault("42")
    public Integer generated;
  }

  @Entity
  @IdentityCached
  @DynamicUpdate
  public static class Times {
    @Id public Long id;
    public LocalDate localDate;
    public LocalTime localTime;
    public LocalDateTime localDateTime;
    public Instant instant;
    public OffsetDateTime offsetDateTime;
    public OffsetTime offsetTime;
    public ZonedDateTime zonedDateTime;
    public Duration duration;
    public Year year;
    public ZoneId zoneId;
    public ZoneOffset zoneOffset;

    @Temporal(TemporalType.DATE)
    public Date date;

    @Temporal(TemporalType.TIME)
    public Date time;

    @Temporal(TemporalType.TIMESTAMP)
    public Date timestamp;

    public java.sql.Date sqlDate;
    public java.sql.Time sqlTime;
    public java.sql.Timestamp sqlTimestamp;

    @Temporal(TemporalType.TIMESTAMP)
    public Calendar calendar;

    @Temporal(TemporalType.DATE)
    public Calendar calendarDate;

    @Version public Instant version;
  }

  @Entity
  @IdentityCached
  public static class Arrays {
    @Id public Long id;
    public int[] ints;
    public long[] longs;
    public double[] doubles;
    public boolean[] booleans;
    public String[] strings;
    public Integer[] integers;
    public UUID[] uuids;
    public Color[] colors;
    public List<String> list;
    public Set<Integer> set;
    public SortedSet<String> sorted;
    public List<LocalDate> dates;

    @Basic public List<Color> colorList;
  }
}
