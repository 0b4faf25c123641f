package io.identitycache.shop;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What somebody in the back office wants a variant to cost.
 *
 * @param version the version of the variant that they were looking at
 */
record PriceChange(int version, Map<Currency, BigDecimal> amounts) {

  PriceChange {
    amounts = Map.copyOf(amounts);
  }
}
