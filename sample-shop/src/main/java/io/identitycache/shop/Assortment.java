package io.identitycache.shop;

import java.util.List;

/**
 * What the shop sells in general. It does not change while the shop is open.
 *
 * @param vendors in alphabetical order
 * @param productTypes in alphabetical order
 * @param size how many products there are
 */
public record Assortment(List<String> vendors, List<String> productTypes, long size) {

  public Assortment {
    vendors = List.copyOf(vendors);
    productTypes = List.copyOf(productTypes);
  }
}
