package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.mappings.Lazies;
import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.model.Instances;
import io.identitycache.validation.Problems;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Classes that Hibernate's enhancer has made lazy and aware of their changes. */
class EnhancedEntityTest {

  private final Class<?> letter = new EnhancedClasses(Lazies.class).enhanced(Lazies.Letter.class);
  private SessionFactoryImplementor factory;
  private EntityStates states;

  @BeforeEach
  void start() {
    factory = MappedDatabase.H2.factory(List.of(letter), Map.of());
    factory.inTransaction(
        session -> {
          session
              .createNativeMutationQuery(
                  "insert into letters (id, subject, text, answerTo_id)"
                      + " values (1, 'hello', 'long', null), (2, 're: hello', 'longer', 1)")
              .executeUpdate();
        });
    Problems problems = new Problems();
    states =
        Plans.of(
            factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(letter),
            factory,
            problems);
    problems.throwIfAny();
  }

  @AfterEach
  void stop() {
    factory.close();
  }

  @Test
  @DisplayName("SER-07 a lazy attribute that was not loaded stays unloaded")
  void unfetchedAttribute_staysUnfetched() {
    Object hydrated = hydrate(2L, false);
    assertThat(get(hydrated, "Subject")).isEqualTo("re: hello");
    assertThat(Hibernate.isPropertyInitialized(hydrated, "text")).isFalse();
    assertThatThrownBy(() -> get(hydrated, "Text")).isInstanceOf(LazyInitializationException.class);
  }

  @Test
  @DisplayName("SER-07 a lazy attribute that was loaded is there")
  void fetchedLazyAttribute_isThere() {
    assertThat(get(hydrate(2L, true), "Text")).isEqualTo("longer");
  }

  @Test
  @DisplayName("SER-07 a reference of an enhanced entity knows its id only")
  void reference_knowsItsIdOnly() {
    Object hydrated = hydrate(2L, false);
    Object answerTo = get(hydrated, "AnswerTo");
    assertThat(Hibernate.isInitialized(answerTo)).isFalse();
    assertThat(get(answerTo, "Id")).isEqualTo(1L);
    assertThatThrownBy(() -> get(answerTo, "Subject"))
        .isInstanceOf(LazyInitializationException.class);
    assertThat(get(hydrate(1L, false), "AnswerTo")).isNull();
  }

  @Test
  @DisplayName("SER-07 a collection of an enhanced entity is not initialised")
  void collection_isNotInitialized() {
    Object hydrated = hydrate(1L, false);
    assertThatThrownBy(() -> ((List<?>) get(hydrated, "Answers")).size())
        .isInstanceOf(LazyInitializationException.class);
  }

  @Test
  @DisplayName("SER-07 a decoded enhanced instance has no changes")
  void hydratedInstance_hasNoChanges() {
    Object hydrated = hydrate(2L, false);
    assertThat(((SelfDirtinessTracker) hydrated).$$_hibernate_hasDirtyAttributes()).isFalse();
  }

  @Test
  @DisplayName("SER-07 merging a decoded enhanced instance changes nothing")
  void merge_changesNothing() {
    Object hydrated = hydrate(2L, false);
    factory.inTransaction(session -> session.merge(hydrated));
    factory.inSession(
        session -> {
          Object found = session.find(letter, 2L);
          assertThat(get(found, "Text")).isEqualTo("longer");
          assertThat(get(get(found, "AnswerTo"), "Id")).isEqualTo(1L);
        });
  }

  private Object hydrate(long id, boolean fetchText) {
    byte[] state =
        factory.fromSession(
            session -> {
              Object found = session.find(letter, id);
              if (fetchText) {
                get(found, "Text");
              }
              return states
                  .dehydrate(found, (SessionImplementor) session, LoadedReferences.NONE)
                  .content();
            });
    return states.hydrate(id, state, new Instances(), made -> {});
  }

  private static Object get(Object letter, String attribute) {
    try {
      return letter.getClass().getMethod("get" + attribute).invoke(letter);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
