package io.identitycache.shop;

import java.util.Locale;
import java.util.Set;

/**
 * How a product is drawn: one of the shapes in {@code shapes.svg}, in the product's colour.
 *
 * @param shape the name of the shape
 * @param pattern the name of what decorates the backdrop
 * @param description what there is to see, for those who do not
 */
public record Illustration(String shape, String pattern, Colour colour, String description) {

  private static final Set<String> SHAPES =
      Set.of(
          "bowl",
          "candle",
          "chair",
          "clock",
          "cushion",
          "lamp",
          "mug",
          "notebook",
          "planter",
          "teapot",
          "tray",
          "vase");
  private static final String UNKNOWN_SHAPE = "parcel";
  private static final String[] PATTERNS = {"sun", "arch", "table", "hills"};

  /** The same product is always drawn in the same way. */
  public static Illustration of(Product product) {
    String shape = product.getProductType().toLowerCase(Locale.ROOT);
    return new Illustration(
        SHAPES.contains(shape) ? shape : UNKNOWN_SHAPE,
        PATTERNS[Math.floorMod(product.getHandle().hashCode(), PATTERNS.length)],
        product.getColour(),
        "Drawing of a " + product.getColour() + " " + shape);
  }
}
