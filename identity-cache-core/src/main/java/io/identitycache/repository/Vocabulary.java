package io.identitycache.repository;

import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexedAttribute;
import io.identitycache.validation.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one entity's finders may name, and what to say when they name something else. */
final class Vocabulary {

  private final CachedEntity<?> entity;

  Vocabulary(CachedEntity<?> entity) {
    this.entity = entity;
  }

  static List<String> paths(CachedIndex index) {
    return index.attributes().stream().map(IndexedAttribute::path).toList();
  }

  /** The index on exactly these attributes; one that is declared in this order first. */
  Optional<CachedIndex> index(List<String> paths) {
    return entity.indexes().stream()
        .filter(index -> paths(index).equals(paths))
        .findFirst()
        .or(() -> entity.indexes().stream().filter(index -> isOn(index, paths)).findFirst());
  }

  /** Everything that is cached of this attribute. */
  List<CachedAttribute> attributes(String path) {
    return entity.attributes().stream().filter(cached -> cached.path().equals(path)).toList();
  }

  /** The attribute, fetched by exactly these others. */
  Optional<CachedAttribute> attribute(String path, List<String> by) {
    return attributes(path).stream().filter(cached -> isOn(cached.by(), by)).findFirst();
  }

  private static boolean isOn(CachedIndex index, List<String> paths) {
    return index.attributes().size() == paths.size()
        && new HashSet<>(paths(index)).equals(new HashSet<>(paths));
  }

  boolean isAttribute(String path) {
    return entity.attributeNames().contains(path);
  }

  String noAttribute(String path) {
    return entity.name()
        + " has no attribute \""
        + path
        + "\"."
        + NearestName.hint(path, entity.attributeNames())
        + indexed();
  }

  /** Why there is no index on these attributes. */
  String noIndex(List<String> paths) {
    return paths.stream()
        .filter(path -> !isAttribute(path))
        .findFirst()
        .map(this::noAttribute)
        .orElseGet(
            () ->
                entity.name()
                    + " has no index on "
                    + String.join(" + ", paths)
                    + ": declare it with @CacheIndex."
                    + indexed());
  }

  /** Why this attribute cannot be fetched by these others. */
  String notCachedBy(String path, List<String> by) {
    if (!isAttribute(path)) {
      return noAttribute(path);
    }
    Optional<String> unknown =
        by.stream().filter(other -> !isAttribute(other) && !other.equals("id")).findFirst();
    if (unknown.isPresent()) {
      return noAttribute(unknown.get());
    }
    return entity.name()
        + "."
        + path
        + " is not cached by "
        + String.join(" + ", by)
        + ": declare it with @CacheAttribute. Cached by themselves: "
        + (entity.attributes().isEmpty()
            ? "none"
            : entity.attributes().stream()
                .map(cached -> cached.path() + " by " + byNames(cached))
                .collect(Collectors.joining("; ")))
        + ".";
  }

  private static String byNames(CachedAttribute cached) {
    return cached.byId() ? "id" : cached.by().attributeNames();
  }

  private String indexed() {
    return " Indexed: "
        + (entity.indexes().isEmpty()
            ? "nothing"
            : entity.indexes().stream()
                .map(CachedIndex::attributeNames)
                .collect(Collectors.joining("; ")))
        + ".";
  }
}
