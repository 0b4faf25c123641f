package io.identitycache.entry;

import java.util.UUID;

/**
 * 128 random bits that tell one lease from every other, whoever holds it.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record LeaseToken(long high, long low) {

  /** A new token. */
  public static LeaseToken random() {
    UUID random = UUID.randomUUID();
    return new LeaseToken(random.getMostSignificantBits(), random.getLeastSignificantBits());
  }
}
