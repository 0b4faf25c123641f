package io.identitycache.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.identitycache.key.CacheKey;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large values in their stored form. */
class CompressionTest {

  private static final CacheKey KEY = new CacheKey("shop:1:Product:abcdefghijk:1");

  private static final String SAMPLE =
      "0143cd1bedb10000238cedd7ab0d00200c05c055de001834d320702420ba7fd8017db2b6e9e7"
          + "5dad794fb5f4ec9152e88139b00bee819be82f7887228158241a8ac788404664444664444664"
          + "444664444664444664444664444664444664444664444664f42ba307";

  /** Besides the content: exceptions, and what the JVM needs for a call. */
  private static final long SLACK = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        Compression.THRESHOLD - 1,
        Compression.THRESHOLD,
        Compression.THRESHOLD + 1,
        100_000,
        1 << 20,
        Compression.LARGEST,
        Compression.LARGEST + 1
      })
  void values_areReadBack_compressedFromTheThresholdOn(int length) {
    byte[] content = text(length);
    byte[] stored = new CacheEntry.Value(content).encode(KEY);

    assertThat(read(stored)).isEqualTo(content);
    boolean expected = length >= Compression.THRESHOLD && length <= Compression.LARGEST;
    assertThat((char) stored[1]).isEqualTo(expected ? 'C' : 'V');
    assertThat(stored.length < length).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {Compression.THRESHOLD, 10_000, 300_000})
  void valuesThatHardlyGetSmaller_areLeftAsTheyAre(int length) {
    byte[] noise = noise(length);
    byte[] nearlyNoise = noise.clone();
    Arrays.fill(nearlyNoise, 0, length / 10, (byte) 0);
    byte[] quarterZeros = noise.clone();
    Arrays.fill(quarterZeros, 0, length / 4, (byte) 0);

    assertThat(Compression.compress(noise)).isNull();
    assertThat(Compression.compress(nearlyNoise)).isNull();
    assertThat(read(new CacheEntry.Value(noise).encode(KEY))).isEqualTo(noise);
    assertThat(Compression.compress(quarterZeros)).hasSizeLessThan(length * 7 / 8);
    assertThat(read(new CacheEntry.Value(quarterZeros).encode(KEY))).isEqualTo(quarterZeros);
  }

  @Test
  void theHighestRatioThereIs_isReadBack() {
    byte[] zeros = new byte[Compression.LARGEST];
    byte[] stored = new CacheEntry.Value(zeros).encode(KEY);
    assertThat(stored).hasSizeLessThan(zeros.length / 1000 * 5);
    assertThat(read(stored)).isEqualTo(zeros);
  }

  /** The compressor may write something else in another JVM; what was written once must be read. */
  @Test
  void theCommittedSample_isReadBack() {
    byte[] stored = HexFormat.of().parseHex(SAMPLE);
    assertThat(new String(read(stored), UTF_8)).isEqualTo("teapot, 1 l; ".repeat(700));
  }

  @Test
  void damage_doesNotDecode() {
    byte[] stored = new CacheEntry.Value(text(20_000)).encode(KEY);
    Random random = new Random(6);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = damaged(stored, random);
      assertThatThrownBy(() -> CacheEntry.decode(KEY, damaged))
          .isInstanceOf(UndecodableEntryException.class);
    }
  }

  /** As if somebody had written the checksum, too. */
  @Test
  void damageThatTheChecksumDoesNotShow_givesTheStatedLengthOrDoesNotDecode() {
    byte[] compressed = compressed(text(20_000));
    Random random = new Random(7);
    int undecodable = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = damaged(compressed, random);
      try {
        byte[] content = Compression.decompress(damaged, 0);
        assertThat(content).hasSize(ByteBuffer.wrap(damaged).getInt());
      } catch (UndecodableEntryException e) {
        undecodable++;
      }
    }
    assertThat(undecodable).isGreaterThan(2_500);
  }

  @Test
  void randomBytes_doNotDecode_orAreWhatTheySay() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 4) {
        ByteBuffer.wrap(bytes).putInt(random.nextInt(1000));
      }
      try {
        assertThat(Compression.decompress(bytes, 0)).hasSize(ByteBuffer.wrap(bytes).getInt());
      } catch (UndecodableEntryException e) {
        assertThat(e).hasMessageStartingWith("The entry does not decode: ");
      }
    }
  }

  @Test
  void anotherLengthThanTheContents_doesNotDecode() {
    byte[] compressed = compressed(text(20_000));
    for (int length : new int[] {-1, Integer.MIN_VALUE, 0, 1, 19_999, 20_001, 40_000}) {
      assertUndecodable(ByteBuffer.wrap(compressed.clone()).putInt(0, length).array());
    }
    assertUndecodable(Arrays.copyOf(compressed, compressed.length - 1));
    assertUndecodable(Arrays.copyOf(compressed, compressed.length + 1));
    for (int length = 0; length <= 5; length++) {
      assertUndecodable(Arrays.copyOf(compressed, length));
    }
  }

  @Test
  void aLengthThatCannotBe_allocatesNothing() {
    byte[] few = ByteBuffer.allocate(1000).putInt(Compression.LARGEST).array();
    byte[] many = ByteBuffer.allocate(1_000_000).putInt(Integer.MAX_VALUE).array();
    assertUndecodable(few); // once before, so that nothing is loaded in between

    assertThat(allocatedBy(() -> assertUndecodable(few))).isLessThan(SLACK);
    assertThat(allocatedBy(() -> assertUndecodable(many))).isLessThan(SLACK);
  }

  @Test
  void moreContentThanTheLengthSays_isNotAllocated() {
    byte[] bomb = compressed(new byte[Compression.LARGEST]);
    ByteBuffer.wrap(bomb).putInt(10_000);
    assertThat(allocatedBy(() -> assertUndecodable(bomb))).isLessThan(SLACK);
  }

  private static long allocatedBy(Runnable action) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
    action.run();
    return thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  private static byte[] compressed(byte[] content) {
    byte[] compressed = Compression.compress(content);
    assertThat(compressed).isNotNull();
    return compressed;
  }

  private static void assertUndecodable(byte[] compressed) {
    assertThatThrownBy(() -> Compression.decompress(compressed, 0))
        .isInstanceOf(UndecodableEntryException.class);
  }

  private static byte[] read(byte[] stored) {
    return ((CacheEntry.Value) CacheEntry.decode(KEY, stored)).content();
  }

  /** A few bytes changed, some cut off, or some added. */
  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged =
        switch (random.nextInt(4)) {
          case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
          case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(50));
          default -> bytes.clone();
        };
    for (int changes = random.nextInt(4);
        damaged.length == bytes.length && changes >= 0;
        changes--) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return damaged;
  }

  private static byte[] text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("variant ").append(random.nextInt(1000)).append(", green, in stock; ");
    }
    return text.substring(0, length).getBytes(UTF_8);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }
}
