package io.identitycache.hibernate.tree;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an entry holds of a row, in plain lists and maps that are compared and printed. */
final class Content {

  private Content() {}

  /** A row's attributes: names and values in turn. */
  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      content.put(
          (String) namesAndValues[i],
          value instanceof Integer number ? Long.valueOf(number) : value);
    }
    return content;
  }
}
