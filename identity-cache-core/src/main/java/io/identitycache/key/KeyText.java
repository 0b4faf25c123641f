package io.identitycache.key;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.Date;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value so that it may stand in a key. Values of one Java type that differ are written
 * differently; what memcached refuses and what separates the parts of a key is escaped.
 */
final class KeyText {

  /** Cannot be the text of a value: {@code ~} is escaped there. */
  private static final String NULL = "~";

  private KeyText() {}

  static String of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof Long || value instanceof Integer) {
      return value.toString();
    }
    return escape(textOf(value));
  }

  private static String textOf(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof BigDecimal number) {
      // 1.0 and 1.00 are one number to a database
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    if (value instanceof Date date) {
      return Long.toString(date.getTime());
    }
    if (value instanceof Calendar calendar) {
      return Long.toString(calendar.getTimeInMillis());
    }
    return value.toString();
  }

  private static String escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return escapeBytes(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return text;
  }

  private static String escapeBytes(byte[] bytes) {
    StringBuilder escaped = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  private static boolean isPlain(char c) {
    return c > ' ' && c < '~' && c != ':' && c != '/' && c != '%' && c != '#';
  }
}
