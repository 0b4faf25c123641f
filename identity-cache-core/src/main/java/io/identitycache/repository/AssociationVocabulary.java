package io.identitycache.repository;

import io.identitycache.fetch.Includes;
import io.identitycache.model.AssociatedType;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedEntity;
import io.identitycache.validation.NearestName;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which associations paths and finders of one class may name, and what to say when they name
 * something else.
 */
final class AssociationVocabulary {

  private final AssociationGraph graph;
  private final CachedEntity<?> entity;
  private final @Nullable AssociatedType type;

  /**
   * The vocabulary of a class.
   *
   * @param entity the cached entity whose entries it shares
   * @param seen the class itself, or one that the ORM has made below it
   */
  AssociationVocabulary(AssociationGraph graph, CachedEntity<?> entity, Class<?> seen) {
    this.graph = graph;
    this.entity = entity;
    this.type = typeOf(graph, seen).orElse(null);
  }

  private static Optional<AssociatedType> typeOf(AssociationGraph graph, Class<?> seen) {
    for (Class<?> above = seen; above != Object.class; above = above.getSuperclass()) {
      Optional<AssociatedType> type = graph.typeOf(above);
      if (type.isPresent()) {
        return type;
      }
    }
    return Optional.empty();
  }

  /** All of the class, and of those above and below it. */
  List<CachedAssociation> all() {
    return type == null ? List.of() : graph.associationsOf(type);
  }

  /** Those with this name: one, unless classes beside each other each declare one. */
  List<CachedAssociation> named(String name) {
    return named(name, all());
  }

  private static List<CachedAssociation> named(String name, List<CachedAssociation> associations) {
    return associations.stream().filter(each -> each.name().equals(name)).toList();
  }

  /** Why there is no cached association of this name. */
  String noAssociation(String name) {
    return noAssociation(name, entity.name(), type, all());
  }

  /**
   * The associations that paths name.
   *
   * @throws IllegalArgumentException naming everything that is not there, and what is
   */
  Includes includes(Collection<String> paths) {
    Path all = new Path();
    Set<String> problems = new LinkedHashSet<>();
    for (String path : paths) {
      Path alone = new Path();
      alone.add(path);
      try {
        alone.resolve(entity.name(), type);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      all.add(path);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
    return all.resolve(entity.name(), type);
  }

  private String noAssociation(
      String name,
      String owner,
      @Nullable AssociatedType ownerType,
      List<CachedAssociation> marked) {
    List<String> names = marked.stream().map(CachedAssociation::name).distinct().sorted().toList();
    boolean isAttribute =
        owner.equals(entity.name())
            ? entity.attributeNames().contains(name)
            : ownerType != null
                && ownerType.entities().stream()
                    .anyMatch(each -> each.attributeNames().contains(name));
    return owner
        + (isAttribute ? "." + name + " is not a cached association" : "")
        + (isAttribute ? "" : " has no cached association \"" + name + "\"")
        + (isAttribute ? ": mark it with @CacheReference or @CacheEmbed." : ".")
        + NearestName.hint(name, names)
        + " Marked: "
        + (names.isEmpty() ? "none" : String.join(", ", names))
        + ".";
  }

  /** Paths that begin alike, as a tree of names. */
  private final class Path {

    private final Map<String, Path> onwards = new LinkedHashMap<>();

    void add(String dotted) {
      Path end = this;
      for (String name : Arrays.stream(dotted.split("\\.", -1)).map(String::strip).toList()) {
        end = end.onwards.computeIfAbsent(name, n -> new Path());
      }
    }

    Includes resolve(String owner, @Nullable AssociatedType ownerType) {
      List<CachedAssociation> marked =
          ownerType == null ? List.of() : graph.associationsOf(ownerType);
      Map<CachedAssociation, Includes> steps = new LinkedHashMap<>();
      onwards.forEach(
          (name, onward) -> {
            List<CachedAssociation> named = named(name, marked);
            if (named.isEmpty()) {
              throw new IllegalArgumentException(noAssociation(name, owner, ownerType, marked));
            }
            named.forEach(association -> steps.put(association, onward.from(association)));
          });
      return Includes.of(steps);
    }

    private Includes from(CachedAssociation association) {
      AssociatedType target = association.target();
      if (target == null && !onwards.isEmpty()) {
        throw new IllegalArgumentException(
            association
                + " leads to values, which have no associations: end the path with \""
                + association.name()
                + "\".");
      }
      return target == null ? Includes.NONE : resolve(target.name(), target);
    }
  }
}
