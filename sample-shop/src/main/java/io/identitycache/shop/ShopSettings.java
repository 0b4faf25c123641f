package io.identitycache.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How a shop is set up.
 *
 * @param port where it listens; 0 for any free port
 * @param products how many products an empty shop is filled with
 * @param memcached the servers of the cache, {@code host:port}, separated by spaces or commas;
 *     empty for a cache within the process
 */
record ShopSettings(int port, int products, Optional<String> memcached, DatabaseAddress database) {

  /** How the database is reached. */
  record DatabaseAddress(String url, String user, String password) {

    /** An in-memory database of its own for every shop. */
    static DatabaseAddress inMemory() {
      return new DatabaseAddress(
          "jdbc:h2:mem:shop-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
      return user.isEmpty() ? url : user + " at " + url;
    }
  }

  /**
   * Reads the environment variables {@code SHOP_…}; each has a default.
   *
   * @throws IllegalArgumentException if one has a value that is not allowed; the message names it
   */
  static ShopSettings from(Map<String, String> environment) {
    return new ShopSettings(
        number(environment, "SHOP_PORT", 8080, 0, 65_535),
        number(environment, "SHOP_PRODUCTS", 20_000, 1, 1_000_000),
        text(environment, "SHOP_MEMCACHED"),
        text(environment, "SHOP_DATABASE_URL")
            .map(
                url ->
                    new DatabaseAddress(
                        url,
                        text(environment, "SHOP_DATABASE_USER").orElse(""),
                        text(environment, "SHOP_DATABASE_PASSWORD").orElse("")))
            .orElseGet(DatabaseAddress::inMemory));
  }

  /** The settings of the cache that differ from those in {@code persistence.xml}. */
  Map<String, Object> forCache() {
    Map<String, Object> settings = new LinkedHashMap<>();
    memcached.ifPresent(
        servers -> {
          settings.put("hibernate.identity_cache.store", "memcached");
          settings.put("hibernate.identity_cache.servers", servers);
          settings.put("hibernate.identity_cache.namespace", "shop");
        });
    return settings;
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static int number(
      Map<String, String> environment, String name, int byDefault, int lowest, int highest) {
    Optional<String> value = text(environment, name);
    if (value.isEmpty()) {
      return byDefault;
    }
    String digits = value.get();
    if (digits.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(digits);
      if (number >= lowest && number <= highest) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "%s is \"%s\"; it must be a whole number from %d to %d, and is %d when left out."
            .formatted(name, digits, lowest, highest, byDefault));
  }
}
