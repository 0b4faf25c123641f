package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.mappings.Lazies;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytecode-enhanced classes with lazy attributes, through the whole cache. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class FetchedEnhancedEntityTest {

  private final Class<?> letter = new EnhancedClasses(Lazies.class).enhanced(Lazies.Letter.class);
  private final TestApplication office;

  FetchedEnhancedEntityTest(StoreKind kind) {
    office = TestApplication.of(kind, letter).start();
  }

  @BeforeEach
  void write() {
    office
        .database()
        .execute(
            "insert into letters (id, subject, text, answerTo_id)"
                + " values (1, 'hello', 'long', null), (2, 're: hello', 'longer', 1)");
    office.reset();
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  @DisplayName("SER-07 an enhanced entity, cold and warm, has what find gives, and no more")
  void fetch_coldAndWarm_leavesLazyAttributesUnfetched() {
    for (int queries : new int[] {1, 0}) {
      office.reset();
      Object fetched = fetch(2);

      assertThat(office.queries()).isEqualTo(queries);
      assertThat(get(fetched, "Subject")).isEqualTo("re: hello");
      assertThat(Hibernate.isPropertyInitialized(fetched, "text")).isFalse();
      assertThatThrownBy(() -> get(fetched, "Text"))
          .isInstanceOf(LazyInitializationException.class);
      assertThat(get(get(fetched, "AnswerTo"), "Id")).isEqualTo(1L);
      assertThat(Hibernate.isInitialized(get(fetched, "AnswerTo"))).isFalse();
      assertThat(get(fetch(1), "AnswerTo")).isNull();
    }
  }

  @Test
  @DisplayName("SER-07 a change of an enhanced entity, lazy attributes included, is seen")
  void update_ofALazyAttribute_invalidates() {
    fetch(2);
    office.reset();

    office.inTransaction(session -> set(session.find(letter, 2L), "Text", "longest"));

    assertThat(office.count(Kind.INVALIDATION_SENT)).isEqualTo(1);
    office.reset();
    assertThat(get(fetch(2), "Subject")).isEqualTo("re: hello");
    assertThat(office.queries()).isEqualTo(1);
    Object text = office.fromTransaction(session -> get(session.find(letter, 2L), "Text"));
    assertThat(text).isEqualTo("longest");
  }

  private Object fetch(long id) {
    return office.cache().fetch(letter, id);
  }

  private static Object get(Object letter, String attribute) {
    return call(letter, "get" + attribute);
  }

  private static void set(Object letter, String attribute, String value) {
    call(letter, "set" + attribute, value);
  }

  private static Object call(Object letter, String method, String... arguments) {
    Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {String.class};
    try {
      return letter.getClass().getMethod(method, types).invoke(letter, (Object[]) arguments);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
