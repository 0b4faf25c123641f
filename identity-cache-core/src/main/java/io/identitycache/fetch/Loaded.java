package io.identitycache.fetch;

/**
 * What was read from the database for one key.
 *
 * @param content the content of its entry
 * @param storing whether it may be stored
 */
record Loaded(byte[] content, Storing storing) {

  enum Storing {
    /** It may. */
    ALLOWED,
    /** The database found rows equal that Java does not: what is stored would never be verified. */
    UNEQUAL_IN_JAVA,
    /** It names too many rows. */
    TOO_LARGE
  }
}
