package io.identitycache.hibernate.guard;

/**
 * An instance that was fetched through the cache was about to be written. It may be older than its
 * row, so the write could undo what others have committed; nothing has been changed.
 */
public final class FetchedEntityException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  FetchedEntityException(String entityName, String operation) {
    super(
        "This "
            + entityName
            + " was fetched through the cache, and "
            + operation
            + " is refused: its row may have changed since. Load it with EntityManager.find in the"
            + " transaction and change that instance, or set hibernate.identity_cache.refuse_writes"
            + " to false");
  }
}
