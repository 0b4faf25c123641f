package io.identitycache.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identitycache.key.CacheKey;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import io.identitycache.testing.MemcachedServer;
import io.identitycache.testing.ScriptedServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when servers fail, each in its own way. */
class MemcachedFailureTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final Duration SLACK = Duration.ofMillis(800);
  private static final CacheKey KEY = new CacheKey("test:1:Product:abc:1");
  private static final List<CacheKey> MANY =
      IntStream.range(0, 100).mapToObj(i -> new CacheKey("test:1:Product:abc:" + i)).toList();

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  @DisplayName("BAK-07 A hung server is waited for three times, and used again when it answers")
  void aHungServer_isNotWaitedForAfterThreeTimeouts() {
    MemcachedServer server = server();
    MemcachedStore store = storeInReach(server.port());
    add(store, KEY, "a");
    server.freeze();
    for (int i = 0; i < ServerHealth.TIMEOUTS; i++) {
      assertThat(took(() -> assertUnreachable(store, KEY))).isBetween(TIMEOUT, TIMEOUT.plus(SLACK));
    }
    Duration hundredReads =
        took(
            () -> {
              for (int i = 0; i < 100; i++) {
                assertUnreachable(store, KEY);
              }
            });
    assertThat(hundredReads).isLessThan(TIMEOUT.multipliedBy(4));

    server.thaw();
    await().atMost(Duration.ofSeconds(5)).until(() -> holds(store, KEY, "a"));
    assertThat(add(store, MANY.get(7), "b")).isEqualTo(SwapOutcome.DONE);
  }

  @Test
  void ofManyThreads_oneTriesAHungServer() throws Exception {
    MemcachedServer server = server();
    MemcachedStore store = storeInReach(server.port());
    server.freeze();
    for (int i = 0; i < ServerHealth.TIMEOUTS; i++) {
      assertUnreachable(store, KEY);
    }
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<Duration>> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      readers.add(
          CompletableFuture.supplyAsync(
              () -> {
                await().until(() -> start.getCount() == 0);
                return took(() -> assertUnreachable(store, KEY));
              },
              task -> new Thread(task).start()));
    }
    start.countDown();
    long waiting =
        readers.stream().map(CompletableFuture::join).filter(t -> t.compareTo(TIMEOUT) > 0).count();
    assertThat(waiting).isLessThanOrEqualTo(1);
  }

  @Test
  void aHungServer_leavesDeletesUnconfirmed() {
    MemcachedServer server = server();
    MemcachedStore store = storeInReach(server.port());
    add(store, KEY, "a");
    server.freeze();
    assertThat(store.delete(List.of(KEY))).containsExactly(KEY);

    // it was sent, and happens late
    server.thaw();
    await().atMost(Duration.ofSeconds(5)).until(() -> server.rawGet(KEY.text()).isEmpty());
  }

  @Test
  void aKilledServer_failsAtOnce_andIsUsedAgainWhenItIsBack() {
    MemcachedServer server = server();
    MemcachedStore store = storeInReach(server.port());
    add(store, KEY, "a");
    server.kill();
    await().until(() -> took(() -> assertUnreachable(store, KEY)).toMillis() < 50);
    Duration hundred =
        took(
            () -> {
              for (int i = 0; i < 100; i++) {
                assertUnreachable(store, KEY);
                assertThat(add(store, KEY, "b")).isEqualTo(SwapOutcome.FAILED);
                assertThat(store.delete(List.of(KEY))).containsExactly(KEY);
              }
            });
    assertThat(hundred).isLessThan(SLACK);

    server.restart();
    await().atMost(Duration.ofSeconds(5)).until(() -> add(store, KEY, "c") == SwapOutcome.DONE);
    assertThat(holds(store, KEY, "c")).isTrue();
  }

  @Test
  void aServerThatIsAbsentAtTheStart_isUsedWhenItComes() {
    MemcachedServer server = server();
    server.kill();
    List<MemcachedStore> built = new ArrayList<>();
    assertThat(took(() -> built.add(store(server.port())))).isLessThan(Duration.ofSeconds(5));
    MemcachedStore store = built.get(0);
    assertUnreachable(store, KEY);

    server.restart();
    await().atMost(Duration.ofSeconds(5)).until(() -> add(store, KEY, "a") == SwapOutcome.DONE);
    assertThat(holds(store, KEY, "a")).isTrue();
  }

  @Test
  @DisplayName("BAK-08 Of two servers one is killed: it costs its own keys only")
  void oneOfTwoServersKilled_costsItsOwnKeysOnly() {
    oneOfTwoServers(MemcachedServer::kill);
  }

  @Test
  @DisplayName("BAK-08 Of two servers one hangs: it costs its own keys only")
  void oneOfTwoServersHung_costsItsOwnKeysOnly() {
    oneOfTwoServers(MemcachedServer::freeze);
  }

  private void oneOfTwoServers(Consumer<MemcachedServer> failure) {
    MemcachedServer sound = server();
    MemcachedServer dead = server();
    MemcachedStore store = storeInReach(sound.port(), dead.port());
    MANY.forEach(key -> assertThat(add(store, key, "a")).isEqualTo(SwapOutcome.DONE));
    Set<CacheKey> ofDead =
        MANY.stream()
            .filter(key -> dead.rawGet(key.text()).isPresent())
            .collect(Collectors.toSet());
    Set<CacheKey> ofSound = new HashSet<>(MANY);
    ofSound.removeAll(ofDead);
    assertThat(ofDead).hasSizeBetween(10, 90);

    failure.accept(dead);
    for (int i = 0; i < 2 * ServerHealth.TIMEOUTS; i++) {
      assertThat(
              took(
                  () -> {
                    StoreRead read = store.read(MANY);
                    assertThat(read.found()).containsOnlyKeys(ofSound);
                    assertThat(read.unreachable()).isEqualTo(ofDead);
                  }))
          .isLessThan(TIMEOUT.plus(SLACK));
    }
    Map<CacheKey, SwapOutcome> outcomes =
        store.swap(MANY.stream().map(k -> Swap.replace(k, bytes("a"), bytes("b"), LONG)).toList());
    outcomes.forEach(
        (key, outcome) ->
            assertThat(outcome)
                .isEqualTo(ofSound.contains(key) ? SwapOutcome.DONE : SwapOutcome.FAILED));
    assertThat(store.delete(MANY)).isEqualTo(ofDead);
    ofDead.forEach(key -> assertThat(add(store, key, "c")).isEqualTo(SwapOutcome.FAILED));
    MANY.forEach(key -> assertThat(sound.rawGet(key.text())).isEmpty());
  }

  @Test
  void aHungServer_doesNotDelayTheSwapsOfAnother() {
    MemcachedServer sound = server();
    MemcachedServer hung = server();
    MemcachedStore store = storeInReach(sound.port(), hung.port());
    MANY.forEach(key -> add(store, key, "a"));
    Set<CacheKey> ofSound =
        MANY.stream()
            .filter(key -> sound.rawGet(key.text()).isPresent())
            .collect(Collectors.toSet());
    hung.freeze();
    // the first of them waits for the hung server, and must not forget the second step meanwhile
    Map<CacheKey, SwapOutcome> outcomes =
        store.swap(MANY.stream().map(k -> Swap.replace(k, bytes("a"), bytes("b"), LONG)).toList());
    outcomes.forEach(
        (key, outcome) ->
            assertThat(outcome)
                .isEqualTo(ofSound.contains(key) ? SwapOutcome.DONE : SwapOutcome.FAILED));
  }

  @Test
  void aFillFromBeforeARestart_isRefused() {
    MemcachedServer server = server();
    MemcachedStore store = storeInReach(server.port());
    assertThat(add(store, KEY, "old lease")).isEqualTo(SwapOutcome.DONE);
    server.restart();
    await().atMost(Duration.ofSeconds(5)).until(() -> !unreachable(store, KEY));
    // the new server's CAS ids begin again, so this lease has the id of the old one
    server.rawPut(KEY.text(), bytes("new lease"));
    assertThat(swap(store, Swap.replace(KEY, bytes("old lease"), bytes("old value"), LONG)))
        .isEqualTo(SwapOutcome.REFUSED);
    assertThat(server.rawGet(KEY.text())).hasValue(bytes("new lease"));
  }

  @Test
  void aCompareAndSet_goesOverTheConnectionThatReadTheId_orNowhere() {
    MemcachedServer server = server();
    Servers servers =
        new Servers(List.of(new InetSocketAddress("127.0.0.1", server.port())), TIMEOUT);
    opened.add(servers::close);
    server.rawPut(KEY.text(), bytes("old lease"));
    Connection before = connection(servers);
    long cas = casOf(before);

    server.restart();
    await().atMost(Duration.ofSeconds(5)).until(() -> !before.isOpen());
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !servers.byConnection(List.of(KEY), key -> key).isEmpty());
    server.rawPut(KEY.text(), bytes("new lease"));
    Connection after = connection(servers);
    assertThat(casOf(after)).as("the id repeats").isEqualTo(cas);

    List<Object> answers = new ArrayList<>();
    Exchange exchange = new Exchange(TIMEOUT);
    exchange.send(
        before,
        before.compareAndSet(KEY, cas, bytes("old value"), 100),
        answer -> answers.add(answer.getResult()));
    exchange.await();
    assertThat(answers).isEmpty();
    assertThat(server.rawGet(KEY.text())).hasValue(bytes("new lease"));
  }

  private static Connection connection(Servers servers) {
    return servers.byConnection(List.of(KEY), key -> key).keySet().iterator().next();
  }

  private static long casOf(Connection connection) {
    List<Long> ids = new ArrayList<>();
    Exchange exchange = new Exchange(Duration.ofSeconds(5));
    exchange.send(
        connection,
        connection.gets(List.of(KEY)),
        answer -> ids.add(MemcachedStore.entriesOf(answer).get(KEY.text()).getCas()));
    exchange.await();
    return ids.get(0);
  }

  @Test
  void aServerThatTakesLess_saysTooLarge_andLosesTheOldContent() {
    MemcachedServer server = MemcachedServer.start("-I", "512k");
    opened.add(server);
    MemcachedStore store = store(server.port());
    byte[] large = new byte[600_000];
    assertThat(swap(store, Swap.add(KEY, large, LONG))).isEqualTo(SwapOutcome.TOO_LARGE);
    assertThat(server.rawGet(KEY.text())).isEmpty();

    add(store, KEY, "lease");
    assertThat(swap(store, Swap.replace(KEY, bytes("lease"), large, LONG)))
        .isEqualTo(SwapOutcome.TOO_LARGE);
    assertThat(server.rawGet(KEY.text())).isEmpty();
  }

  @Test
  void whatAServerHasRefusedAsTooLarge_isNotSentToItAgain_untilItRestarts() {
    MemcachedServer server = MemcachedServer.start("-I", "512k");
    opened.add(server);
    MemcachedStore store = store(server.port());
    byte[] large = new byte[600_000];
    assertThat(swap(store, Swap.add(KEY, large, LONG))).isEqualTo(SwapOutcome.TOO_LARGE);

    long received = received(server);
    for (int i = 0; i < 5; i++) {
      assertThat(swap(store, Swap.add(KEY, large, LONG))).isEqualTo(SwapOutcome.TOO_LARGE);
      add(store, KEY, "lease");
      assertThat(swap(store, Swap.replace(KEY, bytes("lease"), new byte[700_000], LONG)))
          .isEqualTo(SwapOutcome.TOO_LARGE);
      assertThat(server.rawGet(KEY.text())).isEmpty();
    }
    assertThat(received(server) - received).isLessThan(10_000);
    assertThat(swap(store, Swap.add(KEY, new byte[400_000], LONG))).isEqualTo(SwapOutcome.DONE);

    server.restart();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(swap(store, Swap.add(KEY, large, LONG)))
                    .isEqualTo(SwapOutcome.TOO_LARGE));
    assertThat(received(server)).as("tried anew").isGreaterThan(600_000);
  }

  private static long received(MemcachedServer server) {
    return Long.parseLong(server.stat("bytes_read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SERVER_ERROR out of memory storing object\r\n",
        "SERVER_ERROR\r\n",
        "CLIENT_ERROR bad data chunk\r\n",
        "ERROR\r\n",
        "What do you mean?\r\n",
        "\r\n",
        "VALUE\r\n",
        "VALUE test:1:Product:abc:1 0 x y\r\n",
        "VALUE test:1:Product:abc:1 0 5 7\r\nab",
        "S",
        "E",
        "VALUE test:1:Product:abc:1 0 5",
        "S" + ScriptedServer.HANG_UP,
        "VALUE test:1:Product:abc:1 0 5 7\r\nab" + ScriptedServer.HANG_UP,
        ScriptedServer.HANG_UP,
        ScriptedServer.SILENCE,
      })
  void aWrongAnswer_isAFailureInTime(String answer) {
    failsInTime(answer, store -> assertUnreachable(store, KEY));
    for (Swap swap :
        List.of(
            Swap.add(KEY, bytes("a"), LONG),
            Swap.replace(KEY, bytes("a"), bytes("b"), LONG),
            Swap.remove(KEY, bytes("a")))) {
      failsInTime(answer, store -> assertThat(swap(store, swap)).isEqualTo(SwapOutcome.FAILED));
    }
    failsInTime(answer, store -> assertThat(store.delete(List.of(KEY))).containsExactly(KEY));
  }

  private void failsInTime(String answer, Consumer<MemcachedStore> operation) {
    ScriptedServer server = ScriptedServer.start();
    opened.add(server);
    MemcachedStore store = store(server.port());
    soon().until(() -> !unreachable(server, store));
    int before = server.commands().size();
    for (String command : List.of("get", "gets", "add", "delete")) {
      server.answer(command, answer);
    }
    assertThat(took(() -> operation.accept(store))).isLessThan(TIMEOUT.plus(SLACK));
    // on a busy machine the server may hear of it after the time is over
    soon().until(() -> server.commands().size() == before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SERVER_ERROR out of memory storing object\r\n",
        "ERROR\r\n",
        "What do you mean?\r\n",
        "S" + ScriptedServer.HANG_UP,
        ScriptedServer.SILENCE,
      })
  void aWrongAnswerToTheClosingStep_isAFailureInTime(String answer) {
    ScriptedServer server = ScriptedServer.start();
    opened.add(server);
    server.answer("gets", "VALUE " + KEY + " 0 1 7\r\na\r\nEND\r\n");
    server.answer("cas", answer);
    MemcachedStore store = store(server.port());
    for (Swap swap :
        List.of(Swap.replace(KEY, bytes("a"), bytes("b"), LONG), Swap.remove(KEY, bytes("a")))) {
      List<SwapOutcome> outcomes = new ArrayList<>();
      assertThat(took(() -> outcomes.add(swap(store, swap)))).isLessThan(TIMEOUT.plus(SLACK));
      assertThat(outcomes).containsExactly(SwapOutcome.FAILED);
      await().until(() -> !unreachable(server, store));
    }
    assertThat(server.commands()).contains("gets", "cas");
  }

  /** For what is so at once, as a rule. */
  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  private static boolean unreachable(ScriptedServer server, MemcachedStore store) {
    server.answer("get", "END\r\n");
    return unreachable(store, KEY);
  }

  @Test
  void anErrorOfTheServer_leavesTheConnectionInStep() {
    ScriptedServer server = ScriptedServer.start();
    opened.add(server);
    MemcachedStore store = store(server.port());
    server.answer("add", "SERVER_ERROR out of memory storing object\r\n");
    server.answer("get", "VALUE " + KEY + " 0 1\r\na\r\nEND\r\n");
    for (int i = 0; i < 10; i++) {
      assertThat(add(store, KEY, "b")).isEqualTo(SwapOutcome.FAILED);
      assertThat(holds(store, KEY, "a")).isTrue();
    }
  }

  @Test
  void anInterruptedThread_staysInterrupted_andItsBatchIsSent() {
    MemcachedServer server = server();
    MemcachedStore store = storeInReach(server.port());
    add(store, KEY, "a");
    Thread.currentThread().interrupt();
    try {
      assertUnreachable(store, KEY);
      assertThat(add(store, MANY.get(9), "b")).isEqualTo(SwapOutcome.FAILED);
      assertThat(store.delete(List.of(KEY))).containsExactly(KEY);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    await().until(() -> server.rawGet(KEY.text()).isEmpty());
  }

  @Test
  @DisplayName("BAK-19 Closing takes two seconds at most with a hung server, and leaves no threads")
  void close_withAHungServer_isQuickAndLeavesNoThreads() {
    Set<Thread> before = clientThreads();
    MemcachedServer server = server();
    MemcachedServer other = server();
    MemcachedStore store = store(server.port(), other.port());
    add(store, KEY, "a");
    assertThat(clientThreads()).hasSizeGreaterThan(before.size());
    server.freeze();
    other.kill();
    store.read(MANY);
    assertThat(took(store::close)).isLessThan(Duration.ofSeconds(2));
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(before).containsAll(clientThreads()));
    assertUnreachable(store, KEY);
  }

  private static Set<Thread> clientThreads() {
    Predicate<Thread> ofClient =
        thread ->
            thread.getName().toLowerCase(Locale.ROOT).contains("memcached")
                || thread.getName().startsWith("Heal-Session")
                || Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().startsWith("net.rubyeye"));
    return Thread.getAllStackTraces().keySet().stream()
        .filter(ofClient)
        .collect(Collectors.toSet());
  }

  @Test
  void settingsThatCannotWork_areRefused() {
    assertThatThrownBy(() -> new MemcachedStore(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("At least one");
    assertThatThrownBy(
            () -> new MemcachedStore(List.of(InetSocketAddress.createUnresolved("nowhere", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere:1");
    assertThatThrownBy(
            () ->
                new MemcachedStore(
                    List.of(new InetSocketAddress("127.0.0.1", 11211)), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operationTimeout");
  }

  private MemcachedServer server() {
    MemcachedServer server = MemcachedServer.start();
    opened.add(server);
    return server;
  }

  /** Over servers that are there: on a busy machine the client connects late. */
  private MemcachedStore storeInReach(int... ports) {
    MemcachedStore store = store(ports);
    soon().until(() -> store.read(MANY).unreachable().isEmpty());
    return store;
  }

  private MemcachedStore store(int... ports) {
    MemcachedStore store =
        new MemcachedStore(
            Arrays.stream(ports).mapToObj(p -> new InetSocketAddress("127.0.0.1", p)).toList(),
            TIMEOUT);
    opened.add(0, store);
    return store;
  }

  private static SwapOutcome add(MemcachedStore store, CacheKey key, String text) {
    return swap(store, Swap.add(key, bytes(text), LONG));
  }

  private static SwapOutcome swap(MemcachedStore store, Swap swap) {
    return store.swap(List.of(swap)).get(swap.key());
  }

  private static boolean holds(MemcachedStore store, CacheKey key, String text) {
    return Arrays.equals(store.read(List.of(key)).found().get(key), bytes(text));
  }

  private static boolean unreachable(MemcachedStore store, CacheKey key) {
    return store.read(List.of(key)).unreachable().contains(key);
  }

  private static void assertUnreachable(MemcachedStore store, CacheKey key) {
    StoreRead read = store.read(List.of(key));
    assertThat(read.unreachable()).containsExactly(key);
    assertThat(read.found()).isEmpty();
  }

  private static Duration took(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
