package io.identitycache.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShopSettingsTest {

  @Test
  void withoutVariables_theShopNeedsNothingElse() {
    ShopSettings settings = ShopSettings.from(Map.of());

    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.products()).isEqualTo(20_000);
    assertThat(settings.forCache()).isEmpty();
    assertThat(settings.database().url()).startsWith("jdbc:h2:mem:");
  }

  @Test
  void memcached_isSharedUnderTheShopsNamespace() {
    ShopSettings settings = ShopSettings.from(Map.of("SHOP_MEMCACHED", " localhost:11211 "));

    assertThat(settings.forCache())
        .containsEntry("hibernate.identity_cache.servers", "localhost:11211")
        .containsEntry("hibernate.identity_cache.namespace", "shop");
  }

  @Test
  void database_isPrintedWithoutItsPassword() {
    ShopSettings settings =
        ShopSettings.from(
            Map.of(
                "SHOP_DATABASE_URL", "jdbc:postgresql://db/shop",
                "SHOP_DATABASE_USER", "clerk",
                "SHOP_DATABASE_PASSWORD", "tulip"));

    assertThat(settings.database().password()).isEqualTo("tulip");
    assertThat(settings.toString()).contains("clerk at jdbc:postgresql").doesNotContain("tulip");
  }

  @Test
  void badNumber_isRefusedByName() {
    for (String bad : new String[] {"abc", "-1", "65536", "99999999999"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ShopSettings.from(Map.of("SHOP_PORT", bad)))
          .withMessage(
              "SHOP_PORT is \"%s\"; it must be a whole number from 0 to 65535, and is 8080 when left out.",
              bad);
    }
    assertThat(ShopSettings.from(Map.of("SHOP_PORT", "0")).port()).isZero();
  }
}
