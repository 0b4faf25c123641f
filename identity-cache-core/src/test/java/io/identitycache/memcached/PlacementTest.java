package io.identitycache.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.key.CacheKey;
import io.identitycache.store.Swap;
import io.identitycache.testing.MemcachedServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which server a key belongs to. */
class PlacementTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final byte[] BYTES = {1, 2, 3};

  private static final List<CacheKey> KEYS =
      IntStream.range(0, 200).mapToObj(i -> new CacheKey("placement:" + i)).toList();

  @Test
  void keysStayWithTheNameOfTheirServer_whateverAddressItHas() throws UnknownHostException {
    try (MemcachedServer first = MemcachedServer.start("-l", "127.0.0.2");
        MemcachedServer second = MemcachedServer.start("-l", "127.0.0.2");
        MemcachedStore before =
            new MemcachedStore(
                List.of(server("a", 1, portOf(first)), server("b", 1, portOf(second))), TIMEOUT);
        MemcachedStore after =
            new MemcachedStore(
                List.of(server("b", 2, portOf(second)), server("a", 2, portOf(first))), TIMEOUT)) {
      before.swap(KEYS.stream().map(key -> Swap.add(key, BYTES, Duration.ofMinutes(1))).toList());

      assertThat(after.read(KEYS).found()).containsOnlyKeys(KEYS);
      assertThat(Long.parseLong(first.stat("curr_items"))).isBetween(1L, 199L);
      assertThat(after.delete(KEYS)).isEmpty();
      assertThat(before.read(KEYS).found()).isEmpty();
    }
  }

  /** The same ports in both stores, so that only the addresses differ: 127.0.0.1 and 127.0.0.2. */
  private static InetSocketAddress server(String name, int lastByte, int port)
      throws UnknownHostException {
    return new InetSocketAddress(
        InetAddress.getByAddress(name, new byte[] {127, 0, 0, (byte) lastByte}), port);
  }

  private static int portOf(MemcachedServer server) {
    return Integer.parseInt(server.address().split(":")[1]);
  }
}
