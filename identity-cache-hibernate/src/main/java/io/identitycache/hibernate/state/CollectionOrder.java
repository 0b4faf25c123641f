package io.identitycache.hibernate.state;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import org.hibernate.metamodel.CollectionClassification;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.internal.EntityCollectionPart;
import org.hibernate.metamodel.mapping.ordering.OrderByFragment;
import org.hibernate.metamodel.mapping.ordering.OrderByFragmentImpl;
import org.hibernate.metamodel.mapping.ordering.ast.OrderingSpecification;
import org.jspecify.annotations.Nullable;

/** Tells what decides which rows a collection holds, and in what order. */
final class CollectionOrder {

  /**
   * The annotations that restrict or order, with the method that tells by what: Hibernate keeps
   * restrictions to itself. Two of them Hibernate 7 has no more.
   */
  private static final Map<String, String> TEXTS =
      Map.of(
          "jakarta.persistence.OrderBy", "value",
          "org.hibernate.annotations.SQLOrder", "value",
          "org.hibernate.annotations.SQLRestriction", "value",
          "org.hibernate.annotations.SQLJoinTableRestriction", "value",
          "org.hibernate.annotations.Where", "clause",
          "org.hibernate.annotations.WhereJoinTable", "clause");

  private CollectionOrder() {}

  static String kindOf(PluralAttributeMapping mapping) {
    return classification(mapping).name();
  }

  static CollectionClassification classification(PluralAttributeMapping mapping) {
    return mapping.getCollectionDescriptor().getCollectionSemantics().getCollectionClassification();
  }

  static boolean isMap(PluralAttributeMapping mapping) {
    return switch (classification(mapping)) {
      case MAP, ORDERED_MAP, SORTED_MAP -> true;
      default -> false;
    };
  }

  static void describe(String path, PluralAttributeMapping mapping, Consumer<String> lines) {
    describeOrder(path, mapping.getOrderByFragment(), lines);
    describeOrder(path, mapping.getManyToManyOrderByFragment(), lines);
    Comparator<?> comparator = mapping.getCollectionDescriptor().getSortingComparator();
    if (comparator != null) {
      lines.accept(path + " sorted by " + comparator.getClass().getName());
    }
    if (classification(mapping) == CollectionClassification.LIST
        && mapping.getIndexDescriptor() instanceof SelectableMapping index) {
      lines.accept(path + " indexed by " + BasicAttribute.source(index));
    }
    if (mapping.getPropertyAccess().getGetter().getMember() instanceof AnnotatedElement member) {
      describeAnnotations(path, member, lines);
    }
    if (mapping.getElementDescriptor() instanceof EntityCollectionPart element) {
      Class<?> type =
          element.getAssociatedEntityMappingType().getMappedJavaType().getJavaTypeClass();
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        describeAnnotations(path, each, lines);
      }
    }
  }

  private static void describeOrder(
      String path, @Nullable OrderByFragment fragment, Consumer<String> lines) {
    if (!(fragment instanceof OrderByFragmentImpl order)) {
      return;
    }
    int number = 0;
    for (OrderingSpecification each : order.getFragmentSpecs()) {
      lines.accept(
          path
              + " ordered "
              + number++
              + " by "
              + each.getExpression().toDescriptiveText()
              + " "
              + each.getSortOrder()
              + " "
              + each.getCollation());
    }
  }

  private static void describeAnnotations(
      String path, AnnotatedElement annotated, Consumer<String> lines) {
    for (Annotation annotation : annotated.getAnnotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      String method = TEXTS.get(type.getName());
      if (method != null) {
        lines.accept(path + " " + type.getSimpleName() + " " + text(annotation, method));
      }
    }
  }

  private static Object text(Annotation annotation, String method) {
    try {
      return annotation.annotationType().getMethod(method).invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(annotation.annotationType() + " has no " + method, e);
    }
  }
}
