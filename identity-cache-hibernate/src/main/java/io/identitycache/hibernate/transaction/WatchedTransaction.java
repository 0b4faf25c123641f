package io.identitycache.hibernate.transaction;

import io.identitycache.invalidation.AffectedRows;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.resource.transaction.spi.TransactionObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactions of one session, one after the other: collects the keys that writes affect, and
 * has them deleted after the commit.
 *
 * <p>Hibernate's own observers run last, and not at all if a callback of the application throws. So
 * a synchronization is registered as soon as a transaction begins: it runs before all others. The
 * observer remains as a second net; whichever comes first does the work. An answer to the commit
 * that was lost counts as a commit: a delete too many harms nobody.
 *
 * <p>No exception leaves this class: it would reach the caller of a commit that stands.
 */
public final class WatchedTransaction implements TransactionObserver {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedTransaction.class);

  private final TransactionWatch watch;
  private final WeakReference<SharedSessionContractImplementor> session;
  private final Map<CommitInvalidation, AffectedRows> affected = new LinkedHashMap<>();
  private final Set<Object> announced = new HashSet<>();
  private volatile boolean open;
  private volatile boolean dirty;

  /** Whether the commit may have reached the database. */
  private volatile boolean committing;

  WatchedTransaction(TransactionWatch watch, SharedSessionContractImplementor session) {
    this.watch = watch;
    this.session = new WeakReference<>(session);
  }

  @Override
  public void afterBegin() {
    guarded(
        () -> {
          abandoned();
          SharedSessionContractImplementor owner = session.get();
          if (owner == null) {
            return;
          }
          TransactionCoordinator coordinator = owner.getTransactionCoordinator();
          open = true;
          watch.begun(this, coordinator);
          coordinator.getLocalSynchronizations().registerSynchronization(new FirstCallback());
        });
  }

  /** The last callback before the JDBC commit; not called for a rollback. */
  @Override
  public void beforeCompletion() {
    committing = true;
    guarded(this::findOwners);
  }

  /** After the flush, so that all writes are known; it is the last chance to ask what they see. */
  private synchronized void findOwners() {
    SharedSessionContractImplementor owner = session.get();
    if (owner != null) {
      affected.forEach((invalidation, rows) -> invalidation.beforeCommit(rows, owner));
    }
  }

  @Override
  public void afterCompletion(boolean successful, boolean delayed) {
    guarded(() -> end(successful));
  }

  /** Ends a transaction whose end nobody has told. Does nothing if there is none. */
  void abandoned() {
    end(false);
  }

  private synchronized void end(boolean committed) {
    if (!open) {
      return;
    }
    Map<CommitInvalidation, AffectedRows> deleting =
        committed || committing ? new LinkedHashMap<>(affected) : Map.of();
    // our own state first, since what follows calls out
    open = false;
    dirty = false;
    committing = false;
    affected.clear();
    announced.clear();
    watch.ended(this);
    deleting.forEach(CommitInvalidation::afterCommit);
  }

  /**
   * Adds to the rows that are invalidated with the commit, and forgotten if there is none. The
   * transaction is dirty from now on.
   */
  public synchronized void add(CommitInvalidation invalidation, Consumer<AffectedRows> addition) {
    dirty = true;
    addition.accept(affected.computeIfAbsent(invalidation, CommitInvalidation::noRows));
  }

  /** Notes something that is done once in a transaction; false if it has been noted. */
  public synchronized boolean announce(Object event) {
    return announced.add(event);
  }

  /** Whether it has been noted in this transaction. */
  public synchronized boolean isAnnounced(Object event) {
    return announced.contains(event);
  }

  /** Notes that something was written, cached or not. */
  public void markDirty() {
    dirty = true;
  }

  boolean isDirty() {
    return dirty;
  }

  /** Whether it is open still; a session that was closed meanwhile is found out here. */
  boolean isLive() {
    SharedSessionContractImplementor owner = session.get();
    return open && owner != null && !owner.isClosed() && owner.isTransactionInProgress();
  }

  boolean isOf(SessionFactoryImplementor factory) {
    SharedSessionContractImplementor owner = session.get();
    return owner != null && owner.getFactory() == factory;
  }

  /** Its session; null once that is garbage. */
  public @Nullable SharedSessionContractImplementor session() {
    return session.get();
  }

  /** Registered before any callback of the application can be, so it is called before all. */
  private final class FirstCallback implements Synchronization {

    @Override
    public void beforeCompletion() {
      // the application's callbacks may still write, or fail
    }

    @Override
    public void afterCompletion(int status) {
      guarded(() -> end(status == Status.STATUS_COMMITTED));
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever happens, the transaction goes on
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      LOG.error("Following a transaction failed unexpectedly", e);
    }
  }
}
