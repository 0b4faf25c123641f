package io.identitycache.fetch;

import io.identitycache.entry.LeaseToken;
import io.identitycache.key.CacheKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The loads in flight in this JVM, by the token of the lease that each holds.
 *
 * <p>A reader finds a load here only by a token that it has read from the store. So nothing has
 * been invalidated since that load's state of the database, and its result is as good as one's own.
 */
final class Flights {

  private final Map<LeaseToken, Flight> flights = new ConcurrentHashMap<>();

  /** Announces a load, before its lease can be read by anyone. */
  Flight begin(LeaseToken token) {
    Flight flight = new Flight();
    flights.put(token, flight);
    return flight;
  }

  void end(LeaseToken token) {
    Flight flight = flights.remove(token);
    if (flight != null) {
      flight.fail();
    }
  }

  Optional<Flight> find(LeaseToken token) {
    return Optional.ofNullable(flights.get(token));
  }

  /** One load, which other threads may wait for. */
  static final class Flight {

    private final CompletableFuture<@Nullable Map<CacheKey, Loaded>> result =
        new CompletableFuture<>();

    void land(Map<CacheKey, Loaded> loaded) {
      result.complete(loaded);
    }

    /** Ends the wait of others without a result; does nothing after {@link #land}. */
    private void fail() {
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
