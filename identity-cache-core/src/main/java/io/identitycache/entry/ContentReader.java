package io.identitycache.entry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link ContentWriter} wrote, in the same order, then {@link #end}. Every method
 * throws {@link UndecodableEntryException} where the bytes are not what it should find, and
 * allocates no more than the content's own size, whatever a corrupt length says.
 *
 * <p>For one thread.
 */
public final class ContentReader {

  private final byte[] bytes;
  private int position;

  /** Begins at the first byte; the content is not changed. */
  public ContentReader(byte[] content) {
    this.bytes = content;
  }

  /** One byte, 0 to 255. */
  public int readByte() {
    require(1);
    return bytes[position++] & 0xff;
  }

  /** What {@link ContentWriter#writeBoolean} wrote. */
  public boolean readBoolean() {
    int value = readByte();
    if (value > 1) {
      throw new UndecodableEntryException("a boolean is neither true nor false");
    }
    return value == 1;
  }

  /**
   * The number of things that follow, each of at least one byte. A larger number than there are
   * bytes left is refused.
   */
  public int readCount() {
    long count = readVariable();
    if (count < 0 || count > remaining()) {
      throw new UndecodableEntryException("a length exceeds its bytes");
    }
    return (int) count;
  }

  /** What {@link ContentWriter#writeLong} wrote. */
  public long readLong() {
    long value = readVariable();
    return (value >>> 1) ^ -(value & 1);
  }

  /** What {@link ContentWriter#writeLong} wrote, as long as it is within the given bounds. */
  public long readLong(long least, long most) {
    long value = readLong();
    if (value < least || value > most) {
      throw new UndecodableEntryException("a number is out of its range");
    }
    return value;
  }

  /** What {@link ContentWriter#writeLong} wrote, as long as it is an int. */
  public int readInt() {
    return (int) readLong(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** 64 bits. */
  public long readLongBits() {
    require(8);
    long value = ByteBuffer.wrap(bytes, position, 8).getLong();
    position += 8;
    return value;
  }

  /** 32 bits. */
  public int readIntBits() {
    require(4);
    int value = ByteBuffer.wrap(bytes, position, 4).getInt();
    position += 4;
    return value;
  }

  /** What {@link ContentWriter#writeBytes} wrote. */
  public byte[] readBytes() {
    int length = readCount();
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** What {@link ContentWriter#writeString} wrote. */
  public String readString() {
    long header = readVariable();
    long length = header >>> 1;
    if (length > remaining()) {
      throw new UndecodableEntryException("a text's length exceeds its bytes");
    }
    int from = position;
    position += (int) length;
    return (header & 1) == 0 ? unicode(from, (int) length) : chars(from, (int) length);
  }

  /** Refuses anything that follows. */
  public void end() {
    if (remaining() != 0) {
      throw new UndecodableEntryException("there is more than its content");
    }
  }

  private String unicode(int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    // what is not UTF-8 becomes this char; seldom is it meant, and then the slow way allows it
    return text.indexOf('\uFFFD') < 0 ? text : strictUnicode(from, length);
  }

  private String strictUnicode(int from, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UndecodableEntryException("a text is not UTF-8", e);
    }
  }

  private String chars(int from, int length) {
    if (length % 2 != 0) {
      throw new UndecodableEntryException("a text ends in half a char");
    }
    return ByteBuffer.wrap(bytes, from, length).asCharBuffer().toString();
  }

  private long readVariable() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7f) << shift;
      if ((next & 0x80) == 0) {
        if (shift == 63 && next > 1) {
          break;
        }
        return value;
      }
    }
    throw new UndecodableEntryException("a number is too long");
  }

  private void require(int length) {
    if (length > remaining()) {
      throw new UndecodableEntryException("it ends too early");
    }
  }

  private int remaining() {
    return bytes.length - position;
  }
}
