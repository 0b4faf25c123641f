package io.identitycache.shop;

import io.identitycache.shop.Image.View;
import java.util.Locale;
import java.util.Set;

/**
 * How a picture of a product is drawn: one of the shapes in {@code shapes.svg}, in the product's
 * colour.
 *
 * @param shape the name of the shape
 * @param scene the name of what decorates the backdrop
 * @param description what there is to see, for those who do not
 */
public record Illustration(
    String shape, String scene, View view, Colour colour, String description) {

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

  /** The picture of a product that is shown where there is room for one. */
  public static Illustration of(Product product) {
    return of(product, product.getImages().get(0));
  }

  /** One of the pictures of a product. */
  public static Illustration of(Product product, Image image) {
    String shape = product.getProductType().toLowerCase(Locale.ROOT);
    return new Illustration(
        SHAPES.contains(shape) ? shape : UNKNOWN_SHAPE,
        image.getScene().name().toLowerCase(Locale.ROOT),
        image.getView(),
        product.getColour(),
        "Drawing: %s %s, %s".formatted(product.getColour(), shape, image.getDescription()));
  }
}
