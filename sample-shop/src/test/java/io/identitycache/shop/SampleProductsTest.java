package io.identitycache.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.shop.ShopSettings.DatabaseAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SampleProductsTest {

  @Test
  void sameProductsEveryTime() {
    assertThat(handlesOfANewShop()).hasSize(1500).isEqualTo(handlesOfANewShop());
  }

  @Test
  void filledShop_isLeftAlone() {
    try (Database database = database()) {
      assertThat(SampleProducts.fill(database.factory(), 10)).isEqualTo(10);
      assertThat(SampleProducts.fill(database.factory(), 20)).isZero();
      assertThat(handles(database)).hasSize(10);
    }
  }

  private static List<String> handlesOfANewShop() {
    try (Database database = database()) {
      SampleProducts.fill(database.factory(), 1500);
      return handles(database);
    }
  }

  private static List<String> handles(Database database) {
    return database
        .factory()
        .callInTransaction(
            entities ->
                entities
                    .createQuery("select handle from Product order by id", String.class)
                    .getResultList());
  }

  private static Database database() {
    return Database.open(
        new ShopSettings(0, 1500, Optional.empty(), DatabaseAddress.inMemory()), new Bookkeeper());
  }
}
