package io.identitycache.shop;

import io.identitycache.shop.Image.Scene;
import io.identitycache.shop.Image.View;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.datafaker.Faker;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Fills an empty shop with invented products, the same ones every time. */
final class SampleProducts {

  private static final long SEED = 20_240_229;
  private static final int SHOPS = 40;
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

  private static final List<String> MOTTOS =
      List.of(
          "Few things, made well.",
          "We make it, and we mend it.",
          "Made here, one at a time.",
          "Our door is open, and the kettle is on.",
          "What we would not keep, we do not sell.");
  private static final List<String> SIZES = List.of("Small", "Medium", "Large", "Extra large");

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
  private final List<Shop> shops =
      several(SHOPS, () -> faker.name().lastName() + " " + any(WORKSHOPS)).stream()
          .map(this::shop)
          .toList();
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
    SessionFactory sessions = factory.unwrap(SessionFactory.class);
    sessions.inStatelessTransaction(session -> session.insertMultiple(products.shops));
    for (int from = 0; from < count; from += BATCH) {
      int size = Math.min(BATCH, count - from);
      sessions.inStatelessTransaction(session -> products.addTo(session, size));
    }
    return count;
  }

  private void addTo(StatelessSession session, int count) {
    List<Product> products = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    List<Variant> variants = new ArrayList<>();
    List<Price> prices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kind kind = any(KINDS);
      Product product = product(kind);
      products.add(product);
      images.addAll(images(product));
      int euros = kind.lowest() + random.nextInt(kind.highest() - kind.lowest());
      for (Variant variant : variants(product)) {
        variants.add(variant);
        prices.addAll(prices(variant, euros));
      }
    }
    session.insertMultiple(products);
    session.insertMultiple(images);
    session.insertMultiple(variants);
    session.insertMultiple(prices);
  }

  private Shop shop(String vendor) {
    return new Shop(vendor, faker.address().cityName(), 1880 + random.nextInt(140), any(MOTTOS));
  }

  private Product product(Kind kind) {
    Colour colour = any(List.of(Colour.values()));
    String material = any(kind.materials());
    Shop shop = any(shops);
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
                "From " + shop.getVendor() + ".",
                any(ADVICE));
    return new Product(freeHandle(title), shop, kind.type(), title, description, colour, stock());
  }

  /** Up to four, each in front of something else; the first shows all of the product. */
  private List<Image> images(Product product) {
    List<Scene> scenes = new ArrayList<>(List.of(Scene.values()));
    Collections.shuffle(scenes, random);
    List<Image> images = new ArrayList<>();
    int count = 1 + random.nextInt(scenes.size());
    for (int i = 0; i < count; i++) {
      View view = View.values()[i % View.values().length];
      images.add(new Image(product, i + 1, view, scenes.get(i)));
    }
    return images;
  }

  /** Up to four sizes; most things come in one or two. */
  private List<Variant> variants(Product product) {
    int count = 1 + Math.min(random.nextInt(SIZES.size()), random.nextInt(SIZES.size()));
    if (count == 1) {
      return List.of(new Variant(product, 1, "One size"));
    }
    List<Variant> variants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      variants.add(new Variant(product, i + 1, SIZES.get(i)));
    }
    return variants;
  }

  /** Every size costs more than the one before it, by two fifths of the first. */
  private List<Price> prices(Variant variant, int euros) {
    int own = euros + euros * 2 * (variant.getPosition() - 1) / 5;
    String cents = any(List.of(".00", ".50", ".90"));
    return List.of(
        new Price(variant, Currency.EUR, new BigDecimal(own + cents)),
        new Price(variant, Currency.GBP, new BigDecimal(own * 6 / 7 + cents)));
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
