package io.identitycache.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A shell command that is run when this JVM is gone, however it went: also killed, which runs no
 * shutdown hook. Surefire halts the JVM of the tests when Maven is interrupted, and a server must
 * not outlive it. Revoke it before ending the server in order.
 */
final class LastWill {
  private final Process executor;

  private LastWill(Process executor) {
    this.executor = executor;
  }

  static LastWill write(String shellCommand) {
    try {
      // The executor's input is a pipe that only this JVM holds open, so its end is ours.
      return new LastWill(
          new ProcessBuilder("sh", "-c", "cat >/dev/null; " + shellCommand)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void revoke() {
    executor.destroyForcibly();
    try {
      executor.waitFor();
      executor.getOutputStream().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
