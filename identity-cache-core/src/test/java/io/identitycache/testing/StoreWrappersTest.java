package io.identitycache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.key.CacheKey;
import io.identitycache.store.InProcessStore;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import io.identitycache.testing.FailingStore.Stop;
import io.identitycache.testing.MeteredStore.Kind;
import io.identitycache.testing.MeteredStore.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StoreWrappersTest {

  private static final CacheKey KEY = new CacheKey("key");
  private static final CacheKey OTHER = new CacheKey("other");
  private static final Swap ADD = Swap.add(KEY, new byte[] {1}, Duration.ofHours(1));

  private final List<String> journal = new ArrayList<>();
  private final InProcessStore inProcess = new InProcessStore(1_000_000);
  private final FailingStore failing = new FailingStore(inProcess);
  private final MeteredStore store = new MeteredStore(failing, journal::add);

  @Test
  void operations_areNotedInOrder() {
    store.read(List.of(KEY, OTHER));
    store.swap(List.of(ADD));
    store.delete(List.of(OTHER));
    assertThat(store.operations())
        .containsExactly(
            new Operation(Kind.READ, List.of(KEY, OTHER)),
            new Operation(Kind.SWAP, List.of(KEY)),
            new Operation(Kind.DELETE, List.of(OTHER)));
    assertThat(journal).containsExactly("READ [key, other]", "SWAP [key]", "DELETE [other]");
    assertThat(store.count()).isEqualTo(3);
    assertThat(store.count(Kind.READ)).isEqualTo(1);

    store.reset();
    assertThat(store.operations()).isEmpty();
  }

  @Test
  void failNext_failsOnceWithoutMakingTheOperation() {
    failing.failNext(Kind.SWAP);
    assertThat(store.swap(List.of(ADD))).isEqualTo(Map.of(KEY, SwapOutcome.FAILED));
    assertThat(inProcess.read(List.of(KEY)).found()).isEmpty();
    assertThat(store.swap(List.of(ADD))).isEqualTo(Map.of(KEY, SwapOutcome.DONE));
  }

  @Test
  void failAll_failsUntilRecovery() {
    store.swap(List.of(ADD));
    failing.failAll();
    assertThat(store.read(List.of(KEY)).unreachable()).containsExactly(KEY);
    assertThat(store.read(List.of(KEY)).found()).isEmpty();
    assertThat(store.delete(List.of(KEY))).containsExactly(KEY);

    failing.recover();
    assertThat(store.read(List.of(KEY)).found()).containsOnlyKeys(KEY);
  }

  @Test
  void stopBefore_holdsTheOperationBeforeItIsMade() {
    Stop stop = failing.stopBefore(Kind.SWAP);
    var swapping = CompletableFuture.supplyAsync(() -> store.swap(List.of(ADD)));
    stop.awaitReached();
    assertThat(inProcess.read(List.of(KEY)).found()).isEmpty();
    assertThat(swapping).isNotDone();
    stop.release();
    assertThat(swapping.join()).isEqualTo(Map.of(KEY, SwapOutcome.DONE));
  }

  @Test
  void stopAfter_holdsTheOperationWhenItIsMade() {
    Stop stop = failing.stopAfter(Kind.SWAP);
    var swapping = CompletableFuture.supplyAsync(() -> store.swap(List.of(ADD)));
    stop.awaitReached();
    assertThat(inProcess.read(List.of(KEY)).found()).containsOnlyKeys(KEY);
    assertThat(swapping).isNotDone();
    stop.release();
    assertThat(swapping.join()).isEqualTo(Map.of(KEY, SwapOutcome.DONE));
  }

  @Test
  void toString_showsTheLayers() {
    assertThat(store).hasToString("metered failing in-process store of 1000000 bytes");
  }
}
