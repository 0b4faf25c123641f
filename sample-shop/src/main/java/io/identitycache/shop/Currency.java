package io.identitycache.shop;

import java.math.BigDecimal;

/** What customers may pay with. */
public enum Currency {
  EUR("€"),
  GBP("£");

  private final String sign;

  Currency(String sign) {
    this.sign = sign;
  }

  public String sign() {
    return sign;
  }

  /** An amount as a price tag says it: {@code €24.90}. */
  public String tag(BigDecimal amount) {
    return sign + amount.toPlainString();
  }
}
