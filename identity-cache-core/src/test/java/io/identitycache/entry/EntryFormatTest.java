package io.identitycache.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.key.CacheKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFormatTest {

  private static final CacheKey KEY = new CacheKey("shop:1:Product:abcdefghijk:1");
  private static final byte[] CONTENT = "a secret teapot".getBytes(UTF_8);

  static Stream<CacheEntry> entries() {
    return Stream.of(
        new CacheEntry.Value(CONTENT),
        new CacheEntry.Absence(),
        new CacheEntry.Lease(new LeaseToken(-2, 0x0123456789abcdefL)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 16, 250, 1_000_000})
  void values_areReadBack(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    CacheEntry read = CacheEntry.decode(KEY, new CacheEntry.Value(content).encode(KEY));
    assertThat(read).isInstanceOf(CacheEntry.Value.class);
    assertThat(((CacheEntry.Value) read).content()).isEqualTo(content);
  }

  @Test
  void absencesAndLeases_areReadBack() {
    CacheEntry absence = new CacheEntry.Absence();
    CacheEntry lease = new CacheEntry.Lease(LeaseToken.random());
    assertThat(CacheEntry.decode(KEY, absence.encode(KEY))).isEqualTo(absence);
    assertThat(CacheEntry.decode(KEY, lease.encode(KEY))).isEqualTo(lease);
  }

  @Test
  void theStoredForm_isTheOneOfThisVersion() {
    // a change of the stored form is a change of CacheEntry.FORMAT, and of these lines
    assertThat(hex(new CacheEntry.Absence())).isEqualTo("01412146aa82");
    assertThat(hex(new CacheEntry.Value(new byte[] {1, 2, 3}))).isEqualTo("01569cdfce7f010203");
    assertThat(hex(new CacheEntry.Lease(new LeaseToken(1, -1))))
        .isEqualTo("014c6bbdbe270000000000000001ffffffffffffffff");
  }

  private static String hex(CacheEntry entry) {
    return HexFormat.of().formatHex(entry.encode(KEY));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void noEntry_isEmpty(CacheEntry entry) {
    assertThat(entry.encode(KEY)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void underAnotherKey_nothingDecodes(CacheEntry entry) {
    assertUndecodable(new CacheKey("shop:1:Product:abcdefghijk:2"), entry.encode(KEY));
    assertUndecodable(new CacheKey("shop:1:Product:abcdefghijk:11"), entry.encode(KEY));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void truncatedAtAnyLength_nothingDecodes(CacheEntry entry) {
    byte[] bytes = entry.encode(KEY);
    for (int length = 0; length < bytes.length; length++) {
      assertUndecodable(KEY, Arrays.copyOf(bytes, length));
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void withMoreBehindIt_nothingDecodes(CacheEntry entry) {
    byte[] bytes = entry.encode(KEY);
    assertUndecodable(KEY, Arrays.copyOf(bytes, bytes.length + 1));
    assertUndecodable(KEY, Arrays.copyOf(bytes, bytes.length + 16));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void withAnyBitFlipped_nothingDecodes(CacheEntry entry) {
    byte[] bytes = entry.encode(KEY);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertUndecodable(KEY, flipped);
    }
  }

  @Test
  void randomBytes_doNotDecode() {
    Random random = new Random(20);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && i % 2 == 0) {
        bytes[0] = CacheEntry.FORMAT;
        bytes[1] = (byte) "VAL".charAt(random.nextInt(3));
      }
      assertUndecodable(KEY, bytes);
    }
  }

  @Test
  void tokens_differ() {
    assertThat(Stream.generate(LeaseToken::random).limit(10_000).distinct()).hasSize(10_000);
  }

  private static void assertUndecodable(CacheKey key, byte[] bytes) {
    assertThatThrownBy(() -> CacheEntry.decode(key, bytes))
        .isInstanceOf(UndecodableEntryException.class)
        .hasMessageStartingWith("The entry does not decode: ")
        .hasMessageNotContaining("teapot");
  }
}
