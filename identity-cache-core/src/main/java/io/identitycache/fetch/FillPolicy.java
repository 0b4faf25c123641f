package io.identitycache.fetch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How entries are filled.
 *
 * @param absenceTimeToLive how long an absence lives at the most
 * @param leaseTimeToLive how long a lease lives whose holder has died
 * @param leaseWait how long a reader waits for another's lease, once for all its keys
 * @param maximumConcurrentLoads how many loads may take a connection of their own at a time
 * @param entrySizeWarning the bytes of content above which a stored entry is warned of, once for
 *     each entity; zero for never
 */
public record FillPolicy(
    Duration absenceTimeToLive,
    Duration leaseTimeToLive,
    Duration leaseWait,
    int maximumConcurrentLoads,
    long entrySizeWarning) {

  /** Entries that are filled together end up to this share of their life earlier, each its own. */
  private static final double JITTER = 0.1;

  /** A life shortened at random by up to a tenth, so that a batch does not expire as one. */
  static Duration jittered(Duration timeToLive) {
    double share = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis(Math.max(1, (long) (timeToLive.toMillis() * share)));
  }
}
