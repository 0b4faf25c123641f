package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.hibernate.mappings.Trees;
import io.identitycache.model.Instances;
import io.identitycache.validation.Problems;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.junit.jupiter.api.Test;

/** Embedded rows of classes that Hibernate's enhancer has made lazy and aware of their changes. */
class EnhancedTreeTest {

  @Test
  void embeddedCollectionOfAnEnhancedClass_isPlain_andLeadsBack() {
    EnhancedClasses classes = new EnhancedClasses(Trees.class);
    List<Class<?>> enhanced = new ArrayList<>();
    Trees.ENTITIES.forEach(each -> enhanced.add(classes.enhanced(each)));
    Class<?> page = classes.enhanced(Trees.Page.class);
    try (SessionFactoryImplementor factory = MappedDatabase.H2.factory(enhanced, Map.of())) {
      factory.inTransaction(
          session -> {
            session
                .createNativeMutationQuery("insert into Page (id, position) values (1, 7)")
                .executeUpdate();
            session
                .createNativeMutationQuery(
                    "insert into Note (id, text, page_id, DTYPE) values (2, 'n', 1, 'Note')")
                .executeUpdate();
          });
      Problems problems = new Problems();
      EntityStates states =
          Plans.annotated(factory, problems)
              .statesOf(factory.getMappingMetamodel().getEntityDescriptor(page));
      problems.throwIfAny();
      byte[] state =
          factory.fromSession(
              session ->
                  states
                      .dehydrate(
                          session
                              .createSelectionQuery(
                                  "from Page p left join fetch p.notes", Object.class)
                              .getSingleResult(),
                          (SessionImplementor) session,
                          LoadedReferences.NONE)
                      .content());
      Object hydrated = states.hydrate(1L, state, new Instances(), made -> {});
      Collection<?> notes = (Collection<?>) get(hydrated, "notes");
      assertThat(notes).hasSize(1).isInstanceOf(java.util.HashSet.class);
      assertThat(get(notes.iterator().next(), "page")).isSameAs(hydrated);
      assertThat(Hibernate.isPropertyInitialized(hydrated, "notes")).isTrue();
      assertThat(((SelfDirtinessTracker) hydrated).$$_hibernate_hasDirtyAttributes()).isFalse();
    }
  }

  private static Object get(Object entity, String field) {
    try {
      Class<?> type = entity.getClass();
      Field found = type.getDeclaredField(field);
      found.setAccessible(true);
      return found.get(entity);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
