package io.identitycache.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ContentTest {

  private static final List<String> TEXTS =
      List.of("", "a", "Zürich ☃ \uD83D\uDE00", "\uFFFD", "\uD800", "\uDC00\uD800", "\u0000");
  private static final long[] NUMBERS = {
    0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };

  @Test
  void everyValue_isReadBack() {
    ContentWriter out = new ContentWriter();
    TEXTS.forEach(out::writeString);
    for (long number : NUMBERS) {
      out.writeLong(number);
      out.writeBits(number);
    }
    out.writeBits(-2);
    out.writeByte(255);
    out.writeBoolean(true);
    out.writeBytes(new byte[300]);
    out.writeBytes(new byte[0]);

    ContentReader in = new ContentReader(out.toBytes());
    TEXTS.forEach(text -> assertThat(in.readString()).isEqualTo(text));
    for (long number : NUMBERS) {
      assertThat(in.readLong()).isEqualTo(number);
      assertThat(in.readLongBits()).isEqualTo(number);
    }
    assertThat(in.readIntBits()).isEqualTo(-2);
    assertThat(in.readByte()).isEqualTo(255);
    assertThat(in.readBoolean()).isTrue();
    assertThat(in.readBytes()).isEqualTo(new byte[300]);
    assertThat(in.readBytes()).isEmpty();
    in.end();
  }

  @Test
  void smallNumbers_takeOneByte() {
    ContentWriter out = new ContentWriter();
    out.writeLong(-64);
    out.writeCount(127);
    assertThat(out.toBytes()).hasSize(2);
  }

  @Test
  void readLongWithBounds_refusesWhatIsOutside() {
    ContentWriter out = new ContentWriter();
    out.writeLong(1L << 31);
    assertUndecodable(out.toBytes(), ContentReader::readInt);
  }

  @Test
  void corruptLength_allocatesNothing() {
    ContentWriter out = new ContentWriter();
    out.writeCount(Integer.MAX_VALUE);
    assertUndecodable(out.toBytes(), ContentReader::readBytes);
    assertUndecodable(out.toBytes(), ContentReader::readString);
    assertUndecodable(out.toBytes(), ContentReader::readCount);
  }

  @Test
  void whatFollowsTheEnd_isRefused() {
    assertUndecodable(new byte[1], ContentReader::end);
  }

  @Test
  void textThatIsNoUnicode_isRefused() {
    assertUndecodable(new byte[] {2 << 1, (byte) 0xc0, (byte) 0x80}, ContentReader::readString);
    assertUndecodable(new byte[] {1 << 1 | 1, 0}, ContentReader::readString);
  }

  @Test
  void booleanOtherThanZeroOrOne_isRefused() {
    assertUndecodable(new byte[] {2}, ContentReader::readBoolean);
  }

  @Test
  void numberOfTooManyBytes_isRefused() {
    byte[] bytes = new byte[11];
    Arrays.fill(bytes, (byte) 0xff);
    assertUndecodable(bytes, ContentReader::readLong);
  }

  @Test
  void negativeCount_isRefusedByTheWriter() {
    assertThatThrownBy(() -> new ContentWriter().writeCount(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void randomBytes_giveNothingButUndecodable() {
    List<Consumer<ContentReader>> reads =
        List.of(
            ContentReader::readString,
            ContentReader::readBytes,
            ContentReader::readLong,
            ContentReader::readInt,
            ContentReader::readCount,
            ContentReader::readBoolean,
            ContentReader::readLongBits,
            ContentReader::readIntBits);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      Consumer<ContentReader> read = reads.get(random.nextInt(reads.size()));
      Throwable thrown = catchThrowable(() -> read.accept(new ContentReader(bytes)));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(UndecodableEntryException.class);
      }
    }
  }

  private static void assertUndecodable(byte[] bytes, Consumer<ContentReader> read) {
    assertThatThrownBy(() -> read.accept(new ContentReader(bytes)))
        .isInstanceOf(UndecodableEntryException.class);
  }
}
