package io.identitycache.invalidation;

/**
 * Makes the entries of affected rows and of their owners unreachable.
 *
 * <ul>
 *   <li>A transaction that commits: {@link #beforeCommit}, the commit, {@link #afterCommit}.
 *   <li>A write that has been committed already: {@link #atOnce}.
 * </ul>
 *
 * <p>Never throws: what fails is logged. Safe for use by several threads.
 */
public final class RowInvalidator {

  private final Invalidator invalidator;
  private final OwnerSearch ownConnection;
  private final OwnersAfterCommit afterCommit;

  /**
   * Deletes through the invalidator.
   *
   * @param ownConnection asks over connections of its own
   * @param afterCommit asks once more after commits; closed by the caller
   */
  public RowInvalidator(
      Invalidator invalidator, OwnerSearch ownConnection, OwnersAfterCommit afterCommit) {
    this.invalidator = invalidator;
    this.ownConnection = ownConnection;
    this.afterCommit = afterCommit;
  }

  /**
   * Asks for the owners that are not known, one query for each level and association.
   *
   * @param transaction asks over the connection that has written
   */
  public void beforeCommit(AffectedRows rows, OwnerSearch transaction) {
    if (rows.needsSearch()) {
      rows.findOwners(reported(transaction));
    }
  }

  /** The same search, which logs what fails and finds nothing then. */
  public OwnerSearch reported(OwnerSearch search) {
    return new ReportedSearch(
        search, "those that are not found after the commit may be stale until they expire");
  }

  /** Asks over a connection of its own; what fails is logged, and finds nothing. */
  public OwnerSearch ownConnection() {
    return reported(ownConnection);
  }

  /** Deletes the keys in one batch, and has the owners asked for once more behind the caller. */
  public void afterCommit(AffectedRows rows) {
    invalidator.delete(rows.keys());
    if (rows.needsSearch()) {
      afterCommit.ask(rows);
    }
  }

  /**
   * Deletes the keys that are known, then asks for owners over a connection of its own and deletes
   * theirs. If that fails it is tried once more, when the caller may have given back a connection.
   */
  public void atOnce(AffectedRows rows) {
    invalidator.delete(rows.keys());
    if (!rows.needsSearch()) {
      return;
    }
    AffectedKeys deleted = new AffectedKeys();
    deleted.addAll(rows.keys());
    ReportedSearch search = new ReportedSearch(ownConnection, "they are asked for once more");
    rows.findOwners(search);
    invalidator.delete(rows.keys().without(deleted));
    if (search.hasFailed()) {
      afterCommit.ask(rows);
    }
  }
}
