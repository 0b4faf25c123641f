package io.identitycache.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The back office's form for a product as it was filled in, right or wrong, so that it can be shown
 * again.
 *
 * @param problems what is wrong, by field; empty when nothing is
 */
public record ProductForm(
    String version, String title, String stock, Map<String, String> problems) {

  private static final int HIGHEST_STOCK = 1_000_000;

  public ProductForm {
    problems = Map.copyOf(problems);
  }

  static ProductForm of(Product product) {
    return new ProductForm(
        String.valueOf(product.getVersion()),
        product.getTitle(),
        String.valueOf(product.getStock()),
        Map.of());
  }

  /** The form with what is wrong in it. A field that was not sent counts as empty. */
  static ProductForm filledIn(
      @Nullable String version, @Nullable String title, @Nullable String stock) {
    ProductForm form = new ProductForm(clean(version), clean(title), clean(stock), Map.of());
    return new ProductForm(form.version, form.title, form.stock, form.check());
  }

  /** What the form asks for, or empty while something in it is wrong. */
  Optional<ProductChange> change() {
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProductChange(Integer.parseInt(version), title, Integer.parseInt(stock)));
  }

  /** The same entries, made on top of the product as it is now. */
  ProductForm onTopOf(Product current) {
    return new ProductForm(String.valueOf(current.getVersion()), title, stock, problems);
  }

  private Map<String, String> check() {
    Map<String, String> found = new LinkedHashMap<>();
    if (!isNumber(version, Integer.MAX_VALUE)) {
      found.put("version", "This form is incomplete. Please open the product again.");
    }
    if (title.isEmpty()) {
      found.put("title", "A product needs a title.");
    } else if (title.length() > Product.TITLE_LENGTH) {
      found.put("title", "Please keep the title to " + Product.TITLE_LENGTH + " characters.");
    }
    if (!isNumber(stock, HIGHEST_STOCK)) {
      found.put(
          "stock", "Please give the stock as a whole number from 0 to " + HIGHEST_STOCK + ".");
    }
    return found;
  }

  private static boolean isNumber(String text, int highest) {
    return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= highest;
  }

  private static String clean(@Nullable String entry) {
    return entry == null ? "" : entry.strip();
  }
}
