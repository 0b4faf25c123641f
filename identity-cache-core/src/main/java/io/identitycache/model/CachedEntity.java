package io.identitycache.model;

import io.identitycache.key.CacheKey;
import io.identitycache.key.KeySpace;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A validated declaration: an entity type whose rows are cached by id, with its indexes and its
 * attributes that are cached by themselves.
 *
 * <p>The entities of an inheritance hierarchy below a cached one share its entries; {@code
 * javaType} is the topmost cached class.
 *
 * @param name the entity's name
 * @param javaType its class
 * @param attributeNames the names of all its attributes, cached or not, those of its subclasses and
 *     the paths into its embeddables included; messages tell a misspelt name by them
 * @param id what identifies a row
 * @param keys the keys of its entries
 * @param timeToLive how long an entry lives at the most
 * @param indexes the declared indexes
 * @param attributes the attributes cached by themselves
 * @param <E> the class
 */
public record CachedEntity<E>(
    String name,
    Class<E> javaType,
    List<String> attributeNames,
    Identifier id,
    KeySpace keys,
    Duration timeToLive,
    List<CachedIndex> indexes,
    List<CachedAttribute> attributes) {

  /** Copies the lists. */
  public CachedEntity {
    attributeNames = List.copyOf(attributeNames);
    indexes = List.copyOf(indexes);
    attributes = List.copyOf(attributes);
  }

  /**
   * What identifies a row.
   *
   * @param name the id attribute's name; of a composite id without an attribute of its own, {@code
   *     id}
   * @param type the id's class
   * @param parts the basic values that an id consists of, in a fixed order; one for a simple id
   */
  public record Identifier(String name, Class<?> type, Function<Object, List<Object>> parts) {}

  /**
   * Converts what an application gives as an id.
   *
   * @throws IllegalArgumentException naming entity, attribute and type if it cannot be one
   */
  public Object convertId(Object given) {
    return ValueConversion.convert(given, id.type(), name + "." + id.name());
  }

  /** What is equal for two converted ids of one row, however they are written: 1.0 and 1.00. */
  public Object comparableId(Object convertedId) {
    return ValueConversion.comparable(convertedId);
  }

  /** The key of a row's entry; the id is of the id's type. */
  public CacheKey keyOf(@Nullable Tenant tenant, Object convertedId) {
    return keys.keyOf(Tenant.nameOf(tenant), id.parts().apply(convertedId));
  }
}
