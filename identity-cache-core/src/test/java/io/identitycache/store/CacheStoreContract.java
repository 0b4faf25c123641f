package io.identitycache.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.key.CacheKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link CacheStore} promises. A subclass brings the store, empty for each test. */
public abstract class CacheStoreContract {

  private static final Duration LONG = Duration.ofHours(1);
  private static final CacheKey KEY = new CacheKey("test:1:Product:abc:1");

  /** The store under test. */
  protected abstract CacheStore store();

  /** The number of bytes from which on the store refuses a value. */
  protected abstract int tooLarge();

  /** Lets time pass, as the store sees it. */
  protected abstract void pass(Duration time) throws Exception;

  @Test
  void emptyBatches_doNothing() {
    assertThat(store().read(List.of()).found()).isEmpty();
    assertThat(store().read(List.of()).unreachable()).isEmpty();
    assertThat(store().swap(List.of())).isEmpty();
    assertThat(store().delete(List.of())).isEmpty();
  }

  @Test
  void read_ofNothing_findsNothing() {
    assertThat(store().read(List.of(KEY)).found()).isEmpty();
    assertThat(store().read(List.of(KEY)).unreachable()).isEmpty();
  }

  @Test
  void read_ofTheSameKeyTwice_findsItOnce() {
    swap(Swap.add(KEY, bytes("a"), LONG));
    assertThat(store().read(List.of(KEY, KEY)).found()).containsOnlyKeys(KEY);
  }

  @Test
  void add_storesWhereThereIsNothing() {
    assertThat(swap(Swap.add(KEY, bytes("a"), LONG))).isEqualTo(SwapOutcome.DONE);
    assertHolds(KEY, bytes("a"));
  }

  @Test
  void add_overSomething_isRefused() {
    swap(Swap.add(KEY, bytes("a"), LONG));
    assertThat(swap(Swap.add(KEY, bytes("b"), LONG))).isEqualTo(SwapOutcome.REFUSED);
    assertThat(swap(Swap.add(KEY, bytes("a"), LONG))).isEqualTo(SwapOutcome.REFUSED);
    assertHolds(KEY, bytes("a"));
  }

  @Test
  void replace_ofTheExpectedBytes_isDone() {
    swap(Swap.add(KEY, bytes("lease"), LONG));
    assertThat(swap(Swap.replace(KEY, bytes("lease"), bytes("value"), LONG)))
        .isEqualTo(SwapOutcome.DONE);
    assertHolds(KEY, bytes("value"));
  }

  @Test
  void replace_ofOtherBytes_isRefused() {
    swap(Swap.add(KEY, bytes("lease"), LONG));
    for (String other : List.of("leasf", "leas", "lease ", "l", "")) {
      assertThat(swap(Swap.replace(KEY, bytes(other), bytes("value"), LONG)))
          .as("expecting \"%s\"", other)
          .isEqualTo(SwapOutcome.REFUSED);
    }
    assertHolds(KEY, bytes("lease"));
  }

  @Test
  void replace_ofNothing_isRefused() {
    assertThat(swap(Swap.replace(KEY, bytes("lease"), bytes("value"), LONG)))
        .isEqualTo(SwapOutcome.REFUSED);
    assertHoldsNothing(KEY);
  }

  @Test
  void remove_ofTheExpectedBytes_leavesNothing() {
    swap(Swap.add(KEY, bytes("lease"), LONG));
    assertThat(swap(Swap.remove(KEY, bytes("lease")))).isEqualTo(SwapOutcome.DONE);
    assertHoldsNothing(KEY);
    assertThat(swap(Swap.add(KEY, bytes("next"), LONG))).isEqualTo(SwapOutcome.DONE);
  }

  @Test
  void remove_ofOtherBytes_isRefused() {
    swap(Swap.add(KEY, bytes("lease"), LONG));
    assertThat(swap(Swap.remove(KEY, bytes("another")))).isEqualTo(SwapOutcome.REFUSED);
    assertHolds(KEY, bytes("lease"));
  }

