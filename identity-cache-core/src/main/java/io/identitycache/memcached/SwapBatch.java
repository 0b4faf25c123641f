package io.identitycache.memcached;

import io.identitycache.key.CacheKey;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.transcoders.CachedData;

/**
 * The swaps of one batch that go to one server. Where nothing is expected an {@code add} does it;
 * otherwise one {@code gets} reads all keys, and where the bytes are the expected ones a {@code
 * cas} follows over the same connection.
 */
final class SwapBatch {

  private final Connection connection;
  private final Exchange exchange;
  private final Map<CacheKey, SwapOutcome> outcomes;

  /** Writes the outcomes that become known into the map. */
  SwapBatch(Connection connection, Exchange exchange, Map<CacheKey, SwapOutcome> outcomes) {
    this.connection = connection;
    this.exchange = exchange;
    this.outcomes = outcomes;
  }

  void send(List<Swap> swaps) {
    swaps.stream().filter(swap -> swap.expected() == null).forEach(this::add);
    List<Swap> exchanges = swaps.stream().filter(swap -> swap.expected() != null).toList();
    if (!exchanges.isEmpty()) {
      exchange.send(
          connection,
          connection.gets(exchanges.stream().map(Swap::key).toList()),
          answer -> compare(exchanges, answer));
    }
  }

  private void add(Swap swap) {
    byte[] bytes = Objects.requireNonNull(swap.replacement());
    if (!connection.takes(bytes.length)) {
      outcomes.put(swap.key(), SwapOutcome.TOO_LARGE);
      return;
    }
    exchange.send(
        connection,
        connection.add(swap.key(), bytes, Expiry.of(swap.timeToLive())),
        answer -> outcomes.put(swap.key(), outcomeOf(answer, bytes)));
  }

  private void compare(List<Swap> swaps, Command answer) {
    if (answer.getException() != null) {
      return;
    }
    Map<String, CachedData> entries = MemcachedStore.entriesOf(answer);
    for (Swap swap : swaps) {
      CachedData held = entries.get(swap.key().text());
      if (held == null || !Arrays.equals(held.getData(), swap.expected())) {
        outcomes.put(swap.key(), SwapOutcome.REFUSED);
      } else {
        exchange(swap, held.getCas());
      }
    }
  }

  private void exchange(Swap swap, long cas) {
    byte[] replacement = swap.replacement();
    if (replacement == null) {
      remove(swap, cas, SwapOutcome.DONE);
    } else if (!connection.takes(replacement.length)) {
      remove(swap, cas, SwapOutcome.TOO_LARGE);
    } else {
      exchange.send(
          connection,
          connection.compareAndSet(swap.key(), cas, replacement, Expiry.of(swap.timeToLive())),
          answer -> {
            SwapOutcome outcome = outcomeOf(answer, replacement);
            outcomes.put(swap.key(), outcome);
            if (outcome == SwapOutcome.TOO_LARGE) {
              // the server leaves what it holds, which is out of date
              remove(swap, cas, SwapOutcome.TOO_LARGE);
            }
          });
    }
  }

  private void remove(Swap swap, long cas, SwapOutcome whenDone) {
    exchange.send(
        connection,
        connection.compareAndRemove(swap.key(), cas),
        answer -> {
          SwapOutcome outcome = outcomeOf(answer);
          outcomes.put(swap.key(), outcome == SwapOutcome.DONE ? whenDone : outcome);
        });
  }

  private SwapOutcome outcomeOf(Command answer, byte[] sent) {
    SwapOutcome outcome = outcomeOf(answer);
    if (outcome == SwapOutcome.TOO_LARGE) {
      connection.refused(sent.length);
    }
    return outcome;
  }

  private static SwapOutcome outcomeOf(Command answer) {
    Exception failure = answer.getException();
    if (failure != null) {
      String message = String.valueOf(failure.getMessage());
      return message.contains("too large") ? SwapOutcome.TOO_LARGE : SwapOutcome.FAILED;
    }
    return Boolean.TRUE.equals(answer.getResult()) ? SwapOutcome.DONE : SwapOutcome.REFUSED;
  }
}
