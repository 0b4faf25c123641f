package io.identitycache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.key.CacheKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InProcessStoreTest extends CacheStoreContract {

  private static final int MAXIMUM = 4_000_000;

  private final AtomicLong nanos = new AtomicLong();
  private final InProcessStore store = new InProcessStore(MAXIMUM, nanos::get);

  @Override
  protected CacheStore store() {
    return store;
  }

  @Override
  protected int tooLarge() {
    return MAXIMUM / 4;
  }

  @Override
  protected void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void theMemory_isBounded() {
    List<CacheKey> keys = IntStream.range(0, 100).mapToObj(i -> new CacheKey("k" + i)).toList();
    for (CacheKey key : keys) {
      store.swap(List.of(Swap.add(key, new byte[100_000], Duration.ofHours(1))));
    }
    assertThat(store.read(keys).found()).hasSizeBetween(1, MAXIMUM / 100_000);
  }

  @Test
  void timesToLive_areExact() {
    CacheKey key = new CacheKey("k");
    store.swap(List.of(Swap.add(key, new byte[1], Duration.ofMillis(10))));
    pass(Duration.ofMillis(9));
    assertThat(store.read(List.of(key)).found()).containsKey(key);
    pass(Duration.ofMillis(1));
    assertThat(store.read(List.of(key)).found()).isEmpty();
  }

  @Test
  void aMaximumOfNothing_isRefused() {
    assertThatThrownBy(() -> new InProcessStore(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maximumBytes");
  }
}
