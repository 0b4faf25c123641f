package io.identitycache.memcached;

import java.time.Duration;

/** Times to live in memcached's seconds. */
final class Expiry {

  /** Its clock ticks once a second, so that an expiry of 1 may be over in a moment. */
  private static final int LEAST = 2;

  /** 30 days; memcached takes a larger number for a date, long past. */
  private static final int MOST = 2_592_000;

  /**
   * Such a date: the entry is gone at once. A negative number says the same, but the client
   * miscounts its characters.
   */
  static final int PAST = MOST + 1;

  private Expiry() {}

  /** The seconds to send: rounded up, never 0, which would mean for ever. */
  static int of(Duration timeToLive) {
    long whole = Math.min(MOST, timeToLive.getSeconds());
    long seconds = whole + (timeToLive.getNano() > 0 ? 1 : 0);
    return (int) Math.max(LEAST, Math.min(MOST, seconds));
  }
}
