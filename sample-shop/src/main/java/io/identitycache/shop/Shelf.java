package io.identitycache.shop;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/**
 * The products that one page of the list shows.
 *
 * @param vendor whose products, or empty for everybody's
 * @param productType which type, or empty for all
 * @param page the number of this page, from 1
 * @param hasNext whether there is another page
 */
public record Shelf(
    String vendor, String productType, int page, boolean hasNext, List<Product> products) {

  public Shelf {
    products = List.copyOf(products);
  }

  /** Whether the customer has chosen a vendor or a type. */
  public boolean isChosen() {
    return !vendor.isEmpty() || !productType.isEmpty();
  }

  /** The part of an address, from the question mark on, that leads to another page of this list. */
  public String linkTo(int otherPage) {
    StringJoiner parameters = new StringJoiner("&", "?", "");
    if (!vendor.isEmpty()) {
      parameters.add("vendor=" + URLEncoder.encode(vendor, StandardCharsets.UTF_8));
    }
    if (!productType.isEmpty()) {
      parameters.add("type=" + URLEncoder.encode(productType, StandardCharsets.UTF_8));
    }
    parameters.add("page=" + otherPage);
    return parameters.toString();
  }
}
