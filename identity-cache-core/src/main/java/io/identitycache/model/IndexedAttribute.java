package io.identitycache.model;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of an index.
 *
 * @param path its name, or its path through embeddables
 * @param type its Java type, boxed; of an association, the type of the id
 * @param association of an association, the class it leads to; else null
 * @param idOf of an association, gives the id of an instance; else returns its argument
 * @param comparable turns a value into one with a meaningful {@code equals} and an unambiguous
 *     text: the identity for basic types, the column's value for converted types
 */
public record IndexedAttribute(
    String path,
    Class<?> type,
    @Nullable Class<?> association,
    UnaryOperator<Object> idOf,
    UnaryOperator<Object> comparable) {

  /** A basic attribute whose values are compared as they are. */
  public static IndexedAttribute basic(String path, Class<?> type) {
    return new IndexedAttribute(
        path, type, null, UnaryOperator.identity(), UnaryOperator.identity());
  }

  @Nullable Object convert(@Nullable Object given, String entityName) {
    if (given == null) {
      return null;
    }
    Object value = association != null && association.isInstance(given) ? idOf.apply(given) : given;
    return ValueConversion.convert(value, type, entityName + "." + path);
  }
}
