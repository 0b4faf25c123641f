package io.identitycache.hibernate.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.jspecify.annotations.Nullable;

/**
 * Which basic types may stand in an index, and in which form their values are compared: equal in
 * Java when the column's values are.
 */
final class Comparability {

  private static final Set<Class<?>> AS_THEY_ARE =
      Set.of(
          String.class,
          Character.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          Instant.class,
          Duration.class,
          Year.class,
          ZoneOffset.class,
          Currency.class,
          Locale.class);

  private Comparability() {}

  /** Why values of this type cannot be compared; null if they can. */
  static @Nullable String whyNot(JdbcMapping type) {
    Class<?> compared = comparedType(type);
    if (type.getJdbcType().isLob()) {
      return "is a large object";
    }
    if (compared.isArray()) {
      return "is of type " + compared.getSimpleName();
    }
    if (AS_THEY_ARE.contains(compared)
        || compared.isEnum()
        || ZoneId.class.isAssignableFrom(compared)
        || timeLine(compared) != null) {
      return null;
    }
    return "is of type "
        + compared.getTypeName()
        + ", whose values cannot be compared; map it with an AttributeConverter to a text or number";
  }

  /** Whether values are texts, whose letter case can be ignored. */
  static boolean isText(JdbcMapping type) {
    return type.getValueConverter() == null
        && type.getMappedJavaType().getJavaTypeClass() == String.class;
  }

  /** From a value to the form in which it is compared. */
  static UnaryOperator<Object> comparable(JdbcMapping type) {
    UnaryOperator<Object> onTimeLine = timeLine(comparedType(type));
    UnaryOperator<Object> compared = onTimeLine == null ? UnaryOperator.identity() : onTimeLine;
    BasicValueConverter<Object, Object> converter = converter(type);
    if (converter == null) {
      return compared;
    }
    return value -> {
      Object stored = converter.toRelationalValue(value);
      return stored == null ? "" : compared.apply(stored);
    };
  }

  private static Class<?> comparedType(JdbcMapping type) {
    BasicValueConverter<?, ?> converter = converter(type);
    return converter == null
        ? type.getMappedJavaType().getJavaTypeClass()
        : converter.getRelationalJavaType().getJavaTypeClass();
  }

  @SuppressWarnings("unchecked")
  private static @Nullable BasicValueConverter<Object, Object> converter(JdbcMapping type) {
    return (BasicValueConverter<Object, Object>) type.getValueConverter();
  }

  /** Types of which one moment has several values, or whose subclasses are not symmetric. */
  private static @Nullable UnaryOperator<Object> timeLine(Class<?> type) {
    if (type == OffsetDateTime.class) {
      return value -> ((OffsetDateTime) value).toInstant();
    }
    if (type == ZonedDateTime.class) {
      return value -> ((ZonedDateTime) value).toInstant();
    }
    if (Calendar.class.isAssignableFrom(type)) {
      return value -> ((Calendar) value).toInstant();
    }
    return Date.class.isAssignableFrom(type) ? Comparability::ofDate : null;
  }

  /** A java.util.Date is read back as one of its subclasses from java.sql. */
  @SuppressWarnings("JavaUtilDate") // the application's choice
  private static Object ofDate(Object value) {
    return value instanceof Timestamp timestamp
        ? timestamp.toInstant()
        : Instant.ofEpochMilli(((Date) value).getTime());
  }
}
