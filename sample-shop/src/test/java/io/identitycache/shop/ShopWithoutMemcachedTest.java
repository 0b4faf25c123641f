package io.identitycache.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identitycache.shop.ShopSettings.DatabaseAddress;
import io.identitycache.testing.MemcachedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;

/** The shop while memcached comes and goes: its pages stay right, and it warms up again. */
final class ShopWithoutMemcachedTest {

  private static final int CUSTOMERS = 3;
  private static final int VISITS = 40;
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void memcachedMissingAtStart_pagesAreRight_andTheCacheIsUsedOnceItIsThere() {
    try (MemcachedServer memcached = MemcachedServer.start()) {
      memcached.kill();
      try (SampleShop shop = open(memcached);
          Visitor customer = new Visitor(shop);
          Visitor clerk = new Visitor(shop)) {
        String handle = customer.opens("/").handles().get(0);
        for (int price = 10; price < 15; price++) {
          sells(clerk, handle, price);
          assertThat(firstPrice(customer.opensProduct(handle))).isEqualTo("€" + price + ".00");
        }

        memcached.restart();

        awaitWarm(customer, handle);
        assertThat(firstPrice(customer.opensProduct(handle))).isEqualTo("€14.00");
        sells(clerk, handle, 99);
        assertThat(firstPrice(customer.opensProduct(handle))).isEqualTo("€99.00");
      }
    }
  }

  @Test
  void memcachedKilledUnderLoad_everyPageIsRight_andTheCacheIsUsedAgain() throws Exception {
    try (MemcachedServer memcached = MemcachedServer.start();
        SampleShop shop = open(memcached)) {
      List<Offer> offers = offers(shop);
      // Half-way through each act everybody meets; what happens to memcached then, happens under
      // the visits of the other half.
      Phaser acts = new Phaser(CUSTOMERS + 1);
      ExecutorService town = Executors.newFixedThreadPool(CUSTOMERS);
      try {
        List<Future<?>> visits = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
          String own = offers.get(i).handle();
          List<Offer> others = offers.subList(CUSTOMERS, offers.size());
          visits.add(town.submit(() -> liveThrough(shop, own, others, acts)));
        }
        acts.arriveAndAwaitAdvance();
        memcached.kill();
        acts.arriveAndAwaitAdvance();
        memcached.restart();
        acts.arriveAndDeregister();
        for (Future<?> visit : visits) {
          finished(visit);
        }
      } finally {
        town.shutdownNow();
      }
      try (Visitor customer = new Visitor(shop)) {
        for (Offer offer : offers) {
          awaitWarm(customer, offer.handle());
        }
      }
    }
  }

  /** Sells a product of one's own at ever higher prices, and looks at everybody's. */
  private static void liveThrough(SampleShop shop, String own, List<Offer> others, Phaser acts) {
    try (Visitor visitor = new Visitor(shop)) {
      int price = 1;
      for (int act = 0; act < 3; act++) {
        for (int visit = 0; visit < VISITS; visit++) {
          if (visit == VISITS / 2) {
            acts.arriveAndAwaitAdvance();
          }
          if (visit % 5 == 0) {
            sells(visitor, own, ++price);
          }
          if (price > 1) {
            assertThat(firstPrice(visitor.opensProduct(own))).isEqualTo("€" + price + ".00");
          }
          Offer other = others.get(visit % others.size());
          ShopPage page = visitor.opensProduct(other.handle());
          assertThat(new Offer(other.handle(), page.heading(), page.price())).isEqualTo(other);
        }
      }
    } finally {
      acts.arriveAndDeregister();
    }
  }

  private static List<Offer> offers(SampleShop shop) {
    try (Visitor customer = new Visitor(shop)) {
      ShopPage list = customer.opens("/");
      List<Offer> offers = new ArrayList<>();
      for (int i = 0; i < list.handles().size(); i++) {
        offers.add(
            new Offer(
                list.handles().get(i), list.titles().get(i), list.texts(".card .price").get(i)));
      }
      return offers;
    }
  }

  private static void sells(Visitor clerk, String handle, int price) {
    ShopPage saved = clerk.opensPrices(handle).fillsIn("EUR", price + ".00").presses("Save");
    assertThat(saved.notice()).startsWith("Saved.");
  }

  private static String firstPrice(ShopPage product) {
    return product.prices(Currency.EUR).get(0);
  }

  private static void awaitWarm(Visitor customer, String handle) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              ShopPage page = customer.opensProduct(handle);
              assertThat(page.misses()).isZero();
              assertThat(page.statements()).isZero();
            });
  }

  private static void finished(Future<?> visit) throws InterruptedException {
    try {
      visit.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a customer saw what should not be", e.getCause());
    }
  }

  private static SampleShop open(MemcachedServer memcached) {
    return SampleShop.open(
        new ShopSettings(0, 200, Optional.of(memcached.address()), DatabaseAddress.inMemory()));
  }

  private record Offer(String handle, String title, String price) {}
}
