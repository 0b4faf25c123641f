package io.identitycache.entry;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Prints the figures of {@code docs/decisions/0006-large-entries-are-deflated.md}: what DEFLATE
 * makes of products with ever more variants, and in which time.
 *
 * <pre>
 * ./mvnw -pl identity-cache-core test-compile
 * java -cp identity-cache-core/target/classes:identity-cache-core/target/test-classes \
 *     io.identitycache.entry.CompressionFigures
 * </pre>
 */
public final class CompressionFigures {

  private static final int[] SIZES = {2_000, 4_000, 8_000, 20_000, 50_000, 100_000, 500_000};
  private static final int[] LEVELS = {1, 3, 6};
  private static final int PRODUCTS = 8;
  private static final String[] WORDS =
      ("heavy cast iron teapot with a lid of glazed stoneware and handle in walnut keeps warm for"
              + " two hours dishwasher safe handmade by family workshop since every piece differs"
              + " slightly colour may vary small medium large green blue red black white cotton"
              + " linen wool organic certified delivery within three days returns accepted")
          .split(" ");

  private static long sink;

  private CompressionFigures() {}

  /** Takes no arguments, and about a minute. */
  public static void main(String[] arguments) {
    for (int size : SIZES) {
      byte[][] products = new byte[PRODUCTS][];
      Arrays.setAll(products, seed -> product(size, new Random(seed)));
      for (int level : LEVELS) {
        print(size, level, products);
      }
    }
    System.out.println("(" + sink + ")");
  }

  private static void print(int size, int level, byte[][] products) {
    byte[][] compressed = new byte[PRODUCTS][];
    Arrays.setAll(compressed, i -> deflate(products[i], level));
    double share =
        (double) Arrays.stream(compressed).mapToInt(each -> each.length).sum()
            / Arrays.stream(products).mapToInt(each -> each.length).sum();
    int[] next = {0};
    double there = microseconds(() -> deflate(products[next[0]++ % PRODUCTS], level).length);
    double back =
        microseconds(
            () -> {
              int i = next[0]++ % PRODUCTS;
              return inflate(compressed[i], products[i].length).length;
            });
    System.out.printf(
        "%7d bytes, level %d: %4.1f %%, compressed in %7.1f us, read in %7.1f us%n",
        size, level, 100 * share, there, back);
  }

  private static byte[] deflate(byte[] content, int level) {
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] compressed = new byte[content.length];
      return Arrays.copyOf(compressed, deflater.deflate(compressed));
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] compressed, int length) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      byte[] content = new byte[length];
      inflater.inflate(content);
      return content;
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    } finally {
      inflater.end();
    }
  }

  /** Of processor time, so that others on the machine do not count: the median of five rounds. */
  private static double microseconds(IntSupplier action) {
    round(action, 400_000_000);
    return Arrays.stream(new double[5])
        .map(ignored -> round(action, 150_000_000))
        .sorted()
        .toArray()[2];
  }

  private static double round(IntSupplier action, long nanos) {
    long start = processorTime();
    int times = 0;
    while (processorTime() - start < nanos) {
      for (int i = 0; i < PRODUCTS; i++) {
        sink += action.getAsInt();
        times++;
      }
    }
    return (processorTime() - start) / 1_000.0 / times;
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** A product with a description, and as many variants as the size asks for. */
  private static byte[] product(int size, Random random) {
    ContentWriter writer = new ContentWriter();
    writer.writeString("Product");
    writer.writeLong(random.nextInt(1 << 30));
    writer.writeString(words(random, 60));
    writer.writeString(words(random, 2));
    for (int i = 0; writer.toBytes().length < size; i++) {
      writer.writeLong(1_000_000 + random.nextInt(1 << 28));
      writer.writeByte(1);
      writer.writeString("SKU-" + Integer.toHexString(random.nextInt()) + "-" + i);
      writer.writeByte(1);
      writer.writeString(WORDS[36 + i % 5] + " / " + "SMLX".charAt(i % 4));
      writer.writeByte(1);
      writer.writeLong(2);
      writer.writeBytes(new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(256)});
      writer.writeByte(1);
      writer.writeLong(random.nextInt(500));
      writer.writeByte(1);
      writer.writeBits(Double.doubleToLongBits(random.nextInt(4_000) / 1_000.0));
      writer.writeByte(1);
      writer.writeLong(1_790_000_000L + random.nextInt(1 << 24));
      writer.writeLong(random.nextInt(1_000_000_000));
      if (i % 3 == 0) {
        writer.writeByte(1);
        writer.writeString(
            "https://images.example/products/" + Long.toHexString(random.nextLong()) + ".jpg");
        writer.writeByte(1);
        writer.writeString(words(random, 6));
      }
    }
    return writer.toBytes();
  }

  private static String words(Random random, int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return words.toString();
  }
}
