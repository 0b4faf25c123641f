package io.identitycache.fetch;

import io.identitycache.entry.LeaseToken;
import io.identitycache.key.CacheKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The loads in flight in this JVM, by key and by the token of the lease that lies there meanwhile:
 * the loading thread's own, or another process's.
 *
 * <p>A load is announced before it begins and after the lease was made, and a reader finds it only
 * by a token that it has read from the store itself. So nothing has been invalidated since that
 * load's state of the database, and its result is as good as one's own.
 */
final class Flights {

  private final Map<Seat, Flight> flights = new ConcurrentHashMap<>();

  /** A load that nobody knows of yet. */
  Flight begin() {
    return new Flight();
  }

  Optional<Flight> find(CacheKey key, LeaseToken token) {
    return Optional.ofNullable(flights.get(new Seat(key, token)));
  }

  private record Seat(CacheKey key, LeaseToken token) {}

  /**
   * One load, which other threads may wait for. All but {@link #await} is its own thread's:
   * announce its keys, load, {@code land}, and close it in any case.
   */
  final class Flight implements AutoCloseable {

    private final CompletableFuture<@Nullable Map<CacheKey, Loaded>> result =
        new CompletableFuture<>();
    private final List<Seat> seats = new ArrayList<>();

    private Flight() {}

    /**
     * Lets readers of this lease find the load.
     *
     * @return false if they find another load, which they had better join
     */
    boolean announce(CacheKey key, LeaseToken token) {
      Seat seat = new Seat(key, token);
      boolean first = flights.putIfAbsent(seat, this) == null;
      if (first) {
        seats.add(seat);
      }
      return first;
    }

    /** Lets readers who come from now on not find the load; to be called before it begins. */
    void withdraw(CacheKey key, LeaseToken token) {
      flights.remove(new Seat(key, token), this);
    }

    /**
     * Gives the others what was loaded.
     *
     * @param loaded of all keys announced, those with something there
     */
    void land(Map<CacheKey, Loaded> loaded) {
      result.complete(loaded);
    }

    /** Ends the wait of others, without a result unless the load has landed. */
    @Override
    public void close() {
      seats.forEach(seat -> flights.remove(seat, this));
      result.complete(null);
    }

    /**
     * Waits for the load to end; empty if it failed or takes too long.
     *
     * @throws InterruptedException if this thread is interrupted; the load goes on
     */
    Optional<Map<CacheKey, Loaded>> await(Duration limit) throws InterruptedException {
      try {
        return Optional.ofNullable(result.get(limit.toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException | ExecutionException e) {
        return Optional.empty();
      }
    }
  }
}
