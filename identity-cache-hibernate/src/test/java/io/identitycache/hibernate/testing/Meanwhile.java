package io.identitycache.hibernate.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on a thread of its own while the test goes on.
 *
 * <pre>{@code
 * Meanwhile<Product> reader = Meanwhile.start(() -> products.fetch(1L));
 * ... what is to happen in between ...
 * assertThat(reader.result().title).isEqualTo("The teapot");
 * }</pre>
 */
public final class Meanwhile<R> {

  private static final int PATIENCE_SECONDS = 30;

  private final FutureTask<R> task;
  private final Thread thread;

  private Meanwhile(Callable<R> work) {
    task = new FutureTask<>(work);
    thread = new Thread(task, "meanwhile");
    thread.setDaemon(true);
  }

  /** Starts the work. */
  public static <R> Meanwhile<R> start(Callable<R> work) {
    Meanwhile<R> meanwhile = new Meanwhile<>(work);
    meanwhile.thread.start();
    return meanwhile;
  }

  /** Starts the same work on so many threads. */
  public static <R> List<Meanwhile<R>> start(int threads, Callable<R> work) {
    List<Meanwhile<R>> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(start(work));
    }
    return started;
  }

  /** Interrupts the thread. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Whether the work has ended, well or not. */
  public boolean isDone() {
    return task.isDone();
  }

  /** Whether the thread is inside a method of a class of this name. */
  public boolean isIn(String className) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(className));
  }

  /** Waits for what the work gives. */
  public R result() {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The work failed meanwhile", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The work does not end", e);
    }
  }

  /** Waits for the exception that the work ends with. */
  public Throwable failure() {
    try {
      throw new AssertionError(
          "The work did not fail; it gave " + task.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The work does not end", e);
    }
  }
}
