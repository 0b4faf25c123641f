package io.identitycache.hibernate.mapping;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SQL conditions that annotations put on which rows an association leads to. */
final class Restrictions {

  /** By name and the attribute with the text: some of them only one version of Hibernate has. */
  private static final Set<String> NAMES =
      Set.of(
          "org.hibernate.annotations.SQLRestriction",
          "org.hibernate.annotations.SQLJoinTableRestriction",
          "org.hibernate.annotations.Where",
          "org.hibernate.annotations.WhereJoinTable");

  private static final Pattern OTHER_TABLE = Pattern.compile("(?i)\\bselect\\b");

  private Restrictions() {}

  /** The conditions on a member or a class; of a class, those on its superclasses too. */
  static List<String> on(@Nullable AnnotatedElement element) {
    List<String> texts = new ArrayList<>();
    if (element != null) {
      for (Annotation annotation : element.getAnnotations()) {
        if (NAMES.contains(annotation.annotationType().getName())) {
          texts.add(text(annotation));
        }
      }
    }
    if (element instanceof Class<?> type && type.getSuperclass() != null) {
      texts.addAll(on(type.getSuperclass()));
    }
    return texts;
  }

  /** Whether a condition asks rows of another table, whose changes nobody would relate to it. */
  static boolean reachesElsewhere(String text) {
    return OTHER_TABLE.matcher(text).find();
  }

  private static String text(Annotation annotation) {
    for (String name : List.of("value", "clause")) {
      try {
        return String.valueOf(annotation.annotationType().getMethod(name).invoke(annotation));
      } catch (NoSuchMethodException e) {
        continue;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(annotation + " cannot be read", e);
      }
    }
    throw new IllegalStateException(annotation + " has no text");
  }
}