  @Test
  void remove_ofNothing_isRefused() {
    assertThat(swap(Swap.remove(KEY, bytes("lease")))).isEqualTo(SwapOutcome.REFUSED);
  }

  @Test
  void delete_removesWhateverIsThere() {
    swap(Swap.add(KEY, bytes("lease"), LONG));
    assertThat(store().delete(List.of(KEY, key(2)))).isEmpty();
    assertHoldsNothing(KEY);
    assertThat(swap(Swap.add(KEY, bytes("next"), LONG))).isEqualTo(SwapOutcome.DONE);
  }

  @Test
  void delete_ofALease_refusesItsFill() {
    swap(Swap.add(KEY, bytes("lease"), LONG));
    store().delete(List.of(KEY));
    assertThat(swap(Swap.replace(KEY, bytes("lease"), bytes("value"), LONG)))
        .isEqualTo(SwapOutcome.REFUSED);
    assertHoldsNothing(KEY);
  }

  @Test
  void aLeaseThatWasTakenOver_refusesItsFill() {
    swap(Swap.add(KEY, bytes("first"), LONG));
    swap(Swap.replace(KEY, bytes("first"), bytes("second"), LONG));
    assertThat(swap(Swap.replace(KEY, bytes("first"), bytes("old"), LONG)))
        .isEqualTo(SwapOutcome.REFUSED);
    assertThat(swap(Swap.replace(KEY, bytes("second"), bytes("new"), LONG)))
        .isEqualTo(SwapOutcome.DONE);
    assertHolds(KEY, bytes("new"));
  }

  @Test
  void aBatchOfAllKinds_answersForEachKey() {
    swap(Swap.add(key(2), bytes("b"), LONG));
    swap(Swap.add(key(3), bytes("c"), LONG));
    swap(Swap.add(key(4), bytes("d"), LONG));
    Map<CacheKey, SwapOutcome> outcomes =
        store()
            .swap(
                List.of(
                    Swap.add(key(1), bytes("A"), LONG),
                    Swap.replace(key(2), bytes("b"), bytes("B"), LONG),
                    Swap.remove(key(3), bytes("c")),
                    Swap.add(key(4), bytes("D"), LONG),
                    Swap.remove(key(5), bytes("e"))));
    assertThat(outcomes)
        .isEqualTo(
            Map.of(
                key(1), SwapOutcome.DONE,
                key(2), SwapOutcome.DONE,
                key(3), SwapOutcome.DONE,
                key(4), SwapOutcome.REFUSED,
                key(5), SwapOutcome.REFUSED));
    assertHolds(key(1), bytes("A"));
    assertHolds(key(2), bytes("B"));
    assertHoldsNothing(key(3));
    assertHolds(key(4), bytes("d"));
  }

  @Test
  void batchesOfTwoThousandKeys_work() {
    List<CacheKey> keys = IntStream.range(0, 2000).mapToObj(CacheStoreContract::key).toList();
    assertThat(
            store().swap(keys.stream().map(k -> Swap.add(k, bytes("lease " + k), LONG)).toList()))
        .hasSize(2000)
        .allSatisfy((key, outcome) -> assertThat(outcome).isEqualTo(SwapOutcome.DONE));
    assertThat(
            store()
                .swap(
                    keys.stream()
                        .map(k -> Swap.replace(k, bytes("lease " + k), bytes("value " + k), LONG))
                        .toList()))
        .hasSize(2000)
        .allSatisfy((key, outcome) -> assertThat(outcome).isEqualTo(SwapOutcome.DONE));
    assertThat(store().read(keys).found())
        .hasSize(2000)
        .allSatisfy((key, found) -> assertThat(found).isEqualTo(bytes("value " + key)));
    assertThat(store().delete(keys)).isEmpty();
    assertThat(store().read(keys).found()).isEmpty();
  }

