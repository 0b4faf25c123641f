package io.identitycache.memcached;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of one batch, on their way to any number of servers, all with the same deadline.
 * {@code send} for each, then {@code await} once. What a command is to lead to happens as soon as
 * it is answered, whichever server is first, and on the awaiting thread; it may send further
 * commands. A command that fails, or is not answered in time, leads to nothing.
 */
final class Exchange {

  /** How long a connection's end may go unnoticed: the client drops what it has not sent yet. */
  private static final long NOTICE = TimeUnit.MILLISECONDS.toNanos(20);

  /** After the deadline: where this process was paused, the answers have come and are not read. */
  private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(5);

  private static final Logger log = LoggerFactory.getLogger(MemcachedStore.class);

  private final long deadline;
  private final Set<Sent> pending = new HashSet<>();
  private final Set<ServerHealth> answering = new HashSet<>();
  private final BlockingQueue<Sent> answered = new LinkedBlockingQueue<>();

  Exchange(Duration timeout) {
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  void send(Connection connection, Command command, Consumer<Command> whenAnswered) {
    if (!connection.isOpen()) {
      connection.health().disconnected();
      return;
    }
    Sent sent = new Sent(connection, command, whenAnswered);
    command.setLatch(sent.latch);
    pending.add(sent);
    try {
      connection.session().write(command);
    } catch (RuntimeException refusedByTheClient) {
      pending.remove(sent);
      log.debug(
          "The memcached client does not send a command for {}",
          command.getKey(),
          refusedByTheClient);
    }
  }

  /** Waits for all answers, until the deadline, or until the thread is interrupted. */
  void await() {
    try {
      while (!pending.isEmpty()) {
        long left = deadline - System.nanoTime();
        Sent next = answered.poll(Math.max(GRACE, Math.min(left, NOTICE)), TimeUnit.NANOSECONDS);
        if (next != null) {
          finish(next);
        } else if (left <= 0) {
          giveUp();
        } else {
          dropDisconnected();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish(Sent sent) {
    pending.remove(sent);
    ServerHealth health = sent.connection.health();
    if (sent.connection.isOpen()) {
      answering.add(health);
      health.answered();
    } else if (sent.command.getException() != null) {
      health.disconnected();
    }
    sent.whenAnswered.accept(sent.command);
  }

  private void dropDisconnected() {
    pending.removeIf(
        sent -> {
          boolean lost = !sent.connection.isOpen() && sent.latch.getCount() > 0;
          if (lost) {
            sent.connection.health().disconnected();
          }
          return lost;
        });
  }

  private void giveUp() {
    Set<Connection> silent = new HashSet<>();
    for (Sent sent : pending) {
      // a late delete is as good as one in time: let it go
      if (!isDelete(sent.command)) {
        sent.command.cancel();
      }
      if (!answering.contains(sent.connection.health())) {
        silent.add(sent.connection);
      }
    }
    pending.clear();
    for (Connection connection : silent) {
      if (connection.health().timedOut()) {
        connection.session().close();
      }
    }
  }

  private static boolean isDelete(Command command) {
    return command.getCommandType() == CommandType.DELETE;
  }

  /** A command without its answer. */
  private final class Sent {

    final Connection connection;
    final Command command;
    final Consumer<Command> whenAnswered;
    final CountDownLatch latch =
        new CountDownLatch(1) {
          @Override
          public void countDown() {
            super.countDown();
            answered.add(Sent.this);
          }
        };

    Sent(Connection connection, Command command, Consumer<Command> whenAnswered) {
      this.connection = connection;
      this.command = command;
      this.whenAnswered = whenAnswered;
    }
  }
}
