package io.identitycache.hibernate.existing;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.collection.spi.PersistentCollection;

/**
 * Walks what {@code find} gives and what was fetched side by side, by the fields of the classes
 * alone, and asserts that they are the same tree. What is embedded must be there; so must be what
 * is referenced eagerly or included; of anything else the ids must be right, or it must not be
 * initialised.
 */
final class Tree {

  private final Set<String> included;
  private final Map<Object, Object> compared = new IdentityHashMap<>();
  private final Map<Object, Object> instanceOfRow = new HashMap<>();

  private Tree(String... included) {
    this.included = Set.of(included);
  }

  /** Initialises everything marked, wherever it leads; inside the session that found it. */
  static void initialise(Object found) {
    initialise(found, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void initialise(Object found, Set<Object> seen) {
    Object entity = Hibernate.unproxy(found);
    if (entity == null || !seen.add(entity)) {
      return;
    }
    for (Field field : fields(entity.getClass())) {
      if (isMarked(field)) {
        Object value = get(field, entity);
        Hibernate.initialize(value);
        if (value instanceof Map<?, ?> map) {
          map.values().stream().filter(Tree::isEntity).forEach(each -> initialise(each, seen));
        } else if (value instanceof Collection<?> many) {
          many.stream().filter(Tree::isEntity).forEach(each -> initialise(each, seen));
        } else {
          initialise(value, seen);
        }
      }
    }
  }

  /**
   * Asserts that a fetched tree is the one that was found.
   *
   * @param included further associations that must be there: {@code Order.tags}
   */
  static void assertSame(Object found, Object fetched, String... included) {
    new Tree(included).entity("", found, fetched);
  }

  private void entity(String path, Object foundOrProxy, Object fetched) {
    Object found = Hibernate.unproxy(foundOrProxy);
    assertThat(fetched).as(path).isNotNull().isNotSameAs(found);
    assertThat((Object) fetched.getClass()).as(path).isEqualTo(found.getClass());
    Object other = instanceOfRow.putIfAbsent(found, fetched);
    assertThat(other == null || other == fetched).as("%s: one row is one instance", path).isTrue();
    if (compared.put(fetched, found) != null) {
      return;
    }
    String name = path.isEmpty() ? found.toString() : path;
    for (Field field : fields(found.getClass())) {
      attribute(name + "." + field.getName(), field, get(field, found), get(field, fetched));
    }
  }

  private void attribute(String path, Field field, Object found, Object fetched) {
    if (isToOne(field)) {
      toOne(path, field, found, fetched);
    } else if (isMarked(field) || isToMany(field)) {
      many(path, field, found, fetched);
    } else {
      assertThat(fetched).as(path).isEqualTo(found);
    }
  }

  private void toOne(String path, Field field, Object found, Object fetched) {
    if (found == null) {
      assertThat(fetched).as(path).isNull();
      return;
    }
    assertThat(fetched).as(path).isNotNull();
    if (mustBeThere(field)) {
      assertThat(Hibernate.isInitialized(fetched)).as("%s is there", path).isTrue();
      entity(path, found, fetched);
    } else {
      assertThat(((BaseEntity) fetched).getId())
          .as(path)
          .isEqualTo(((BaseEntity) Hibernate.unproxy(found)).getId());
    }
  }

  private void many(String path, Field field, Object found, Object fetched) {
    assertThat(fetched).as(path).isNotNull();
    if (!mustBeThere(field)) {
      // one that something else has brought is compared all the same
      if (!isMarked(field) || !Hibernate.isInitialized(fetched)) {
        assertThat(Hibernate.isInitialized(fetched)).as("%s is initialised", path).isFalse();
        return;
      }
    }
    assertThat(fetched).as(path).isNotInstanceOf(PersistentCollection.class);
    if (found instanceof Map<?, ?> map) {
      assertThat(fetched).as(path).isInstanceOf(Map.class).isEqualTo(new HashMap<>(map));
    } else if (found instanceof List<?> list) {
      assertThat(fetched).as(path).isInstanceOf(List.class);
      elements(path, list, (List<?>) fetched);
    } else {
      assertThat(fetched).as(path).isInstanceOf(Set.class);
      set(path, field, (Set<?>) found, (Set<?>) fetched);
    }
  }

  private void set(String path, Field field, Set<?> found, Set<?> fetched) {
    assertThat(fetched).as("%s finds its elements", path).allMatch(fetched::contains);
    if (field.isAnnotationPresent(OrderBy.class)) {
      elements(path, new ArrayList<>(found), new ArrayList<>(fetched));
    } else if (found.stream().anyMatch(Tree::isEntity)) {
      assertThat(fetched).as(path).hasSameSizeAs(found);
      Map<Object, Object> byId = new HashMap<>();
      fetched.forEach(each -> byId.put(((BaseEntity) each).getId(), each));
      for (Object each : found) {
        entity(path + "[" + each + "]", each, byId.get(((BaseEntity) each).getId()));
      }
    } else {
      assertThat((Object) fetched).as(path).isEqualTo(found);
    }
  }

  private void elements(String path, List<?> found, List<?> fetched) {
    assertThat(ids(fetched)).as(path).isEqualTo(ids(found));
    for (int i = 0; i < found.size(); i++) {
      if (isEntity(found.get(i))) {
        entity(path + "[" + i + "]", found.get(i), fetched.get(i));
      }
    }
  }

  /** What has no id stands for itself. */
  private static List<Object> ids(List<?> elements) {
    List<Object> ids = new ArrayList<>();
    elements.forEach(each -> ids.add(each instanceof BaseEntity entity ? entity.getId() : each));
    return ids;
  }

  private boolean mustBeThere(Field field) {
    return field.isAnnotationPresent(CacheEmbed.class)
        || (field.isAnnotationPresent(CacheReference.class)
            && (isEager(field)
                || included.contains(
                    field.getDeclaringClass().getSimpleName() + "." + field.getName())));
  }

  private static boolean isEager(Field field) {
    ManyToOne manyToOne = field.getAnnotation(ManyToOne.class);
    OneToOne oneToOne = field.getAnnotation(OneToOne.class);
    OneToMany oneToMany = field.getAnnotation(OneToMany.class);
    ManyToMany manyToMany = field.getAnnotation(ManyToMany.class);
    return (manyToOne != null && manyToOne.fetch() == FetchType.EAGER)
        || (oneToOne != null && oneToOne.fetch() == FetchType.EAGER)
        || (oneToMany != null && oneToMany.fetch() == FetchType.EAGER)
        || (manyToMany != null && manyToMany.fetch() == FetchType.EAGER);
  }

  private static boolean isMarked(Field field) {
    return field.isAnnotationPresent(CacheEmbed.class)
        || field.isAnnotationPresent(CacheReference.class);
  }

  private static boolean isToOne(Field field) {
    return field.isAnnotationPresent(ManyToOne.class) || field.isAnnotationPresent(OneToOne.class);
  }

  private static boolean isToMany(Field field) {
    return field.isAnnotationPresent(OneToMany.class)
        || field.isAnnotationPresent(ManyToMany.class)
        || field.isAnnotationPresent(OrderColumn.class);
  }

  private static boolean isEntity(Object value) {
    return value instanceof BaseEntity;
  }

  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static Object get(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
