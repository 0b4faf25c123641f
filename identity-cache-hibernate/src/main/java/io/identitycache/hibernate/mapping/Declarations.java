package io.identitycache.hibernate.mapping;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.model.CachedAssociation.Kind;
import java.beans.Introspector;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the annotations of one class say, unchecked except for their places. */
final class Declarations {

  /** A {@link CacheIndex}, wherever it stands. */
  record Index(List<String> attributes, boolean unique, boolean ignoreCase) {}

  /** A {@link CacheAttribute} and the attribute it stands on. */
  record Attribute(String path, List<String> by, boolean unique) {}

  private final List<Index> indexes = new ArrayList<>();
  private final List<Attribute> attributes = new ArrayList<>();
  private final Map<String, Kind> associations = new LinkedHashMap<>();
  private final List<String> misplaced = new ArrayList<>();
  private @Nullable String timeToLive;
  private boolean cached;

  private Declarations() {}

  /** Reads the class alone, without its superclasses. */
  static Declarations of(Class<?> type) {
    Declarations declarations = new Declarations();
    declarations.readType(type);
    declarations.readMembers(type);
    return declarations;
  }

  /** Adds what a mapped superclass declares for the entity below it. */
  void inherit(Declarations superclass) {
    indexes.addAll(superclass.indexes);
    attributes.addAll(superclass.attributes);
    superclass.associations.forEach(associations::putIfAbsent);
    misplaced.addAll(superclass.misplaced);
    cached |= superclass.cached;
    if (timeToLive == null) {
      timeToLive = superclass.timeToLive;
    }
  }

  /** Whether they make the entity a cached one. */
  boolean makeCached() {
    return cached || !misplaced.isEmpty();
  }

  /** Whether there is any. */
  boolean any() {
    return makeCached() || !associations.isEmpty();
  }

  List<Index> indexes() {
    return indexes;
  }

  List<Attribute> attributes() {
    return attributes;
  }

  /** The associations that are embedded or referenced, by attribute. */
  Map<String, Kind> associations() {
    return associations;
  }

  /** As it is written; null if none is. */
  @Nullable String timeToLive() {
    return timeToLive;
  }

  /** What stands in a place where it says nothing. */
  List<String> misplaced() {
    return misplaced;
  }

  private void readType(Class<?> type) {
    IdentityCached options = type.getDeclaredAnnotation(IdentityCached.class);
    if (options != null) {
      cached = true;
      timeToLive = options.timeToLive().isEmpty() ? null : options.timeToLive();
    }
    for (CacheIndex index : type.getDeclaredAnnotationsByType(CacheIndex.class)) {
      cached = true;
      if (index.value().length == 0) {
        misplaced.add(
            "@CacheIndex on the class "
                + type.getSimpleName()
                + " names no attribute; write @CacheIndex(\"…\"), or move it to the attribute");
      } else {
        indexes.add(new Index(List.of(index.value()), index.unique(), index.ignoreCase()));
      }
    }
  }

  private void readMembers(Class<?> type) {
    forEachMember(
        type,
        (member, attribute) -> {
          readIndexes(member, attribute);
          readAssociation(member, attribute);
          for (CacheAttribute declared :
              member.getDeclaredAnnotationsByType(CacheAttribute.class)) {
            cached = true;
            attributes.add(new Attribute(attribute, List.of(declared.by()), declared.unique()));
          }
        });
    for (Method method : type.getDeclaredMethods()) {
      if (attributeOf(method) == null && isAnnotated(method)) {
        cached = true;
        misplaced.add(
            type.getSimpleName()
                + "."
                + method.getName()
                + "() is no getter; move its annotation to the attribute's field or getter");
      }
    }
  }

  private void readIndexes(AnnotatedElement member, String attribute) {
    for (CacheIndex index : member.getDeclaredAnnotationsByType(CacheIndex.class)) {
      cached = true;
      if (index.value().length > 0) {
        misplaced.add(
            "@CacheIndex on \""
                + attribute
                + "\" indexes that attribute alone; remove its value, or move it to the class");
      } else {
        indexes.add(new Index(List.of(attribute), index.unique(), index.ignoreCase()));
      }
    }
  }

  private void readAssociation(AnnotatedElement member, String attribute) {
    boolean embedded = member.isAnnotationPresent(CacheEmbed.class);
    boolean referenced = member.isAnnotationPresent(CacheReference.class);
    Kind kind = embedded ? Kind.EMBEDDED : Kind.REFERENCED;
    if (embedded && referenced) {
      misplaced.add(
          "\"" + attribute + "\" is both @CacheEmbed and @CacheReference; decide for one of them");
    } else if (embedded || referenced) {
      Kind other = associations.put(attribute, kind);
      if (other != null && other != kind) {
        misplaced.add(
            "\""
                + attribute
                + "\" is both @CacheEmbed and @CacheReference, on its field and its getter; decide"
                + " for one of them");
      }
    }
  }

  private static void forEachMember(Class<?> type, BiConsumer<AnnotatedElement, String> visitor) {
    for (var field : type.getDeclaredFields()) {
      visitor.accept(field, field.getName());
    }
    for (Method method : type.getDeclaredMethods()) {
      String attribute = attributeOf(method);
      if (attribute != null) {
        visitor.accept(method, attribute);
      }
    }
  }

  private static boolean isAnnotated(AnnotatedElement member) {
    return member.getDeclaredAnnotationsByType(CacheIndex.class).length > 0
        || member.getDeclaredAnnotationsByType(CacheAttribute.class).length > 0
        || member.isAnnotationPresent(CacheEmbed.class)
        || member.isAnnotationPresent(CacheReference.class);
  }

  private static @Nullable String attributeOf(Method method) {
    String name = method.getName();
    if (method.getParameterCount() > 0 || method.isSynthetic()) {
      return null;
    }
    if (name.startsWith("get") && name.length() > 3) {
      return Introspector.decapitalize(name.substring(3));
    }
    return name.startsWith("is") && name.length() > 2
        ? Introspector.decapitalize(name.substring(2))
        : null;
  }
}
