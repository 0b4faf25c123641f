package io.identitycache.memcached;

import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.core.impl.StandardSocketOption;
import io.identitycache.key.CacheKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.rubyeye.xmemcached.HashAlgorithm;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.command.TextCommandFactory;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.MemcachedConnector;
import net.rubyeye.xmemcached.impl.ReconnectRequest;
import net.rubyeye.xmemcached.networking.MemcachedSession;
import org.jspecify.annotations.Nullable;

/**
 * The memcached servers, one connection each, and which key belongs to which. A key stays with its
 * server, dead or alive: one that moved would be deleted where it is not, and come back old.
 *
 * <p>Safe for use by several threads.
 */
final class Servers {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration RECONNECT_INTERVAL = Duration.ofMillis(500);

  /** The client waits an interval longer after each attempt; we never let it come to more. */
  private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(1500);

  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1500);

  /** With the client's default, values and batches above 64 KB wait for delayed ACKs. */
  private static final int SOCKET_BUFFER = 1 << 20;

  private final XMemcachedClient client;
  private final MemcachedConnector connector;
  private final Map<InetSocketAddress, ServerHealth> health = new ConcurrentHashMap<>();

  Servers(Collection<InetSocketAddress> addresses, Duration operationTimeout) {
    XMemcachedClientBuilder builder =
        new XMemcachedClientBuilder(addresses.stream().map(Servers::asWritten).toList());
    builder.setName("identity-cache");
    builder.setCommandFactory(new TextCommandFactory());
    // the addresses as given: the client would look the names up again by itself
    builder.setResolveInetAddresses(false);
    // by the names of the servers, whatever addresses they have today: a server that moves keeps
    // its share of the keys, for old and new processes alike
    builder.setSessionLocator(
        new KetamaMemcachedSessionLocator(HashAlgorithm.KETAMA_HASH, false, true));
    builder.setTranscoder(new RawBytes());
    builder.setConnectionPoolSize(1);
    builder.setFailureMode(true);
    builder.setConnectTimeout(CONNECT_TIMEOUT.toMillis());
    builder.setOpTimeout(operationTimeout.toMillis());
    builder.setHealSessionInterval(RECONNECT_INTERVAL.toMillis());
    builder.setSocketOption(StandardSocketOption.SO_SNDBUF, SOCKET_BUFFER);
    builder.setSocketOption(StandardSocketOption.SO_RCVBUF, SOCKET_BUFFER);
    try {
      client = (XMemcachedClient) builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException("The memcached client does not start", e);
    }
    // merged gets hear of a lost connection only by timeout
    client.setOptimizeGet(false);
    connector = (MemcachedConnector) client.getConnector();
  }

  /** The address with the name it was given by, be that digits: nobody looks for another. */
  private static InetSocketAddress asWritten(InetSocketAddress server) {
    try {
      byte[] address = server.getAddress().getAddress();
      return new InetSocketAddress(
          InetAddress.getByAddress(server.getHostString(), address), server.getPort());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has the length of an address", e);
    }
  }

  /**
   * Sorts a batch by connection. What belongs to a server that cannot be reached, or must not be
   * asked now, is left out.
   */
  <T> Map<Connection, List<T>> byConnection(Collection<T> batch, Function<T, CacheKey> keyOf) {
    Map<Session, List<T>> bySession = new LinkedHashMap<>();
    for (T each : batch) {
      Session session = connector.findSessionByKey(keyOf.apply(each).text());
      if (session != null) {
        bySession.computeIfAbsent(session, s -> new ArrayList<>()).add(each);
      }
    }
    Map<Connection, List<T>> byConnection = new LinkedHashMap<>();
    bySession.forEach(
        (session, share) -> {
          Connection connection = usable(session);
          if (connection != null) {
            byConnection.put(connection, share);
          }
        });
    return byConnection;
  }

  private @Nullable Connection usable(Session session) {
    ServerHealth server =
        health.computeIfAbsent(
            session.getRemoteSocketAddress(), a -> new ServerHealth(a, System::nanoTime));
    if (session.isClosed()) {
      server.disconnected();
      hastenReconnects();
      return null;
    }
    return server.permits() ? new Connection(session, server, client.getCommandFactory()) : null;
  }

  private void hastenReconnects() {
    Queue<ReconnectRequest> requests = connector.getReconnectRequestQueue();
    for (ReconnectRequest request : List.copyOf(requests)) {
      long delay = request.getDelay(TimeUnit.MILLISECONDS);
      // only who removes it may change it: it stands in the queue by its delay
      if (delay > LONGEST_RECONNECT_DELAY.toMillis() && requests.remove(request)) {
        request.setTries(0);
        request.updateNextReconnectTimeStamp(0);
        requests.add(request);
      }
    }
  }

  /** Ends all connections and threads, in two seconds at most. */
  void close() {
    connector.shuttingDown();
    // the client would say goodbye to each server, and wait for seconds where one hangs
    for (var session : Set.copyOf(connector.getSessionSet())) {
      ((MemcachedSession) session).setAllowReconnect(false);
      session.close();
    }
    Thread closing = new Thread(this::shutDown, "identity-cache-memcached-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shutDown() {
    try {
      client.shutdown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