  @Test
  void anyBytes_areKeptAsTheyAre() {
    byte[] all = new byte[256];
    IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
    byte[] protocol = bytes("\r\nEND\r\nVALUE x 0 0\r\n\r\n");
    swap(Swap.add(key(1), all, LONG));
    swap(Swap.add(key(2), protocol, LONG));
    assertHolds(key(1), all);
    assertHolds(key(2), protocol);
    assertThat(swap(Swap.replace(key(2), protocol, all, LONG))).isEqualTo(SwapOutcome.DONE);
    assertHolds(key(2), all);
  }

  @Test
  void keysOfTheGreatestLength_work() {
    CacheKey first = new CacheKey("k".repeat(CacheKey.MAXIMUM_LENGTH - 1) + "1");
    CacheKey second = new CacheKey("k".repeat(CacheKey.MAXIMUM_LENGTH - 1) + "2");
    swap(Swap.add(first, bytes("a"), LONG));
    swap(Swap.add(second, bytes("b"), LONG));
    assertHolds(first, bytes("a"));
    assertThat(swap(Swap.replace(second, bytes("b"), bytes("c"), LONG)))
        .isEqualTo(SwapOutcome.DONE);
    assertThat(store().delete(List.of(first))).isEmpty();
    assertHoldsNothing(first);
    assertHolds(second, bytes("c"));
  }

  @Test
  void valuesOfHalfAMegabyte_work() {
    byte[] large = new byte[500_000];
    new Random(1).nextBytes(large);
    swap(Swap.add(KEY, bytes("lease"), LONG));
    assertThat(swap(Swap.replace(KEY, bytes("lease"), large, LONG))).isEqualTo(SwapOutcome.DONE);
    assertHolds(KEY, large);
    assertThat(swap(Swap.replace(KEY, large, bytes("small"), LONG))).isEqualTo(SwapOutcome.DONE);
    assertHolds(KEY, bytes("small"));
  }

  @Test
  void aTooLargeAdd_leavesNothing() {
    assertThat(swap(Swap.add(KEY, new byte[tooLarge()], LONG))).isEqualTo(SwapOutcome.TOO_LARGE);
    assertHoldsNothing(KEY);
  }

  @Test
  void aTooLargeReplacement_removesWhatItWouldHaveReplaced() {
    swap(Swap.add(KEY, bytes("lease"), LONG));
    assertThat(swap(Swap.replace(KEY, bytes("lease"), new byte[tooLarge()], LONG)))
        .isEqualTo(SwapOutcome.TOO_LARGE);
    assertHoldsNothing(KEY);
  }

  @Test
  void aTooLargeReplacementOfOtherBytes_isRefused() {
    swap(Swap.add(KEY, bytes("newer"), LONG));
    assertThat(swap(Swap.replace(KEY, bytes("lease"), new byte[tooLarge()], LONG)))
        .isEqualTo(SwapOutcome.REFUSED);
    assertHolds(KEY, bytes("newer"));
  }

  @Test
  void aTooLargeValue_doesNotDisturbItsBatch() {
    Map<CacheKey, SwapOutcome> outcomes =
        store()
            .swap(
                List.of(
                    Swap.add(key(1), bytes("a"), LONG),
                    Swap.add(key(2), new byte[tooLarge()], LONG),
                    Swap.add(key(3), bytes("c"), LONG)));
    assertThat(outcomes)
        .isEqualTo(
            Map.of(
                key(1), SwapOutcome.DONE,
                key(2), SwapOutcome.TOO_LARGE,
                key(3), SwapOutcome.DONE));
    assertHolds(key(1), bytes("a"));
    assertHolds(key(3), bytes("c"));
  }

  @Test
  void entriesEnd_whenTheirTimeToLiveHasPassed() throws Exception {
    swap(Swap.add(key(1), bytes("a"), Duration.ofSeconds(2)));
    swap(Swap.add(key(2), bytes("b"), LONG));
    assertHolds(key(1), bytes("a"));
    pass(Duration.ofMillis(2100));
    assertHoldsNothing(key(1));
    assertHolds(key(2), bytes("b"));
    assertThat(swap(Swap.add(key(1), bytes("next"), LONG))).isEqualTo(SwapOutcome.DONE);
  }

