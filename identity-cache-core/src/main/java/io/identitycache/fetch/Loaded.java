package io.identitycache.fetch;

import io.identitycache.model.RowState;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the database for one key.
 *
 * @param content the content of its entry
 * @param storing whether it may be stored
 * @param largestAssociation the embedded association that takes most of the content; null if
 *     nothing is embedded
 * @param largestSize how many bytes of the content that one takes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Loaded(
    byte[] content, Storing storing, @Nullable String largestAssociation, int largestSize) {

  enum Storing {
    /** It may. */
    ALLOWED,
    /** The database found rows equal that Java does not: what is stored would never be verified. */
    UNEQUAL_IN_JAVA,
    /** It names too many rows. */
    TOO_LARGE
  }

  /** A content in which nothing is embedded. */
  Loaded(byte[] content, Storing storing) {
    this(content, storing, null, 0);
  }

  /** A row, which may be stored. */
  static Loaded of(RowState row) {
    return new Loaded(row.content(), Storing.ALLOWED, row.largestAssociation(), row.largestSize());
  }
}
