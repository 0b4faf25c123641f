package io.identitycache.memcached;

import io.identitycache.key.CacheKey;
import io.identitycache.store.CacheStore;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.transcoders.CachedData;

/**
 * Keeps entries in one or more memcached servers, over the text protocol.
 *
 * <p>All servers of a batch are asked at once, and the whole batch takes at most one operation
 * timeout, and another for every 500 keys: what is not answered by then has failed. A server that
 * hangs is not waited for any more after three timeouts in a row, but tried by one batch every half
 * second; one that is gone fails at once. Either costs only the keys it holds, which never move to
 * another server. All processes must therefore be given the same servers, written alike.
 *
 * <p>Times to live are rounded up to whole seconds, two at least, and down to 30 days. Values of
 * more than a megabyte are too large, also for servers that would take them, unless the client's
 * system property {@code xmemcached.cached.data.size.max} says else. A value that a server has
 * refused as too large, or a larger one, is not sent to it again over the same connection.
 *
 * <p>An interrupted thread sends its batch, waits for nothing, and stays interrupted.
 */
public final class MemcachedStore implements CacheStore {

  /** Long enough for a busy server, short enough for a request to wait. */
  public static final Duration DEFAULT_OPERATION_TIMEOUT = Duration.ofMillis(200);

  /** A batch of more keys has more time: it takes a busy process a while to send and to sort. */
  private static final int KEYS_PER_TIMEOUT = 500;

  private final List<InetSocketAddress> addresses;
  private final Duration operationTimeout;
  private final Servers servers;

  /** Uses the servers with the {@linkplain #DEFAULT_OPERATION_TIMEOUT default timeout}. */
  public MemcachedStore(List<InetSocketAddress> servers) {
    this(servers, DEFAULT_OPERATION_TIMEOUT);
  }

  /**
   * Uses the servers. One that does not answer now is used when it does.
   *
   * @param servers at least one, each with a resolved address
   * @param operationTimeout how long any call of this store takes at most, about
   * @throws IllegalArgumentException if there is no server, one has a name without an address, or
   *     the timeout is not positive
   */
  public MemcachedStore(List<InetSocketAddress> servers, Duration operationTimeout) {
    this.addresses = checked(servers);
    if (operationTimeout.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "operationTimeout is at least 1 ms, not " + operationTimeout);
    }
    this.operationTimeout = operationTimeout;
    this.servers = new Servers(addresses, operationTimeout);
  }

  private static List<InetSocketAddress> checked(List<InetSocketAddress> servers) {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("At least one memcached server is needed");
    }
    for (InetSocketAddress server : servers) {
      if (server.isUnresolved()) {
        throw new IllegalArgumentException(
            "The memcached server "
                + server.getHostString()
                + ":"
                + server.getPort()
                + " has no address: check its name");
      }
    }
    return List.copyOf(new LinkedHashSet<>(servers));
  }

  @Override
  public StoreRead read(Collection<CacheKey> keys) {
    Set<CacheKey> distinct = new LinkedHashSet<>(keys);
    Map<CacheKey, byte[]> found = new HashMap<>();
    Set<CacheKey> unreachable = new HashSet<>(distinct);
    Exchange exchange = exchange(distinct.size());
    servers
        .byConnection(distinct, key -> key)
        .forEach(
            (connection, share) ->
                exchange.send(
                    connection,
                    connection.get(share),
                    answer -> {
                      if (answer.getException() == null) {
                        share.forEach(unreachable::remove);
                        entriesOf(answer)
                            .forEach((key, data) -> found.put(new CacheKey(key), data.getData()));
                      }
                    }));
    exchange.await();
    return new StoreRead(found, unreachable);
  }

  @Override
  public Map<CacheKey, SwapOutcome> swap(List<Swap> swaps) {
    Map<CacheKey, SwapOutcome> outcomes = new HashMap<>();
    swaps.forEach(swap -> outcomes.put(swap.key(), SwapOutcome.FAILED));
    Exchange exchange = exchange(swaps.size());
    servers
        .byConnection(swaps, Swap::key)
        .forEach((connection, share) -> new SwapBatch(connection, exchange, outcomes).send(share));
    exchange.await();
    return outcomes;
  }

  @Override
  public Set<CacheKey> delete(Collection<CacheKey> keys) {
    Set<CacheKey> unconfirmed = new LinkedHashSet<>(keys);
    Exchange exchange = exchange(keys.size());
    servers
        .byConnection(unconfirmed, key -> key)
        .forEach(
            (connection, share) ->
                share.forEach(
                    key ->
                        exchange.send(
                            connection,
                            connection.delete(key),
                            answer -> {
                              if (answer.getException() == null) {
                                unconfirmed.remove(key);
                              }
                            })));
    exchange.await();
    return unconfirmed;
  }

  private Exchange exchange(int keys) {
    return new Exchange(operationTimeout.multipliedBy(1 + keys / KEYS_PER_TIMEOUT));
  }

  @Override
  public void close() {
    servers.close();
  }

  @Override
  public String toString() {
    return addresses.stream()
        .map(address -> address.getHostString() + ":" + address.getPort())
        .collect(Collectors.joining(", ", "memcached at ", ""));
  }

  @SuppressWarnings("unchecked")
  static Map<String, CachedData> entriesOf(Command retrieval) {
    return (Map<String, CachedData>) retrieval.getResult();
  }
}
