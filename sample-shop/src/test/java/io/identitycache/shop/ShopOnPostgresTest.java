package io.identitycache.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.shop.ShopSettings.DatabaseAddress;
import io.identitycache.testing.MemcachedServer;
import io.identitycache.testing.PostgresServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The shop on servers, as it would be in a real town. */
final class ShopOnPostgresTest extends ShopStory {

  private final MemcachedServer memcached = MemcachedServer.start();
  private final DatabaseAddress database =
      new DatabaseAddress(PostgresServer.shared().jdbcUrl("sample_shop"), "", "");

  @Override
  Optional<String> memcached() {
    return Optional.of(memcached.address());
  }

  @Override
  DatabaseAddress database() {
    return database;
  }

  @Test
  void secondShop_sharesProductsAndCache_andSeesAnEditAtOnce() {
    String handle = handleWithPictures(2);
    List<String> pictures = customer().opensProduct(handle).pictures();
    try (SampleShop branch = open(database);
        Visitor branchCustomer = new Visitor(branch)) {
      ShopPage shared = branchCustomer.opensProduct(handle);
      assertThat(shared.misses()).isZero();
      assertThat(shared.statements()).isZero();

      clerk().opensOffice(handle).fillsIn("stock", "77").presses("Save");
      assertThat(branchCustomer.opensProduct(handle).stock()).isEqualTo("77 in stock");

      clerk().opensPrices(handle).fillsIn("EUR", "77.00").presses("Save");
      assertThat(branchCustomer.opensProduct(handle).prices(Currency.EUR).get(0))
          .isEqualTo("€77.00");

      clerk().opensOffice(handle).presses("Move picture 1 down");
      assertThat(branchCustomer.opensProduct(handle).pictures())
          .startsWith(pictures.get(1), pictures.get(0));

      assertThat(branchCustomer.opens("/").handles())
          .as("the branch has not filled the shelves again")
          .isEqualTo(customer().opens("/").handles());
    }
  }

  @AfterAll
  void endMemcached() {
    memcached.close();
  }
}
