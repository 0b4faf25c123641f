package io.identitycache.repository;

import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.validation.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a finder's name: {@code fetch[Multi][<Attribute>]By<A>And<B>}.
 *
 * <p>A name is held against what is declared, never split blindly, so attribute names may contain
 * "And" and "By".
 *
 * @param many whether it takes a collection of values
 * @param attribute the attribute that is fetched; null for the entity
 * @param index what it is fetched by
 * @param order for each attribute of the name its position in the index
 */
record FinderName(
    boolean many, @Nullable CachedAttribute attribute, CachedIndex index, List<Integer> order) {

  private static final String ONE = "fetch";
  private static final String MANY = "fetchMulti";

  /** Every reading that the name has. */
  static List<FinderName> readings(String name, CachedEntity<?> entity) {
    List<FinderName> readings = new ArrayList<>();
    for (String prefix : List.of(ONE, MANY)) {
      if (name.startsWith(prefix)) {
        read(name.substring(prefix.length()), prefix.equals(MANY), entity, readings);
      }
    }
    return readings;
  }

  private static void read(
      String rest, boolean many, CachedEntity<?> entity, List<FinderName> readings) {
    for (CachedIndex index : entity.indexes()) {
      after(rest, "By")
          .flatMap(names -> order(names, index))
          .ifPresent(order -> readings.add(new FinderName(many, null, index, order)));
    }
    for (CachedAttribute attribute : entity.attributes()) {
      after(rest, capitalized(attribute.path()) + "By")
          .flatMap(names -> order(names, attribute))
          .ifPresent(order -> readings.add(new FinderName(many, attribute, attribute.by(), order)));
    }
  }

  private static Optional<String> after(String text, String start) {
    return text.startsWith(start) ? Optional.of(text.substring(start.length())) : Optional.empty();
  }

  private static Optional<List<Integer>> order(String names, CachedAttribute attribute) {
    return attribute.byId() && names.equals("Id")
        ? Optional.of(List.of(0))
        : order(names, attribute.by());
  }

  private static Optional<List<Integer>> order(String names, CachedIndex index) {
    List<String> capitalized =
        Vocabulary.paths(index).stream().map(FinderName::capitalized).toList();
    return order(names, capitalized, List.of());
  }

  private static Optional<List<Integer>> order(
      String names, List<String> attributes, List<Integer> taken) {
    for (int i = 0; i < attributes.size(); i++) {
      if (taken.contains(i) || !names.startsWith(attributes.get(i))) {
        continue;
      }
      List<Integer> order = new ArrayList<>(taken);
      order.add(i);
      String rest = names.substring(attributes.get(i).length());
      if (order.size() == attributes.size()) {
        if (rest.isEmpty()) {
          return Optional.of(order);
        }
      } else if (rest.startsWith("And")) {
        Optional<List<Integer>> whole = order(rest.substring("And".length()), attributes, order);
        if (whole.isPresent()) {
          return whole;
        }
      }
    }
    return Optional.empty();
  }

  /** {@code dimensions.width} as it stands in a name: {@code DimensionsWidth}. */
  static String capitalized(String path) {
    return Arrays.stream(path.split("\\."))
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .collect(Collectors.joining());
  }

  /** Whether the name gives the attributes as they are declared. */
  boolean isInDeclaredOrder() {
    return order.equals(IntStream.range(0, order.size()).boxed().toList());
  }

  /** The name of the method that fetches an association. */
  static String ofAssociation(String association) {
    return ONE + capitalized(association);
  }

  /**
   * Why the name has no reading, and what was probably meant.
   *
   * @param associations the names of those that may be fetched
   */
  static String refusal(String name, CachedEntity<?> entity, List<String> associations) {
    Vocabulary vocabulary = new Vocabulary(entity);
    String start = name.startsWith(MANY) ? MANY : ONE;
    String rest = name.startsWith(ONE) ? name.substring(start.length()) : "";
    for (int by = rest.indexOf("By"); by >= 0; by = rest.indexOf("By", by + 1)) {
      String attribute = uncapitalized(rest.substring(0, by), entity);
      List<String> paths = paths(rest.substring(by + "By".length()), entity);
      boolean isLast = rest.indexOf("By", by + 1) < 0;
      if (by == 0) {
        return vocabulary.noIndex(paths);
      }
      if (isLast || vocabulary.isAttribute(attribute)) {
        return vocabulary.notCachedBy(attribute, paths);
      }
    }
    return "no finder has this name."
        + NearestName.hint(name, names(entity, associations))
        + " There are: "
        + String.join(", ", names(entity, associations))
        + ".";
  }

  /** The paths that a part of a name means, and what is left of it where it means none. */
  private static List<String> paths(String names, CachedEntity<?> entity) {
    List<String> paths = new ArrayList<>();
    String rest = names;
    while (!rest.isEmpty()) {
      String text = rest;
      // the longest first: an attribute's name may contain another's and "And"
      Optional<String> known =
          entity.attributeNames().stream()
              .filter(path -> (text + "And").startsWith(capitalized(path) + "And"))
              .max((a, b) -> Integer.compare(a.length(), b.length()));
      int end = rest.indexOf("And");
      int length =
          known.isPresent() ? capitalized(known.get()).length() : end < 0 ? rest.length() : end;
      paths.add(known.orElseGet(() -> uncapitalized(text.substring(0, length), entity)));
      rest = rest.length() > length ? rest.substring(length + "And".length()) : "";
    }
    return paths;
  }

  private static String uncapitalized(String name, CachedEntity<?> entity) {
    return entity.attributeNames().stream()
        .filter(path -> capitalized(path).equals(name))
        .findFirst()
        .orElseGet(
            () ->
                name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1));
  }

  private static List<String> names(CachedEntity<?> entity, List<String> associations) {
    List<String> endings = new ArrayList<>();
    entity.indexes().forEach(index -> endings.add("By" + ending(index)));
    for (CachedAttribute attribute : entity.attributes()) {
      endings.add(
          capitalized(attribute.path())
              + "By"
              + (attribute.byId() ? "Id" : ending(attribute.by())));
    }
    List<String> names = new ArrayList<>();
    endings.forEach(ending -> names.add(ONE + ending));
    endings.forEach(ending -> names.add(MANY + ending));
    associations.forEach(association -> names.add(ofAssociation(association)));
    names.addAll(
        List.of("fetch", "fetchById", "fetchMulti", "exists", "invalidateById", "invalidate"));
    return names;
  }

  private static String ending(CachedIndex index) {
    return Vocabulary.paths(index).stream()
        .map(FinderName::capitalized)
        .collect(Collectors.joining("And"));
  }
}
