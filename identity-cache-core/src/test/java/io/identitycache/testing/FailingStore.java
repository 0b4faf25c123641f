package io.identitycache.testing;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toCollection;

import io.identitycache.key.CacheKey;
import io.identitycache.store.CacheStore;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import io.identitycache.testing.MeteredStore.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes chosen operations of a store fail, or hold still.
 *
 * <pre>{@code
 * store.failNext(Kind.SWAP);                     // the next one only, which is not made
 * store.failAll(Kind.READ, Kind.DELETE);         // until store.recover()
 *
 * Stop stop = store.stopBefore(Kind.SWAP);       // the next one
 * ... start the thread that swaps ...
 * stop.awaitReached();
 * ... do what is to happen in between ...
 * stop.release();
 * }</pre>
 *
 * <p>An operation that was stopped by one {@code Stop} goes on past it; the next meets the next
 * one. Safe for use by several threads.
 */
public final class FailingStore implements CacheStore {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CacheStore store;
  private final Set<Kind> failing = EnumSet.noneOf(Kind.class);
  private final Map<Kind, Integer> failures = new EnumMap<>(Kind.class);
  private final Set<Kind> lostAnswers = EnumSet.noneOf(Kind.class);
  private int untilFailure = -1;
  private Predicate<CacheKey> unreachable = key -> false;
  private final Map<Kind, Stop> before = new EnumMap<>(Kind.class);
  private final Map<Kind, Stop> after = new EnumMap<>(Kind.class);

  /** Works like the store until told otherwise. */
  public FailingStore(CacheStore store) {
    this.store = store;
  }

  /** Lets the next operation of the kind fail without being made; called twice, the next two. */
  public synchronized void failNext(Kind kind) {
    failures.merge(kind, 1, Integer::sum);
  }

  /** Lets the operation fail that comes after so many others, of whatever kind. */
  public synchronized void failAfter(int operations) {
    untilFailure = operations;
  }

  /** Lets the next operation of the kind be made, and its caller learn only that it failed. */
  public synchronized void loseNextAnswer(Kind kind) {
    lostAnswers.add(kind);
  }

  /** Lets all operations of these kinds fail without being made; without kinds, all operations. */
  public synchronized void failAll(Kind... kinds) {
    failing.addAll(kinds.length == 0 ? EnumSet.allOf(Kind.class) : Set.of(kinds));
  }

  /** Lets deletes fail of such keys; those of the others in the same batch are made. */
  public synchronized void failDeletesOf(Predicate<CacheKey> keys) {
    unreachable = keys;
  }

  /** Lets no operation fail any more. */
  public synchronized void recover() {
    failing.clear();
    failures.clear();
    lostAnswers.clear();
    untilFailure = -1;
    unreachable = key -> false;
  }

  /** Holds the next operation of the kind before it is made. */
  public synchronized Stop stopBefore(Kind kind) {
    return put(before, kind);
  }

  /** Holds the next operation of the kind when it is made, before its caller learns of it. */
  public synchronized Stop stopAfter(Kind kind) {
    return put(after, kind);
  }

  private static Stop put(Map<Kind, Stop> stops, Kind kind) {
    Stop stop = new Stop();
    if (stops.putIfAbsent(kind, stop) != null) {
      throw new IllegalStateException("A stop of the next " + kind + " is set already");
    }
    return stop;
  }

  @Override
  public StoreRead read(Collection<CacheKey> keys) {
    hold(before, Kind.READ);
    StoreRead result =
        fails(Kind.READ) ? new StoreRead(Map.of(), new HashSet<>(keys)) : store.read(keys);
    hold(after, Kind.READ);
    return losesAnswer(Kind.READ) ? new StoreRead(Map.of(), new HashSet<>(keys)) : result;
  }

  @Override
  public Map<CacheKey, SwapOutcome> swap(List<Swap> swaps) {
    hold(before, Kind.SWAP);
    Map<CacheKey, SwapOutcome> result = fails(Kind.SWAP) ? failed(swaps) : store.swap(swaps);
    hold(after, Kind.SWAP);
    return losesAnswer(Kind.SWAP) ? failed(swaps) : result;
  }

  private static Map<CacheKey, SwapOutcome> failed(List<Swap> swaps) {
    Map<CacheKey, SwapOutcome> outcomes = new HashMap<>();
    swaps.forEach(swap -> outcomes.put(swap.key(), SwapOutcome.FAILED));
    return outcomes;
  }

  @Override
  public Set<CacheKey> delete(Collection<CacheKey> keys) {
    hold(before, Kind.DELETE);
    Set<CacheKey> result = fails(Kind.DELETE) ? new HashSet<>(keys) : deleteReachable(keys);
    hold(after, Kind.DELETE);
    return losesAnswer(Kind.DELETE) ? new HashSet<>(keys) : result;
  }

  private Set<CacheKey> deleteReachable(Collection<CacheKey> keys) {
    Predicate<CacheKey> beyondReach = unreachable();
    Set<CacheKey> failed = keys.stream().filter(beyondReach).collect(toCollection(HashSet::new));
    failed.addAll(store.delete(keys.stream().filter(not(beyondReach)).toList()));
    return failed;
  }

  private synchronized Predicate<CacheKey> unreachable() {
    return unreachable;
  }

  private synchronized boolean losesAnswer(Kind kind) {
    return lostAnswers.remove(kind);
  }

  private synchronized boolean fails(Kind kind) {
    boolean due = untilFailure == 0;
    untilFailure = Math.max(-1, untilFailure - 1);
    if (due || failing.contains(kind)) {
      return true;
    }
    int left = failures.getOrDefault(kind, 0);
    if (left > 0) {
      failures.put(kind, left - 1);
    }
    return left > 0;
  }

  private void hold(Map<Kind, Stop> stops, Kind kind) {
    take(stops, kind).ifPresent(Stop::hold);
  }

  private synchronized Optional<Stop> take(Map<Kind, Stop> stops, Kind kind) {
    return Optional.ofNullable(stops.remove(kind));
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public String toString() {
    return "failing " + store;
  }

  /** A point at which one operation waits. */
  public static final class Stop {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** A stop for an operation that the caller holds itself, by {@link #hold}. */
    public Stop() {}

    /** Waits until an operation waits here. */
    public void awaitReached() {
      await(reached, "No operation came to the stop");
    }

    /** Lets the operation go on. */
    public void release() {
      released.countDown();
    }

    /** Waits here until released, on the thread that is to be stopped. */
    public void hold() {
      reached.countDown();
      await(released, "The stop was not released");
    }

    private static void await(CountDownLatch latch, String otherwise) {
      try {
        if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError(otherwise + " within " + PATIENCE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted at a stop", e);
      }
    }
  }
}
