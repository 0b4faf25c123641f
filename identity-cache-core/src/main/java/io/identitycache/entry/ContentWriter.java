package io.identitycache.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds the content of an entry from compact binary values, in the order of the calls. {@link
 * ContentReader} reads them back in the same order; nothing but the order tells what a value is.
 *
 * <p>For one thread.
 */
public final class ContentWriter {

  private byte[] bytes = new byte[128];
  private int length;

  /** One byte, the lowest eight bits of the argument. */
  public void writeByte(int value) {
    makeRoom(1);
    bytes[length++] = (byte) value;
  }

  /** One byte. */
  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /**
   * A count or a length, 1 to 5 bytes, small ones shorter.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void writeCount(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("A count is not negative");
    }
    writeVariable(count);
  }

  /** A signed number, 1 to 10 bytes, those near zero shorter. */
  public void writeLong(long value) {
    writeVariable((value << 1) ^ (value >> 63));
  }

  /** 64 bits as they are, 8 bytes. */
  public void writeBits(long bits) {
    makeRoom(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (bits >>> shift);
    }
  }

  /** 32 bits as they are, 4 bytes. */
  public void writeBits(int bits) {
    makeRoom(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (bits >>> shift);
    }
  }

  /** Bytes with their length. */
  public void writeBytes(byte[] value) {
    writeCount(value.length);
    makeRoom(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /** Text, every char of it, also those that are no valid Unicode. */
  public void writeString(String value) {
    boolean unicode = isUnicode(value);
    // a charset of Java would replace a lone surrogate
    byte[] text = unicode ? value.getBytes(StandardCharsets.UTF_8) : chars(value);
    writeVariable(((long) text.length << 1) | (unicode ? 0 : 1));
    makeRoom(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** How many bytes were written so far. */
  public int size() {
    return length;
  }

  /** All that was written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void writeVariable(long value) {
    makeRoom(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void makeRoom(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.length)));
    }
  }

  private static boolean isUnicode(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == value.length()
            || !Character.isLowSurrogate(value.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static byte[] chars(String value) {
    byte[] chars = new byte[2 * value.length()];
    for (int i = 0; i < value.length(); i++) {
      chars[2 * i] = (byte) (value.charAt(i) >> 8);
      chars[2 * i + 1] = (byte) value.charAt(i);
    }
    return chars;
  }
}
