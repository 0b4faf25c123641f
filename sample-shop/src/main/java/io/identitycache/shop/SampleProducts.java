package io.identitycache.shop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.datafaker.Faker;

/** Fills an empty shop with invented products, the same ones every time. */
final class SampleProducts {

  private static final long SEED = 20_240_229;
  private static final int VENDORS = 40;
  private static final int NAMES = 300;
  private static final int BATCH = 250;

  private static final List<String> WORKSHOPS =
      List.of("Studio", "& Daughters", "Workshop", "& Sons", "Atelier", "Brothers", "Goods");
  private static final List<String> PRAISE =
      List.of(
          "made by hand in small batches",
          "made to be used every day",
          "drawn with few lines and finished with care",
          "a quiet piece that goes with everything",
          "sturdy, simple and easy to mend");
  private static final List<String> ADVICE =
      List.of(
          "No two are quite alike.",
          "It grows more beautiful with the years.",
          "Wipe with a damp cloth.",
          "Comes in a plain box without plastic.",
          "A good present for somebody who has everything.");

  private static final List<Kind> KINDS =
      List.of(
          new Kind("Bowl", 14, 60, "stoneware", "porcelain", "olive wood"),
          new Kind("Candle", 8, 30, "beeswax", "soy wax", "rapeseed wax"),
          new Kind("Chair", 90, 420, "oak", "beech", "ash"),
          new Kind("Clock", 35, 160, "brass", "birch", "enamel"),
          new Kind("Cushion", 20, 75, "linen", "wool", "corduroy"),
          new Kind("Lamp", 45, 260, "paper", "glass", "steel"),
          new Kind("Mug", 9, 32, "stoneware", "porcelain", "enamel"),
          new Kind("Notebook", 6, 28, "linen", "cotton paper", "cork"),
          new Kind("Planter", 12, 70, "terracotta clay", "concrete", "stoneware"),
          new Kind("Teapot", 24, 110, "stoneware", "cast iron", "porcelain"),
          new Kind("Tray", 15, 65, "birch", "tin", "bamboo"),
          new Kind("Vase", 16, 120, "glass", "stoneware", "porcelain"));

  private final Random random = new Random(SEED);
  private final Faker faker = new Faker(Locale.ENGLISH, new Random(SEED));
  private final Set<String> handles = new HashSet<>();
  private final List<String> vendors =
      several(VENDORS, () -> faker.name().lastName() + " " + any(WORKSHOPS));
  private final List<String> names = several(NAMES, () -> faker.name().firstName());

  private SampleProducts() {}

  /**
   * Puts products on empty shelves; a shop that has any is left alone.
   *
   * @return how many were added
   */
  static int fill(EntityManagerFactory factory, int count) {
    boolean filled =
        factory.callInTransaction(
            entities ->
                !entities
                    .createQuery("select id from Product", Long.class)
                    .setMaxResults(1)
                    .getResultList()
                    .isEmpty());
    if (filled) {
      return 0;
    }
    SampleProducts products = new SampleProducts();
    for (int from = 0; from < count; from += BATCH) {
      int size = Math.min(BATCH, count - from);
      factory.runInTransaction(entities -> products.addTo(entities, size));
    }
    return count;
  }

  private void addTo(EntityManager entities, int count) {
    for (int i = 0; i < count; i++) {
      entities.persist(next());
    }
  }

  private Product next() {
    Kind kind = any(KINDS);
    Colour colour = any(List.of(Colour.values()));
    String material = any(kind.materials());
    String vendor = any(vendors);
    String title =
        "%s %s in %s %s"
            .formatted(any(names), kind.type().toLowerCase(Locale.ROOT), colour, material);
    String description =
        "%s %s of %s, %s. %s %s"
            .formatted(
                startsWithVowel(colour.toString()) ? "An" : "A",
                colour + " " + kind.type().toLowerCase(Locale.ROOT),
                material,
                any(PRAISE),
                "From " + vendor + ".",
                any(ADVICE));
    return new Product(
        freeHandle(title), vendor, kind.type(), title, description, colour, price(kind), stock());
  }

  private BigDecimal price(Kind kind) {
    int euros = kind.lowest() + random.nextInt(kind.highest() - kind.lowest());
    String cents = any(List.of(".00", ".50", ".90"));
    return new BigDecimal(euros + cents);
  }

  /** Most things are there in plenty, some are nearly gone, a few are sold out. */
  private int stock() {
    int luck = random.nextInt(20);
    if (luck == 0) {
      return 0;
    }
    return luck < 4 ? 1 + random.nextInt(5) : 6 + random.nextInt(120);
  }

  private String freeHandle(String title) {
    String plain = Normalizer.normalize(title, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    String handle = plain.replaceAll("\\p{M}|'", "").replaceAll("[^a-z0-9]+", "-");
    if (handles.add(handle)) {
      return handle;
    }
    String numbered = handle + "-" + (handles.size() + 1);
    handles.add(numbered);
    return numbered;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static boolean startsWithVowel(String word) {
    return "aeiou".indexOf(word.charAt(0)) >= 0;
  }

  /** Different texts, in alphabetical order, as the order of drawing would favour none. */
  private static List<String> several(int count, Supplier<String> invention) {
    Set<String> different = new TreeSet<>();
    while (different.size() < count) {
      different.add(invention.get());
    }
    return new ArrayList<>(different);
  }

  /** A type of product with its price range in euros and what it is made of. */
  private record Kind(String type, int lowest, int highest, List<String> materials) {
    Kind(String type, int lowest, int highest, String... materials) {
      this(type, lowest, highest, List.of(materials));
    }
  }
}
