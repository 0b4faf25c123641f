package io.identitycache.invalidation;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks once more for the owners of changed rows when their transaction has committed, behind the
 * back of the caller: between its own look and its commit another transaction may have moved a row,
 * or something above it, to an owner that nobody knew of. What is found and was not deleted with
 * the commit is deleted now.
 *
 * <p>One thread, started when there is work and ended when there is none. What several commits have
 * left behind is asked for together. Nothing is dropped silently: what cannot be asked for is
 * logged with the associations. Safe for use by several threads.
 */
public final class OwnersAfterCommit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OwnersAfterCommit.class);
  private static final int MOST_ROWS = 100_000;
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration LAST_WORK = Duration.ofSeconds(5);

  private final OwnerSearch search;
  private final Invalidator invalidator;
  private final ThreadPoolExecutor executor;

  private @Nullable Work waiting;

  /**
   * What is to be asked for together.
   *
   * @param deleted the keys that every one of the commits has deleted: a key that only some have
   *     may have been filled again before the others committed
   */
  private record Work(AffectedRows rows, AffectedKeys deleted) {

    void join(Work other) {
      rows.addAll(other.rows);
      deleted.retainAll(other.deleted);
    }
  }

  /**
   * Makes one without a thread.
   *
   * @param search asks over connections of its own
   */
  public OwnersAfterCommit(OwnerSearch search, Invalidator invalidator) {
    this.search = new ReportedSearch(search, "they may be stale until they expire");
    this.invalidator = invalidator;
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "identity-cache-owners");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Takes what a commit has affected, after its keys have been deleted.
   *
   * @param rows as they were before the commit; not kept
   */
  void ask(AffectedRows rows) {
    AffectedKeys deleted = new AffectedKeys();
    deleted.addAll(rows.keys());
    Work work = new Work(rows.again(), deleted);
    synchronized (this) {
      if (waiting != null) {
        if (waiting.rows().searched() + work.rows().searched() > MOST_ROWS) {
          reportLost(work, "too many are waiting");
        } else {
          waiting.join(work);
        }
        return;
      }
      waiting = work;
    }
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      reportWaiting("the cache is closed");
    }
  }

  private synchronized @Nullable Work take() {
    Work taken = waiting;
    waiting = null;
    return taken;
  }

  @SuppressWarnings("CatchingUnchecked") // the thread goes on with what comes next
  private void run() {
    Work work = take();
    if (work == null) {
      return;
    }
    try {
      work.rows().findOwners(search);
      invalidator.delete(work.rows().keys().without(work.deleted()));
    } catch (Throwable e) {
      LOG.error("Asking for owners after a commit failed unexpectedly", e);
      reportLost(work, "of an error");
    }
  }

  private void reportWaiting(String reason) {
    Work work = take();
    if (work != null) {
      reportLost(work, reason);
    }
  }

  private static void reportLost(Work work, String reason) {
    LOG.error(
        "The owners of {} rows changed in {} were not asked for once more after the commit, because"
            + " {}: what another transaction moved at the same time may be stale until it expires",
        work.rows().searched(),
        work.rows().searchedAssociations(),
        reason);
  }

  /** Finishes what is waiting, within five seconds; what is left then is logged. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LAST_WORK.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("The last search for owners of changed rows takes too long to wait for its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reportWaiting("the cache is closed");
  }
}
