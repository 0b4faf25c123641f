package io.identitycache.memcached;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker for one server. After {@value #TIMEOUTS} batches in a row without any answer it
 * opens, and nobody waits for the server but one batch in each interval, which tries it. The first
 * answer closes it. Logs one line when the server stops answering and one when it is back.
 *
 * <p>Safe for use by several threads.
 */
final class ServerHealth {

  static final int TIMEOUTS = 3;
  static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

  /** So many probes in vain, and the connection is given up for a new one. */
  static final int PROBES_PER_CONNECTION = 8;

  private static final Logger log = LoggerFactory.getLogger(MemcachedStore.class);

  private final String name;
  private final LongSupplier nanoTime;
  private final AtomicInteger timeouts = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private final AtomicLong nextProbe = new AtomicLong();
  private final AtomicBoolean reported = new AtomicBoolean();

  ServerHealth(InetSocketAddress address, LongSupplier nanoTime) {
    this.name = address.getHostString() + ":" + address.getPort();
    this.nanoTime = nanoTime;
  }

  /** Whether the server may be asked now. Answers yes to one caller per interval while it hangs. */
  boolean permits() {
    if (timeouts.get() < TIMEOUTS) {
      return true;
    }
    long now = nanoTime.getAsLong();
    long due = nextProbe.get();
    if (now - due < 0 || !nextProbe.compareAndSet(due, now + PROBE_INTERVAL.toNanos())) {
      return false;
    }
    probes.incrementAndGet();
    return true;
  }

  /** The server has answered, be it with an error. */
  void answered() {
    if (timeouts.get() != 0) {
      timeouts.set(0);
      probes.set(0);
    }
    if (reported.get() && reported.compareAndSet(true, false)) {
      log.info("memcached at {} answers again.", name);
    }
  }

  /**
   * A batch has waited in vain.
   *
   * @return whether the connection is to be given up: the server may be back without it
   */
  boolean timedOut() {
    if (timeouts.incrementAndGet() == TIMEOUTS) {
      nextProbe.set(nanoTime.getAsLong() + PROBE_INTERVAL.toNanos());
      report("does not answer");
    }
    return probes.get() >= PROBES_PER_CONNECTION && probes.getAndSet(0) > 0;
  }

  /** There is no connection to the server. */
  void disconnected() {
    report("cannot be reached");
  }

  private void report(String what) {
    if (!reported.get() && reported.compareAndSet(false, true)) {
      log.warn(
          "memcached at {} {}; until it answers again its share of the entries is read from the database.",
          name,
          what);
    }
  }
}
