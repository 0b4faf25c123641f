package io.identitycache.shop;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The back office's form for a variant's prices as it was filled in, right or wrong, so that it can
 * be shown again.
 *
 * @param amounts what stands in the field of each currency
 * @param problems what is wrong, by field; empty when nothing is
 */
public record PriceForm(
    String version, Map<Currency, String> amounts, Map<String, String> problems) {

  private static final BigDecimal HIGHEST_PRICE = new BigDecimal("99999.99");

  public PriceForm {
    amounts = Map.copyOf(amounts);
    problems = Map.copyOf(problems);
  }

  static PriceForm of(Variant variant) {
    Map<Currency, String> amounts = new EnumMap<>(Currency.class);
    for (Price price : variant.getPrices()) {
      amounts.put(price.getCurrency(), price.getAmount().toPlainString());
    }
    return new PriceForm(String.valueOf(variant.getVersion()), amounts, Map.of());
  }

  /**
   * The form with what is wrong in it. A field that was not sent counts as empty.
   *
   * @param sent what was sent for a field, by its name: {@code version}, and those of the
   *     currencies
   */
  static PriceForm filledIn(Function<String, @Nullable String> sent) {
    String version = clean(sent.apply("version"));
    Map<Currency, String> amounts = new EnumMap<>(Currency.class);
    Map<String, String> problems = new LinkedHashMap<>();
    if (!version.matches("[0-9]{1,9}")) {
      problems.put("version", "This form is incomplete. Please open the prices again.");
    }
    for (Currency currency : Currency.values()) {
      String amount = clean(sent.apply(currency.name()));
      amounts.put(currency, amount);
      if (!isPrice(amount)) {
        problems.put(
            currency.name(),
            "Please write the price like 24.90, from 0.01 to " + HIGHEST_PRICE + ".");
      }
    }
    return new PriceForm(version, amounts, problems);
  }

  /** What the form asks for, or empty while something in it is wrong. */
  Optional<PriceChange> change() {
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Map<Currency, BigDecimal> wanted = new EnumMap<>(Currency.class);
    amounts.forEach((currency, amount) -> wanted.put(currency, new BigDecimal(amount)));
    return Optional.of(new PriceChange(Integer.parseInt(version), wanted));
  }

  /** The same entries, made on top of the variant as it is now. */
  PriceForm onTopOf(Variant current) {
    return new PriceForm(String.valueOf(current.getVersion()), amounts, problems);
  }

  private static boolean isPrice(String text) {
    if (!text.matches("[0-9]{1,7}([.][0-9]{1,2})?")) {
      return false;
    }
    BigDecimal amount = new BigDecimal(text);
    return amount.signum() > 0 && amount.compareTo(HIGHEST_PRICE) <= 0;
  }

  private static String clean(@Nullable String entry) {
    return entry == null ? "" : entry.strip();
  }
}
