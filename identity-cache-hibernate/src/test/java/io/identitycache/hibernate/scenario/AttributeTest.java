package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class AttributeTest {

  /** A version of a product, with its name cached in every way. */
  @Entity(name = "Variant")
  static class Variant {
    @Id @GeneratedValue Long id;

    @CacheAttribute
    @CacheAttribute(by = "code")
    @CacheAttribute(by = "color", unique = false)
    String name;

    String code;
    String color;
    int position;

    protected Variant() {}

    Variant(String name, String code, String color) {
      this.name = name;
      this.code = code;
      this.color = color;
    }
  }

  interface VariantRepository extends CacheRepository<Variant, Long> {
    Optional<String> fetchNameById(Long id);

    Optional<String> fetchNameByCode(String code);

    List<String> fetchNameByColor(String color);

    Map<Long, String> fetchMultiNameById(Collection<Long> ids);

    Map<String, String> fetchMultiNameByCode(Collection<String> codes);

    Map<String, List<String>> fetchMultiNameByColor(Collection<String> colors);
  }

  @Parameter StoreKind kind;
  private TestApplication shop;
  private VariantRepository variants;

  private void open() {
    open(application());
  }

  private void open(TestApplication.Builder application) {
    shop = application.start();
    variants = shop.repository(VariantRepository.class);
  }

  private TestApplication.Builder application() {
    return TestApplication.of(kind, Variant.class);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Long sell(String name, String code, String color) {
    Long id =
        shop.fromTransaction(
            session -> {
              Variant variant = new Variant(name, code, color);
              session.persist(variant);
              return variant.id;
            });
    shop.reset();
    return id;
  }

  @Test
  @DisplayName("ATT-01 an attribute by id: cold 1 query for it alone, warm 1 op")
  void fetchAttribute_readsNothingElse() {
    open();
    Long large = sell("Large", "L", "red");

    assertThat(variants.fetchNameById(large)).hasValue("Large");
    assertThat(shop.database().statements())
        .singleElement()
        .asString()
        .doesNotContainIgnoringCase("color")
        .doesNotContainIgnoringCase("position");
    assertThat(shop.ops()).isEqualTo(3);
    shop.reset();

    assertThat(variants.fetchNameById(large)).hasValue("Large");
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
    shop.reset();

    variants.fetch(large);
    assertThat(shop.queries()).as("no entity entry was stored").isEqualTo(1);
  }

  @Test
  @DisplayName("ATT-02 after an insert, a change and a delete the next read is right")
  void write_isSeenByTheNextRead() {
    open();
    Long first = sell("First", "1", "blue");
    Long next = first + 1;
    assertIsGone(next, "L", "red");

    assertThat(sell("Large", "L", "red")).isEqualTo(next);
    assertIsNamed("Large", next, "L", "red");

    change(next, variant -> variant.name = "Huge");
    assertIsNamed("Huge", next, "L", "red");

    change(next, variant -> variant.position = 2);
    assertIsNamed("Huge", next, "L", "red");

    change(
        next,
        variant -> {
          variant.code = "XL";
          variant.color = "green";
        });
    assertIsNamed("Huge", next, "XL", "green");
    assertThat(variants.fetchNameByCode("L")).isEmpty();
    assertThat(variants.fetchNameByColor("red")).isEmpty();

    shop.inTransaction(session -> session.remove(session.find(Variant.class, next)));
    assertIsGone(next, "XL", "green");
  }

  private void change(Long id, Consumer<Variant> change) {
    shop.inTransaction(session -> change.accept(session.find(Variant.class, id)));
  }

  private void assertIsNamed(String name, Long id, String code, String color) {
    for (int round = 0; round < 2; round++) {
      shop.reset();
      assertThat(variants.fetchNameById(id)).hasValue(name);
      assertThat(variants.fetchNameByCode(code)).hasValue(name);
      assertThat(variants.fetchNameByColor(color)).containsExactly(name);
    }
    assertThat(shop.queries()).isZero();
  }

  private void assertIsGone(Long id, String code, String color) {
    for (int round = 0; round < 2; round++) {
      shop.reset();
      assertThat(variants.fetchNameById(id)).isEmpty();
      assertThat(variants.fetchNameByCode(code)).isEmpty();
      assertThat(variants.fetchNameByColor(color)).isEmpty();
    }
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(3);
  }

  @Test
  @DisplayName("ATT-07 many by id: one read and at most 1 query for all that is missing")
  void fetchMultiAttribute_byId_isOneBatch() {
    open();
    Long a = sell("A", "a", "red");
    Long b = sell("B", "b", "red");
    Long c = sell("C", "c", "red");
    variants.fetchNameById(b);
    shop.reset();
    List<Long> asked = List.of(c, 99L, b, a);

    Map<Long, String> cold = variants.fetchMultiNameById(asked);
    assertThat(cold.keySet()).containsExactly(c, b, a);
    assertThat(cold).containsEntry(a, "A").containsEntry(b, "B").containsEntry(c, "C");
    assertThat(shop.queries()).isEqualTo(1);
    assertThat(shop.ops()).isEqualTo(3);
    shop.reset();

    Map<Long, String> warm = variants.fetchMultiNameById(asked);
    assertThat(warm).isEqualTo(cold);
    assertThat(warm.keySet()).containsExactly(c, b, a);
    assertThat(shop.queries()).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("ATT-07 many by a value: order and unknown values as with entities")
  void fetchMultiAttribute_byValue_keepsTheOrder() {
    open();
    sell("A", "a", "red");
    sell("B", "b", "blue");
    sell("C", "c", "red");

    for (int round = 0; round < 2; round++) {
      shop.reset();
      Map<String, String> one = variants.fetchMultiNameByCode(List.of("c", "?", "a"));
      assertThat(one.keySet()).containsExactly("c", "a");
      assertThat(one).containsEntry("c", "C").containsEntry("a", "A");
      assertThat(shop.queries()).isEqualTo(1 - round);
      shop.reset();

      Map<String, List<String>> all = variants.fetchMultiNameByColor(List.of("red", "?", "blue"));
      assertThat(all.keySet()).containsExactly("red", "?", "blue");
      assertThat(all.get("red")).containsExactly("A", "C");
      assertThat(all.get("?")).isEmpty();
      assertThat(all.get("blue")).containsExactly("B");
      assertThat(shop.queries()).isEqualTo(1 - round);
      assertThat(shop.ops()).isEqualTo(round == 0 ? 3 : 1);
    }
  }

  @Test
  @DisplayName("ATT-07 in a read-write transaction: 0 ops, and the transaction's own view")
  void fetchMultiAttribute_inTransaction_leavesTheStoreAlone() {
    open();
    Long a = sell("A", "a", "red");
    Long b = sell("B", "b", "red");
    variants.fetchMultiNameById(List.of(a, b));
    shop.reset();

    shop.inTransaction(
        session -> {
          assertThat(variants.fetchMultiNameById(List.of(b, 99L, a)).values())
              .containsExactly("B", "A");
          assertThat(shop.queries()).isEqualTo(1);
          session.find(Variant.class, a).name = "A2";
          assertThat(variants.fetchMultiNameById(List.of(b, a)).values())
              .containsExactly("B", "A2");
          assertThat(variants.fetchNameByCode("a")).hasValue("A2");
          assertThat(shop.ops()).isZero();
          session.getTransaction().markRollbackOnly();
        });
    assertThat(variants.fetchNameById(a)).hasValue("A");
  }

  @Test
  @DisplayName("ATT-07 with the cache disabled: 0 ops, 1 query, the same answer")
  void fetchMultiAttribute_whenDisabled_readsTheDatabase() {
    open(application().with("hibernate.identity_cache.enabled", "false"));
    Long a = sell("A", "a", "red");
    Long b = sell("B", "b", "red");

    for (int round = 0; round < 2; round++) {
      shop.reset();
      assertThat(variants.fetchMultiNameById(List.of(b, 99L, a)).values())
          .containsExactly("B", "A");
      assertThat(shop.queries()).isEqualTo(1);
      assertThat(shop.ops()).isZero();
    }
  }
}
