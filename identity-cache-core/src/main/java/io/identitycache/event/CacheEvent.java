package io.identitycache.event;

import java.time.Duration;

/**
 * Something that happened to the entries of one entity, index or attribute.
 *
 * @param kind what happened
 * @param name whose entries: {@code Product}, {@code Product.handle}, {@code
 *     Product.vendor+productType}, or {@code Product.title by handle}
 * @param keys how many distinct keys it happened to, at least 1
 * @param duration how long it took, where the kind says so; else zero
 */
public record CacheEvent(Kind kind, String name, int keys, Duration duration) {

  /** The kinds of event, and when exactly each is reported. */
  public enum Kind {
    /**
     * One batch read of the store was made; the duration is its round trip. Polls count too. Where
     * the batch is of several entities, as associations are followed, it is one event, and its name
     * is theirs, sorted and joined by {@code +}: {@code Shop+Variant}. Every other kind is reported
     * for each entity by itself.
     */
    STORE_READ,
    /** A stored value was returned, also after a wait. */
    HIT,
    /** A stored absence was returned. */
    ABSENT_HIT,
    /** Neither a value nor an absence was found at the first look. */
    MISS,
    /** A loaded value or absence was stored; the duration is that of the load. */
    FILL,
    /** A loaded value was not stored, since the lease was gone. */
    FILL_LOST,
    /** Somebody else held the lease; the duration is that of the wait. */
    LEASE_WAIT,
    /** A lease that was held too long was taken over. */
    TAKEOVER,
    /** A fetch in a read-write transaction read the database through it. */
    BYPASS,
    /** Keys were deleted and the store confirmed it; the duration is that of the batch. */
    INVALIDATION_SENT,
    /** Keys were to be deleted, and the store did not confirm it. */
    INVALIDATION_FAILED,
    /** Stored bytes could not be read. Counted besides the miss. */
    UNDECODABLE,
    /** A value or a list of ids was too large to be stored. */
    TOO_LARGE
  }
}
