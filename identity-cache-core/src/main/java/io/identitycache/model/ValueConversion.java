package io.identitycache.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts what an application gives into an attribute's Java type, if nothing is lost by it. */
final class ValueConversion {

  private ValueConversion() {}

  /**
   * Converts between numbers, and from text to numbers, UUIDs, enums, characters and booleans.
   *
   * @param culprit the entity and attribute, for the refusal
   * @throws IllegalArgumentException if the value cannot be converted exactly
   */
  static Object convert(Object value, Class<?> type, String culprit) {
    if (type.isInstance(value)) {
      return value;
    }
    try {
      Object converted = tryConvert(value, type);
      if (converted != null) {
        return converted;
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw refusal(value, type, culprit, e);
    }
    throw refusal(value, type, culprit, null);
  }

  /** 1.0 and 1.00 are one number to a database, so they are one to the cache. */
  static Object comparable(Object value) {
    if (!(value instanceof BigDecimal number)) {
      return value;
    }
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static @Nullable Object tryConvert(Object value, Class<?> type) {
    if (value instanceof Number || (value instanceof String && isNumeric(type))) {
      return toNumber(new BigDecimal(value.toString().strip()), type);
    }
    if (!(value instanceof String text)) {
      return null;
    }
    if (type == UUID.class) {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
    }
    if (type == Character.class) {
      return text.length() == 1 ? text.charAt(0) : null;
    }
    if (type == Boolean.class) {
      return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
    }
    return null;
  }

  private static boolean isNumeric(Class<?> type) {
    return Number.class.isAssignableFrom(type);
  }

  private static @Nullable Object toNumber(BigDecimal number, Class<?> type) {
    if (type == Long.class) {
      return number.longValueExact();
    }
    if (type == Integer.class) {
      return number.intValueExact();
    }
    if (type == Short.class) {
      return number.shortValueExact();
    }
    if (type == Byte.class) {
      return number.byteValueExact();
    }
    if (type == BigInteger.class) {
      return number.toBigIntegerExact();
    }
    if (type == BigDecimal.class) {
      return number;
    }
    if (type == Double.class) {
      return number.doubleValue();
    }
    return type == Float.class ? number.floatValue() : null;
  }

  private static IllegalArgumentException refusal(
      Object value, Class<?> type, String culprit, @Nullable Exception cause) {
    return new IllegalArgumentException(
        culprit
            + " is of type "
            + type.getTypeName()
            + "; a "
            + value.getClass().getTypeName()
            + " was given that cannot be converted to it",
        cause);
  }
}
