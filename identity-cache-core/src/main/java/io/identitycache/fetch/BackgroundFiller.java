package io.identitycache.fetch;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills entries behind the backs of read-only transactions, whose own view may be too old to be
 * stored. One thread, started when there is work and ended when there is none; work beyond the
 * queue's length is dropped, since the next reader brings it again. Safe for use by several
 * threads.
 */
public final class BackgroundFiller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundFiller.class);
  private static final int LONGEST_QUEUE = 1_000;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor executor;

  /** Makes a filler without a thread. */
  public BackgroundFiller() {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(LONGEST_QUEUE),
            task -> {
              Thread thread = new Thread(task, "identity-cache-filler");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    executor.allowCoreThreadTimeOut(true);
  }

  void submit(Runnable fill) {
    executor.execute(
        () -> {
          try {
            fill.run();
          } catch (RuntimeException e) {
            LOG.debug("A fill in the background failed; the next reader brings it again", e);
          }
        });
  }

  /** Drops what is waiting and ends the thread, within a second. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.warn("The background filler is still loading; its thread ends with that load");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
