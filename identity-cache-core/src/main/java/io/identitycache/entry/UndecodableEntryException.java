package io.identitycache.entry;

/**
 * Stored bytes are not what this version of the library wrote. Counted as a miss by the read path,
 * never seen by the application. Its message holds nothing of the bytes.
 */
public final class UndecodableEntryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Says why, in words that follow "The entry does not decode: ". */
  public UndecodableEntryException(String reason) {
    super("The entry does not decode: " + reason);
  }

  /** Says why, with the failure that showed it. */
  public UndecodableEntryException(String reason, Throwable cause) {
    super("The entry does not decode: " + reason, cause);
  }
}
