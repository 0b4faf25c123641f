package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.CacheAttribute;
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
import java.time.Period;
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

  public static class PeriodConverter implements AttributeConverter<Period, String> {
    @Override
    public String convertToDatabaseColumn(Period period) {
      return period == null ? null : period.toString();
    }

    @Override
    public Period convertToEntityAttribute(String column) {
      return column == null ? null : Period.parse(column);
    }
  }

  @Entity
  @IdentityCached
  public static class Scalars {
    @Id public long id;
    @CacheAttribute @Version public int version;
    @CacheAttribute public boolean aBoolean;
    @CacheAttribute public byte aByte;
    @CacheAttribute public short aShort;
    @CacheAttribute public int anInt;
    @CacheAttribute public long aLong;
    @CacheAttribute public float aFloat;
    @CacheAttribute public double aDouble;
    @CacheAttribute public char aChar = 'x';
    @CacheAttribute public Boolean booleanObject;
    @CacheAttribute public Byte byteObject;
    @CacheAttribute public Short shortObject;
    @CacheAttribute public Integer intObject;
    @CacheAttribute public Long longObject;
    @CacheAttribute public Float floatObject;
    @CacheAttribute public Double doubleObject;
    @CacheAttribute public Character charObject;
    @CacheAttribute @CacheIndex public String text;

    @CacheAttribute
    @Column(precision = 38, scale = 10)
    public BigDecimal decimal;

    @CacheAttribute
    @Column(precision = 38, scale = 0)
    public BigInteger bigInteger;

    @CacheAttribute public UUID uuid;
    @CacheAttribute public byte[] bytes;
    @CacheAttribute public Byte[] byteObjects;
    @CacheAttribute public char[] chars;
    @CacheAttribute public Character[] charObjects;
    @CacheAttribute @Lob public String longText;
    @CacheAttribute @Lob public byte[] longBytes;
    @CacheAttribute public Color ordinalEnum;

    @CacheAttribute
    @Enumerated(EnumType.STRING)
    public Color namedEnum;

    @CacheAttribute public Currency currency;
    @CacheAttribute public Locale locale;
    @CacheAttribute public TimeZone timeZone;
    @CacheAttribute public URL url;
    @CacheAttribute public Class<?> aClass;
    @CacheAttribute public InetAddress address;

    @CacheAttribute
    @Convert(converter = MoneyConverter.class)
    public Money money;

    @CacheAttribute
    @Convert(converter = YesNoConverter.class)
    public Boolean yesNo;

    @CacheAttribute
    @Convert(converter = NoneConverter.class)
    public String none;

    @Formula("anInt * 2")
    public Integer twice;

    @CacheAttribute
    @Generated
    @ColumnDefault("42")
    public Integer generated;
  }

  @Entity
  @IdentityCached
  @DynamicUpdate
  public static class Times {
    @Id public Long id;
    @CacheAttribute public LocalDate localDate;
    @CacheAttribute public LocalTime localTime;
    @CacheAttribute public LocalDateTime localDateTime;
    @CacheAttribute public Instant instant;
    @CacheAttribute public OffsetDateTime offsetDateTime;
    @CacheAttribute public OffsetTime offsetTime;
    @CacheAttribute public ZonedDateTime zonedDateTime;
    @CacheAttribute public Duration duration;
    @CacheAttribute public Period serialized;

    @CacheAttribute
    @Convert(converter = PeriodConverter.class)
    public Period period;

    @CacheAttribute public Year year;
    @CacheAttribute public ZoneId zoneId;
    @CacheAttribute public ZoneOffset zoneOffset;

    @CacheAttribute
    @Temporal(TemporalType.DATE)
    public Date date;

    @CacheAttribute
    @Temporal(TemporalType.TIME)
    public Date time;

    @CacheAttribute
    @Temporal(TemporalType.TIMESTAMP)
    public Date timestamp;

    @CacheAttribute public java.sql.Date sqlDate;
    @CacheAttribute public java.sql.Time sqlTime;
    @CacheAttribute public java.sql.Timestamp sqlTimestamp;

    @CacheAttribute
    @Temporal(TemporalType.TIMESTAMP)
    public Calendar calendar;

    @CacheAttribute
    @Temporal(TemporalType.DATE)
    public Calendar calendarDate;

    @CacheAttribute @Version public Instant version;
  }

  @Entity
  @IdentityCached
  public static class Arrays {
    @Id public Long id;
    @CacheAttribute public int[] ints;
    @CacheAttribute public long[] longs;
    @CacheAttribute public double[] doubles;
    @CacheAttribute public boolean[] booleans;
    @CacheAttribute public String[] strings;
    @CacheAttribute public Integer[] integers;
    @CacheAttribute public UUID[] uuids;
    @CacheAttribute public Color[] colors;
    @CacheAttribute public List<String> list;
    @CacheAttribute public Set<Integer> set;
    @CacheAttribute public SortedSet<String> sorted;
    @CacheAttribute public List<LocalDate> dates;

    @CacheAttribute @Basic public List<Color> colorList;
  }
}
