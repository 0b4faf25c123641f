package io.identitycache.shop;

import java.math.BigDecimal;

/**
 * What somebody in the back office wants a product to be.
 *
 * @param version the version of the product that they were looking at
 */
record ProductChange(int version, String title, BigDecimal price, int stock) {

  /** How a change ended. */
  enum Outcome {
    /** The product is now as wanted. */
    SAVED,
    /** Somebody else has changed the product in the meantime; nothing was written. */
    CONFLICT,
    /** There is no such product. */
    UNKNOWN
  }
}