  @Test
  void aReplacement_hasItsOwnTimeToLive() throws Exception {
    swap(Swap.add(key(1), bytes("lease"), Duration.ofSeconds(2)));
    swap(Swap.replace(key(1), bytes("lease"), bytes("value"), LONG));
    pass(Duration.ofMillis(2100));
    assertHolds(key(1), bytes("value"));
  }

  @Test
  @DisplayName("BAK-16 A time to live of 60 days still gives hits")
  void timesToLiveOfManyDays_work() {
    for (int days : new int[] {29, 30, 31, 60, 4000}) {
      CacheKey key = key(days);
      assertThat(swap(Swap.add(key, bytes("a"), Duration.ofDays(days))))
          .isEqualTo(SwapOutcome.DONE);
      assertHolds(key, bytes("a"));
      assertThat(swap(Swap.replace(key, bytes("a"), bytes("b"), Duration.ofDays(days))))
          .isEqualTo(SwapOutcome.DONE);
      assertHolds(key, bytes("b"));
    }
  }

  @Test
  void ofConcurrentAdds_oneWins() throws Exception {
    assertThat(winners(n -> Swap.add(KEY, bytes("lease " + n), LONG))).isEqualTo(1);
  }

  @Test
  void ofConcurrentReplacements_oneWins() throws Exception {
    swap(Swap.add(KEY, bytes("start"), LONG));
    assertThat(winners(n -> Swap.replace(KEY, bytes("start"), bytes("value " + n), LONG)))
        .isEqualTo(1);
  }

  @Test
  void ofConcurrentRemovals_oneWins() throws Exception {
    swap(Swap.add(KEY, bytes("start"), LONG));
    assertThat(winners(n -> Swap.remove(KEY, bytes("start")))).isEqualTo(1);
    assertHoldsNothing(KEY);
  }

  @Test
  void bytes_areNotShared() {
    byte[] given = bytes("abc");
    swap(Swap.add(KEY, given, LONG));
    Arrays.fill(given, (byte) 'x');
    byte[] read = store().read(List.of(KEY)).found().get(KEY);
    assertThat(read).isEqualTo(bytes("abc"));
    Arrays.fill(read, (byte) 'x');
    assertHolds(KEY, bytes("abc"));
  }

  @Test
  void close_twice_isHarmless() {
    store().close();
    store().close();
    assertThat(store().read(List.of(KEY)).found()).isEmpty();
  }

  private long winners(java.util.function.IntFunction<Swap> contender) throws Exception {
    int threads = 16;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<SwapOutcome>> contenders = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Swap swap = contender.apply(i);
        contenders.add(
            executor.submit(
                () -> {
                  start.await();
                  return swap(swap);
                }));
      }
      long winners = 0;
      Set<SwapOutcome> outcomes = new HashSet<>();
      for (Future<SwapOutcome> each : contenders) {
        outcomes.add(each.get());
        winners += each.get() == SwapOutcome.DONE ? 1 : 0;
      }
      assertThat(outcomes).isSubsetOf(SwapOutcome.DONE, SwapOutcome.REFUSED);
      return winners;
    } finally {
      executor.shutdownNow();
    }
  }

  private SwapOutcome swap(Swap swap) {
    Map<CacheKey, SwapOutcome> outcomes = store().swap(List.of(swap));
    assertThat(outcomes).containsOnlyKeys(swap.key());
    return outcomes.get(swap.key());
  }

  private void assertHolds(CacheKey key, byte[] bytes) {
    StoreRead read = store().read(List.of(key));
    assertThat(read.unreachable()).isEmpty();
    assertThat(read.found()).containsOnlyKeys(key);
    assertThat(read.found().get(key)).isEqualTo(bytes);
  }

  private void assertHoldsNothing(CacheKey key) {
    StoreRead read = store().read(List.of(key));
    assertThat(read.unreachable()).isEmpty();
    assertThat(read.found()).isEmpty();
  }

  private static CacheKey key(int number) {
    return new CacheKey("test:1:Product:abc:" + number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
