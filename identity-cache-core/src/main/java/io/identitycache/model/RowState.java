package io.identitycache.model;

import org.jspecify.annotations.Nullable;

/**
 * The stored form of a row, with what is embedded in it.
 *
 * @param content the bytes
 * @param largestAssociation the embedded association that takes most of them, by its attribute's
 *     name; null if nothing is embedded
 * @param largestSize how many bytes that one takes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record RowState(byte[] content, @Nullable String largestAssociation, int largestSize) {

  /** The form of a row without embedded associations. */
  public static RowState of(byte[] content) {
    return new RowState(content, null, 0);
  }
}
