package io.identitycache.entry;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The compressed form of a large content: its length (4), then the content as raw DEFLATE (RFC
 * 1951). Why that, and the figures: {@code docs/decisions/0006-large-entries-are-deflated.md}.
 */
final class Compression {

  /** Smaller contents travel in a few packets anyway, and would pay with every hit. */
  static final int THRESHOLD = 8 << 10;

  /** Larger contents are left alone, so that nothing that is read makes us allocate more. */
  static final int LARGEST = 16 << 20;

  /** Compressed or not at all: what saves less than an eighth is not worth a hit's time. */
  private static final int LEAST_SAVING = 8;

  /** DEFLATE cannot do better than 1032 to 1. */
  private static final int GREATEST_RATIO = 1032;

  private static final int LENGTH = Integer.BYTES;
  private static final boolean RAW = true;

  private Compression() {}

  /** The compressed form; null if the content is better left as it is. */
  static byte @Nullable [] compress(byte[] content) {
    if (content.length < THRESHOLD || content.length > LARGEST) {
      return null;
    }
    byte[] compressed = new byte[content.length - content.length / LEAST_SAVING];
    ByteBuffer.wrap(compressed).putInt(content.length);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, RAW);
    try {
      deflater.setInput(content);
      deflater.finish();
      int length = deflater.deflate(compressed, LENGTH, compressed.length - LENGTH);
      return deflater.finished() ? Arrays.copyOf(compressed, LENGTH + length) : null;
    } finally {
      deflater.end();
    }
  }

  /**
   * The content whose compressed form the bytes are, from a position on. Allocates no more than
   * they can stand for, and than {@link #LARGEST}, whatever length they claim.
   *
   * @throws UndecodableEntryException if they are no compressed form
   */
  static byte[] decompress(byte[] bytes, int from) {
    int compressed = bytes.length - from - LENGTH;
    if (compressed <= 0) {
      throw new UndecodableEntryException("it is compressed, and ends too early");
    }
    int length = ByteBuffer.wrap(bytes).getInt(from);
    if (length < 0 || length > Math.min(LARGEST, (long) compressed * GREATEST_RATIO)) {
      throw new UndecodableEntryException("its uncompressed length cannot be");
    }
    Inflater inflater = new Inflater(RAW);
    try {
      inflater.setInput(bytes, from + LENGTH, compressed);
      byte[] content = new byte[length];
      int read = inflate(inflater, content);
      // the end may come behind the last byte, where there is room for one that must not be there
      int excess = inflater.finished() ? 0 : inflate(inflater, new byte[1]);
      if (read < length || excess > 0 || !inflater.finished() || inflater.getRemaining() > 0) {
        throw new UndecodableEntryException("it has another uncompressed length than it says");
      }
      return content;
    } catch (DataFormatException e) {
      throw new UndecodableEntryException("it is not compressed as it should be", e);
    } finally {
      inflater.end();
    }
  }

  /** As many bytes as there are and as there is room for. */
  private static int inflate(Inflater inflater, byte[] into) throws DataFormatException {
    int read = 0;
    while (read < into.length) {
      int more = inflater.inflate(into, read, into.length - read);
      if (more == 0) {
        break;
      }
      read += more;
    }
    return read;
  }
}
