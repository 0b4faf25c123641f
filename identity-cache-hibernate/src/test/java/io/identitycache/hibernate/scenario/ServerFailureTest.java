package io.identitycache.hibernate.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identitycache.entry.CacheEntry;
import io.identitycache.entry.LeaseToken;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.memcached.MemcachedStore;
import io.identitycache.testing.MemcachedServer;
import io.identitycache.testing.MeteredStore;
import io.identitycache.testing.ScriptedServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Servers that fail, each in its own way, under an application that fetches. */
class ServerFailureTest {

  @Test
  @DisplayName("BAK-04 refusal, garbage, half a line, SERVER_ERROR, silence at any step")
  void nonsense_theDatabaseAnswers() {
    try (ScriptedServer server = ScriptedServer.start();
        MeteredStore store = store(server.port());
        TestApplication shop = application(store)) {
      ProductRepository products = shop.repository(ProductRepository.class);
      server.answer("delete", "DELETED\r\n");
      Long teapot = teapotIn(shop);
      products.fetchById(teapot);
      String held = answerWithALease(store.operations().get(0).keys().get(0));
      // what costs the connection takes a second to recover from, so each is tried at two steps
      // only
      Map<String, List<String>> stepsByNonsense =
          Map.of(
              "SERVER_ERROR out of memory\r\n",
              List.of("get", "add", "gets", "takeover"),
              "CLIENT_ERROR bad data chunk\r\n",
              List.of("get", "add", "gets", "takeover"),
              "What do you mean?\r\n",
              List.of("get", "gets"),
              "STO" + ScriptedServer.HANG_UP,
              List.of("add", "takeover"),
              ScriptedServer.HANG_UP,
              List.of("add", "gets"),
              ScriptedServer.SILENCE,
              List.of("takeover"));
      for (String nonsense : stepsByNonsense.keySet()) {
        for (String step : stepsByNonsense.get(nonsense)) {
          server.answer("get", "END\r\n");
          server.answer("add", "STORED\r\n");
          server.answer("gets", "END\r\n");
          await()
              .atMost(Duration.ofSeconds(10))
              .until(
                  () -> {
                    int before = server.commands().size();
                    products.fetchById(-1L);
                    List<String> commands = server.commands();
                    return commands.subList(before, commands.size()).contains("gets");
                  });
          if (step.equals("takeover")) {
            server.answer("get", held);
            server.answer("gets", nonsense);
          } else {
            server.answer(step, nonsense);
          }
          shop.reset();

          assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
          assertThat(shop.queries()).isEqualTo(1);
          assertThat(shop.count(Kind.FILL)).isZero();
        }
      }
    }
  }

  @Test
  @DisplayName("BAK-08 of two servers one is down: the other's keys are hits, in one batch too")
  void oneOfTwoServersIsDown_theOthersKeysAreHits() {
    try (MemcachedServer sound = MemcachedServer.start();
        MemcachedServer dead = MemcachedServer.start();
        MeteredStore store = store(sound.port(), dead.port());
        TestApplication shop = application(store)) {
      ProductRepository products = shop.repository(ProductRepository.class);
      List<Long> ids =
          shop.fromTransaction(
              session -> {
                List<Long> all = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                  Product product = new Product("product" + i, "Berta", "kitchen");
                  session.persist(product);
                  all.add(product.id);
                }
                return all;
              });
      products.fetchMulti(ids);
      shop.reset();
      assertThat(products.fetchMulti(ids)).hasSize(40);
      assertThat(shop.queries()).isZero();
      int onSound = Integer.parseInt(sound.stat("curr_items"));
      assertThat(onSound).isBetween(1, 39);

      dead.kill();
      shop.reset();
      assertThat(products.fetchMulti(ids))
          .extracting(product -> product.id)
          .containsExactlyElementsOf(ids);
      assertThat(shop.queries()).isEqualTo(1);
      assertThat(shop.count(Kind.HIT)).isEqualTo(onSound);
      assertThat(shop.count(Kind.FILL)).isZero();
      shop.reset();

      ids.forEach(id -> assertThat(products.fetch(id).id).isEqualTo(id));
      assertThat(shop.count(Kind.HIT)).isEqualTo(onSound);
      assertThat(shop.queries()).isEqualTo(40 - onSound);
      assertThat(sound.stat("curr_items")).isEqualTo(String.valueOf(onSound));
    }
  }

  private static MeteredStore store(int... ports) {
    return new MeteredStore(
        new MemcachedStore(
            Arrays.stream(ports).mapToObj(p -> new InetSocketAddress("127.0.0.1", p)).toList()));
  }

  private static TestApplication application(MeteredStore store) {
    return TestApplication.of(StoreKind.IN_PROCESS, Product.class, Shop.class)
        .with("hibernate.identity_cache.store", store)
        .with("hibernate.identity_cache.lease_wait", "20ms")
        .start();
  }

  private static Long teapotIn(TestApplication shop) {
    return shop.fromTransaction(
        session -> {
          Product product = new Product("teapot", "Berta", "kitchen");
          session.persist(product);
          return product.id;
        });
  }

  /** What a server would say that holds another process's lease under the row's key. */
  private static String answerWithALease(CacheKey key) {
    byte[] lease = new CacheEntry.Lease(new LeaseToken(-1, -1)).encode(key);
    String text = new String(lease, ISO_8859_1);
    return "VALUE " + key + " 0 " + lease.length + "\r\n" + text + "\r\nEND\r\n";
  }
}
