package io.identitycache.model;

import io.identitycache.key.CacheKey;
import io.identitycache.key.KeySpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A validated declaration: attributes by whose values rows of an entity are found.
 *
 * @param name what logs and events call it: {@code Product.handle}, {@code
 *     Product.vendor+productType}, {@code Product.title by handle}
 * @param entityName the entity whose rows it finds: the one it was declared on
 * @param attributes the indexed attributes, in declared order
 * @param unique whether at most one row has a value
 * @param ignoreCase whether letter case is ignored
 * @param keys the keys of its entries
 */
public record CachedIndex(
    String name,
    String entityName,
    List<IndexedAttribute> attributes,
    boolean unique,
    boolean ignoreCase,
    KeySpace keys) {

  /** Copies the list. */
  public CachedIndex {
    attributes = List.copyOf(attributes);
  }

  /** The indexed attributes' paths, as messages show them: {@code vendor + productType}. */
  public String attributeNames() {
    return attributes.stream().map(IndexedAttribute::path).collect(Collectors.joining(" + "));
  }

  /**
   * Makes a value of this index of what an application gives or an entity holds, one item for each
   * attribute in declared order. An association may be given as entity or as id.
   *
   * @throws IllegalArgumentException naming entity, attribute and type if an item cannot be
   *     converted, or if there are too few or too many
   */
  public IndexValue valueOf(List<? extends @Nullable Object> given) {
    if (given.size() != attributes.size()) {
      throw new IllegalArgumentException(
          name
              + " takes "
              + attributes.size()
              + (attributes.size() == 1 ? " value (" : " values (")
              + attributeNames()
              + "), not "
              + given.size());
    }
    List<@Nullable Object> items = new ArrayList<>(given.size());
    List<@Nullable Object> comparable = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      IndexedAttribute attribute = attributes.get(i);
      Object item = attribute.convert(given.get(i), entityName);
      if (ignoreCase && item instanceof String text) {
        item = text.toLowerCase(Locale.ROOT);
      }
      items.add(item);
      comparable.add(
          item == null ? null : ValueConversion.comparable(attribute.comparable().apply(item)));
    }
    return new IndexValue(items, comparable);
  }

  /** The key of the entry for a value. */
  public CacheKey keyOf(@Nullable Tenant tenant, IndexValue value) {
    return keys.keyOf(Tenant.nameOf(tenant), value.comparable());
  }
}
