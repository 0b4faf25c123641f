package io.identitycache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySpaceTest {

  private static final Fingerprint FINGERPRINT = Fingerprint.of(List.of("title java.lang.String"));
  private static final KeySpace PRODUCTS = new KeySpace("shop", 1, "Product", FINGERPRINT);

  @Test
  @DisplayName("KEY-01 Keys read namespace, format, entity, fingerprint, id")
  void keys_areReadable() {
    assertThat(key(42L)).isEqualTo("shop:1:Product:" + FINGERPRINT + ":42");
    KeySpace index = new KeySpace("shop", 1, "Product.vendor+productType", FINGERPRINT);
    assertThat(index.keyOf(null, List.of("acme", "tea pot")).text())
        .isEqualTo("shop:1:Product.vendor+productType:" + FINGERPRINT + ":acme/tea%20pot");
    assertThat(PRODUCTS.keyOf("tenant", List.of(1)).text())
        .isEqualTo("shop:1:Product:" + FINGERPRINT + ":tenant:1");
  }

  @Test
  @DisplayName("KEY-01 Two namespaces, formats, entities, fingerprints or tenants share no key")
  void spaces_shareNoKey() {
    List<String> keys = new ArrayList<>();
    for (String namespace : List.of("shop", "shop1", "sho")) {
      for (int format : new int[] {1, 11}) {
        for (String name : List.of("Product", "Product.handle", "Product:handle", "1:Product")) {
          for (String line : List.of("a", "b")) {
            KeySpace space = new KeySpace(namespace, format, name, Fingerprint.of(List.of(line)));
            for (String tenant : Arrays.asList(null, "", "a", "a:b", "~")) {
              for (List<?> values :
                  List.of(List.of("a"), List.of("1"), List.of(""), List.of("b", "1"))) {
                keys.add(space.keyOf(tenant, values).text());
              }
            }
          }
        }
      }
    }
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("KEY-04 Values that differ have keys that differ")
  void nastyValues_haveTheirOwnKeys() {
    List<String> nasty =
        Arrays.asList(
            null,
            "",
            " ",
            "~",
            "null",
            "a/b",
            "a",
            "b",
            "/",
            "a/",
            "/b",
            ":",
            "a:b",
            "%",
            "%2F",
            "%2f",
            "a%2fb",
            "#",
            "\0",
            "\r\n",
            "\t",
            "\u007f",
            "\u0080",
            "\u00e9",
            "e\u0301",
            "?",
            "\ud83e\uded6",
            "\uFEFF",
            "A",
            "1",
            "01",
            "+1",
            "1.0",
            "-1");
    Map<String, List<String>> seen = new HashMap<>();
    for (String first : nasty) {
      assertNew(seen, Collections.singletonList(first));
      for (String second : nasty) {
        assertNew(seen, Arrays.asList(first, second));
      }
    }
  }

  @Test
  @DisplayName("KEY-04 Random values have keys that differ, are legal and no longer than 250 bytes")
  void randomValues_haveTheirOwnLegalKeys() {
    Random random = new Random(4);
    String alphabet = "ab/:%#~ \t\r\n\0\u00e9\u4e2d2F";
    Map<String, List<String>> seen = new HashMap<>();
    for (int i = 0; i < 30_000; i++) {
      List<String> values = new ArrayList<>();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        values.add(random.nextInt(20) == 0 ? null : text(random, alphabet, lengthOf(random)));
      }
      List<String> other = seen.putIfAbsent(legal(values), values);
      assertThat(other == null || other.equals(values)).as("%s and %s", values, other).isTrue();
    }
  }

  private static int lengthOf(Random random) {
    return random.nextInt(10) == 0 ? random.nextInt(1000) : random.nextInt(5);
  }

  private static String text(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  @DisplayName("KEY-04 Every length around the limit gives a legal key of its own")
  void lengthsAroundTheLimit_areLegal() {
    Map<String, List<String>> seen = new HashMap<>();
    for (int length = 0; length < 1100; length++) {
      assertNew(seen, List.of("x".repeat(length)));
      assertNew(seen, List.of(" ".repeat(length) + "y"));
    }
    assertThat(key("x".repeat(1000))).contains(":#").hasSizeLessThan(80);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 150, 200, 5000})
  void longNames_leaveRoomForADigest(int length) {
    KeySpace space = new KeySpace("n".repeat(64), 1, "E".repeat(length), FINGERPRINT);
    String name = "E".repeat(length);
    KeySpace another = new KeySpace("n".repeat(64), 1, name + ".x", FINGERPRINT);
    for (String value : List.of("1", "v".repeat(300))) {
      String key = space.keyOf(null, List.of(value)).text();
      assertThat(key).hasSizeLessThanOrEqualTo(CacheKey.MAXIMUM_LENGTH);
      assertThat(another.keyOf(null, List.of(value)).text()).isNotEqualTo(key);
    }
  }

  @Test
  void equalValues_haveOneKey() {
    assertThat(key(new BigDecimal("1.50"))).isEqualTo(key(new BigDecimal("1.5")));
    assertThat(key(new BigDecimal("0.00"))).isEqualTo(key(new BigDecimal("0E+9")));
    assertThat(key(new byte[] {1, 2})).isEqualTo(key(new byte[] {1, 2}));
    assertThat(key(new byte[] {1, 2})).isNotEqualTo(key(new byte[] {1, 3}));
    assertThat(key(TimeUnit.DAYS)).endsWith(":DAYS");
    assertThat(key(new UUID(1, 2))).endsWith(":00000000-0000-0001-0000-000000000002");
    assertThat(key(LocalDate.of(2026, 1, 2))).endsWith(":2026-01-02");
    Instant instant = Instant.parse("2026-01-02T03:04:05.000000006Z");
    assertThat(key(Timestamp.from(instant))).isEqualTo(key(instant));
    assertThat(key(Timestamp.from(instant)))
        .isNotEqualTo(key(Timestamp.from(instant.plusNanos(1))));
  }

  @Test
  void fingerprints_dependOnTheLinesAndNotOnTheirOrder() {
    assertThat(Fingerprint.of(List.of("a", "b"))).isEqualTo(Fingerprint.of(List.of("b", "a")));
    assertThat(Fingerprint.of(List.of("a", "b"))).isNotEqualTo(Fingerprint.of(List.of("a", "c")));
    assertThat(Fingerprint.of(List.of("a")).text()).matches("[A-Za-z0-9_-]{11}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a/b", "\u00e9", "a\n"})
  void otherNamespaces_areRefused(String namespace) {
    assertThat(KeySpace.isNamespace(namespace)).isFalse();
    assertThatThrownBy(() -> new KeySpace(namespace, 1, "Product", FINGERPRINT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("namespace");
    assertThat(KeySpace.isNamespace("n".repeat(64))).isTrue();
    assertThat(KeySpace.isNamespace("n".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\r\n", "\t", "\u007f", "\u00e9"})
  void keysThatMemcachedRefuses_areRefused(String text) {
    assertThatThrownBy(() -> new CacheKey(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CacheKey("k".repeat(251)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("251");
  }

  private static void assertNew(Map<String, List<String>> seen, List<String> values) {
    List<String> other = seen.put(legal(values), values);
    assertThat(other).as("has the key of %s", values).isNull();
  }

  private static String legal(List<String> values) {
    CacheKey key = PRODUCTS.keyOf(null, values);
    assertThat(key.bytes()).hasSizeBetween(1, 250);
    for (byte b : key.bytes()) {
      assertThat(b).isBetween((byte) '!', (byte) '~');
    }
    return key.text();
  }

  private static String key(Object value) {
    return PRODUCTS.keyOf(null, List.of(value)).text();
  }
}
