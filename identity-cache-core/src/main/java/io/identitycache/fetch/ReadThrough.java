package io.identitycache.fetch;

import io.identitycache.entry.CacheEntry;
import io.identitycache.entry.LeaseToken;
import io.identitycache.entry.UndecodableEntryException;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListeners;
import io.identitycache.fetch.Answer.Origin;
import io.identitycache.fetch.Loaded.Storing;
import io.identitycache.key.CacheKey;
import io.identitycache.store.CacheStore;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one read path: answers a batch of keys from the store, and the rest from the database under a
 * lease, so that no fill can bring back what was invalidated meanwhile.
 *
 * <ol>
 *   <li>Read all keys. A value or an absence answers.
 *   <li>Where nothing is, or nothing usable: swap in a lease. Won: this reader loads. Refused:
 *       somebody else does.
 *   <li>Load all won keys at once, from a state of the database that is newer than the lease.
 *   <li>Swap each lease for its value. Refused: the value is returned all the same, and not stored.
 *   <li>Where another holds the lease: join its load if it runs in this JVM, otherwise poll. When
 *       the wait is over, take the lease over, or load without it.
 * </ol>
 *
 * <p>The protocol is that of "Scaling Memcache at Facebook" (NSDI 2013) over compare-and-swap, with
 * takeover added. A failure of the store is never seen by the caller; one of the database is. Safe
 * for use by several threads.
 */
public final class ReadThrough {

  private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);
  private static final long LONGEST_POLL_MILLIS = 8;

  private final CacheStore store;
  private final CacheListeners listeners;
  private final FillPolicy policy;
  private final Flights flights = new Flights();
  private final Semaphore permits;
  private final EntrySizes sizes;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** Reads through a store. */
  public ReadThrough(CacheStore store, CacheListeners listeners, FillPolicy policy) {
    this.store = store;
    this.listeners = listeners;
    this.policy = policy;
    this.sizes = new EntrySizes(listeners, policy.entrySizeWarning());
    this.permits = new Semaphore(policy.maximumConcurrentLoads());
  }

  /** What is stored for a key, if the index can decode it: a look that changes nothing. */
  <K, V> @Nullable V peek(Index<K, V> index, K key) {
    CacheKey cacheKey = index.keyOf(key);
    byte[] bytes = store.read(List.of(cacheKey)).found().get(cacheKey);
    try {
      return bytes != null && CacheEntry.decode(cacheKey, bytes) instanceof CacheEntry.Value value
          ? index.decode(key, value.content())
          : null;
    } catch (UndecodableEntryException e) {
      return null;
    }
  }

  /**
   * Answers every key.
   *
   * @param keys distinct keys
   * @param rejected entries that were read before and turned out to be wrong, by their bytes
   * @param fill whether what is loaded may be stored
   */
  <K, V> Map<K, Answer<V>> fetch(
      Index<K, V> index, Collection<K> keys, Map<K, byte[]> rejected, boolean fill) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return new Fetch<>(index, keys, rejected).run(fill);
  }

  /** One call: what is still open, and what has been seen under it. */
  private final class Fetch<K, V> {

    private final Index<K, V> index;
    private final Map<K, byte[]> rejected;
    private final Map<K, Answer<V>> answers = new HashMap<>();

    /** The keys without an answer; the others below are parts of it. */
    private final Map<CacheKey, K> open = new LinkedHashMap<>();

    /** Nobody holds a lease: the key holds nothing (null), or these bytes, which are of no use. */
    private final Map<CacheKey, byte @Nullable []> free = new LinkedHashMap<>();

    /** Somebody holds this lease; null if it has not been read yet. */
    private final Map<CacheKey, @Nullable HeldLease> held = new LinkedHashMap<>();

    /** The lease that was seen first under each key. */
    private final Map<CacheKey, LeaseToken> firstSeen = new HashMap<>();

    /** The store does not answer for these. */
    private final Set<CacheKey> unreachable = new HashSet<>();

    Fetch(Index<K, V> index, Collection<K> keys, Map<K, byte[]> rejected) {
      this.index = index;
      this.rejected = rejected;
      keys.forEach(key -> open.put(index.keyOf(key), key));
    }

    Map<K, Answer<V>> run(boolean fill) {
      read(open.keySet());
      tally(open.keySet()).report(listeners, Kind.MISS, Duration.ZERO);
      if (LOG.isDebugEnabled()) {
        open.keySet().forEach(key -> LOG.debug("miss {}", key));
      }
      if (open.isEmpty()) {
        return answers;
      }
      if (!fill) {
        withPermit(() -> loadWithoutLease(List.copyOf(open.keySet())));
      } else {
        loadWhatIsFree();
        waitForOthers();
      }
      return answers;
    }

    /** Looks at keys again, answers those that hold an answer, and sorts the others. */
    private void read(Collection<CacheKey> keys) {
      if (keys.isEmpty()) {
        return;
      }
      List<CacheKey> asked = List.copyOf(keys);
      long start = System.nanoTime();
      StoreRead read = store.read(asked);
      tally(asked).reportAsOne(listeners, Kind.STORE_READ, since(start));
      Tally hits = new Tally();
      Tally absentHits = new Tally();
      for (CacheKey key : asked) {
        held.remove(key);
        byte[] bytes = read.found().get(key);
        if (bytes == null) {
          if (read.unreachable().contains(key)) {
            unreachable.add(key);
          } else {
            free.put(key, null);
          }
        } else if (accept(key, bytes)) {
          LOG.debug("hit {}", key);
          K answered = asked(key);
          open.remove(key);
          Answer<V> answer = answers.get(answered);
          boolean absent = answer == null || answer.value() == null;
          (absent ? absentHits : hits).add(index.nameOf(answered));
        }
      }
      hits.report(listeners, Kind.HIT, Duration.ZERO);
      absentHits.report(listeners, Kind.ABSENT_HIT, Duration.ZERO);
    }

    private Tally tally(Collection<CacheKey> keys) {
      Tally tally = new Tally();
      keys.forEach(key -> tally.add(index.nameOf(asked(key))));
      return tally;
    }

    /** Takes stored bytes as the answer if they are one; otherwise sorts the key. */
    private boolean accept(CacheKey key, byte[] bytes) {
      K asked = asked(key);
      byte[] wrong = rejected.get(asked);
      if (wrong != null && Arrays.equals(wrong, bytes)) {
        free.put(key, bytes);
        return false;
      }
      try {
        CacheEntry entry = CacheEntry.decode(key, bytes);
        if (entry instanceof CacheEntry.Lease lease) {
          held.put(key, new HeldLease(lease.token(), bytes));
          firstSeen.putIfAbsent(key, lease.token());
          return false;
        }
        V value =
            entry instanceof CacheEntry.Value stored ? index.decode(asked, stored.content()) : null;
        answers.put(asked, new Answer<>(value, Origin.STORED, bytes));
        return true;
      } catch (UndecodableEntryException e) {
        listeners.report(Kind.UNDECODABLE, index.nameOf(asked), 1);
        LOG.debug("{} is loaded anew: {}", key, e.getMessage());
        free.put(key, bytes);
        return false;
      }
    }

    /** Competes for the leases of all free keys, loads what it won, and fills. */
    private void loadWhatIsFree() {
      if (!free.isEmpty() || !unreachable.isEmpty()) {
        withPermit(() -> lease(free));
      }
    }

    /** The permit comes before the lease: nobody holds a lease while waiting for a connection. */
    private void withPermit(Runnable load) {
      boolean permitted = index.takesConnection() && acquirePermit();
      try {
        load.run();
      } finally {
        if (permitted) {
          permits.release();
        }
      }
    }

    /**
     * Swaps a lease in for what each key holds, and loads the keys that were won together with
     * those that nobody can lease.
     *
     * @param wanted what each key holds, null for nothing; emptied
     * @return the keys whose leases were won
     */
    private Tally lease(Map<CacheKey, byte @Nullable []> wanted) {
      CacheEntry.Lease lease = new CacheEntry.Lease(LeaseToken.random());
      List<Swap> swaps = new ArrayList<>(wanted.size());
      wanted.forEach(
          (key, bytes) ->
              swaps.add(new Swap(key, bytes, lease.encode(key), policy.leaseTimeToLive())));
      wanted.clear();
      List<CacheKey> won = new ArrayList<>(swaps.size());
      try (Flights.Flight flight = flights.begin()) {
        // announced first: whoever reads the lease must find the load
        swaps.forEach(swap -> flight.announce(swap.key(), lease.token()));
        try {
          compete(swaps, won, lease, flight);
          List<CacheKey> unfilled = List.copyOf(unreachable);
          Tally leased = tally(won);
          if (!won.isEmpty() || !unfilled.isEmpty()) {
            loadAndFill(lease, won, unfilled, flight);
          }
          return leased;
        } finally {
          // before the flight ends: whom its failure wakes shall find the keys free
          release(won, lease);
        }
      }
    }

    private void compete(
        List<Swap> swaps, List<CacheKey> won, CacheEntry.Lease lease, Flights.Flight flight) {
      Map<CacheKey, SwapOutcome> outcomes = swaps.isEmpty() ? Map.of() : store.swap(swaps);
      for (Swap swap : swaps) {
        SwapOutcome outcome = outcomes.getOrDefault(swap.key(), SwapOutcome.FAILED);
        if (outcome == SwapOutcome.DONE) {
          won.add(swap.key());
          continue;
        }
        // what has failed may yet be done late, when the load is older than the lease
        flight.withdraw(swap.key(), lease.token());
        if (outcome == SwapOutcome.REFUSED) {
          held.put(swap.key(), null);
        } else {
          unreachable.add(swap.key());
        }
      }
    }

    /** Loads all keys at once; empties {@code won} when none of its leases is left to release. */
    private void loadAndFill(
        CacheEntry.Lease lease,
        List<CacheKey> won,
        List<CacheKey> unfilled,
        Flights.Flight flight) {
      List<CacheKey> keys = new ArrayList<>(won);
      keys.addAll(unfilled);
      long start = System.nanoTime();
      Map<CacheKey, Loaded> loaded = load(keys);
      Duration time = since(start);
      flight.land(loaded);
      fill(won, lease, loaded, time);
      won.forEach(key -> answer(key, loaded.get(key), Origin.LOADED));
      unfilled.forEach(key -> answer(key, loaded.get(key), Origin.UNREACHABLE));
      won.clear();
    }

    private Map<CacheKey, Loaded> load(List<CacheKey> keys) {
      Map<K, CacheKey> asked = new LinkedHashMap<>();
      keys.forEach(key -> asked.put(asked(key), key));
      Map<CacheKey, Loaded> loaded = new HashMap<>();
      index
          .load(Collections.unmodifiableSet(asked.keySet()))
          .forEach((key, value) -> loaded.put(index.keyOf(key), value));
      return loaded;
    }

    private void fill(
        List<CacheKey> won, CacheEntry.Lease lease, Map<CacheKey, Loaded> loaded, Duration time) {
      List<Swap> swaps = new ArrayList<>(won.size());
      for (CacheKey key : won) {
        Loaded value = loaded.get(key);
        byte[] leased = lease.encode(key);
        if (value == null) {
          Duration life = FillPolicy.jittered(policy.absenceTimeToLive());
          swaps.add(Swap.replace(key, leased, new CacheEntry.Absence().encode(key), life));
        } else if (value.storing() == Storing.ALLOWED) {
          Duration life = FillPolicy.jittered(index.timeToLive(asked(key)));
          byte[] bytes = new CacheEntry.Value(value.content()).encode(key);
          swaps.add(Swap.replace(key, leased, bytes, life));
        } else {
          swaps.add(Swap.remove(key, leased));
          reportUnstorable(index.nameOf(asked(key)), value);
        }
      }
      if (swaps.isEmpty()) {
        return;
      }
      Map<CacheKey, SwapOutcome> outcomes = closeLeases(swaps);
      Tally filled = new Tally();
      Tally lost = new Tally();
      for (Swap swap : swaps) {
        SwapOutcome outcome = outcomes.getOrDefault(swap.key(), SwapOutcome.FAILED);
        Loaded value = loaded.get(swap.key());
        String name = index.nameOf(asked(swap.key()));
        if (outcome == SwapOutcome.TOO_LARGE && swap.replacement() != null && value != null) {
          sizes.tooLargeForTheStore(name, value, swap.replacement().length);
        } else if (outcome == SwapOutcome.DONE && swap.replacement() != null) {
          LOG.debug("filled {}", swap.key());
          filled.add(name);
          if (value != null) {
            sizes.stored(name, value);
          }
        } else if (outcome == SwapOutcome.REFUSED && swap.replacement() != null) {
          LOG.debug("not filled, the lease is gone: {}", swap.key());
          lost.add(name);
        }
      }
      filled.report(listeners, Kind.FILL, time);
      lost.report(listeners, Kind.FILL_LOST, Duration.ZERO);
    }

    private void reportUnstorable(String name, Loaded value) {
      if (value.storing() == Storing.TOO_LARGE) {
        sizes.tooManyRows(name, value);
      } else if (warned.add(name)) {
        LOG.warn(
            "{}: the database finds values equal that Java does not (letter case, padding, scale);"
                + " such lookups are answered by the database and not stored. If it is letter case,"
                + " declare the index with ignoreCase = true",
            name);
      }
    }

    /** Gives leases back, after a load that failed. */
    private void release(List<CacheKey> won, CacheEntry.Lease lease) {
      if (!won.isEmpty()) {
        closeLeases(won.stream().map(key -> Swap.remove(key, lease.encode(key))).toList());
      }
    }

    private void answer(CacheKey key, @Nullable Loaded loaded, Origin origin) {
      K asked = asked(key);
      open.remove(key);
      unreachable.remove(key);
      if (loaded == null) {
        answers.put(asked, Answer.loaded(null, origin));
      } else {
        boolean unequal = loaded.storing() == Storing.UNEQUAL_IN_JAVA;
        V value = index.decode(asked, loaded.content());
        answers.put(asked, Answer.loaded(value, unequal ? Origin.UNEQUAL_IN_JAVA : origin));
      }
    }

    /** Answers keys that others are loading. One wait for all of them. */
    private void waitForOthers() {
      if (held.isEmpty()) {
        return;
      }
      long start = System.nanoTime();
      Tally waiting = tally(held.keySet());
      long waitingSince = start;
      boolean patient = true;
      for (long poll = 0; !held.isEmpty() && patient; poll = nextPoll(poll)) {
        try {
          if (joinFlights(start)) {
            // that was no wait for another process: if the load has failed, it begins now
            waitingSince = System.nanoTime();
          } else {
            TimeUnit.MILLISECONDS.sleep(Math.min(poll, millisLeft(waitingSince)));
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          patient = false;
        }
        if (!held.isEmpty()) {
          read(List.copyOf(held.keySet()));
          loadWhatIsFree();
        }
        patient &= millisLeft(waitingSince) > 0;
      }
      waiting.report(listeners, Kind.LEASE_WAIT, since(start));
      if (!held.isEmpty()) {
        takeOver(start);
      }
    }

    private static long nextPoll(long poll) {
      return poll == 0 ? 1 : Math.min(2 * poll, LONGEST_POLL_MILLIS);
    }

    private long millisLeft(long start) {
      return Math.max(0, policy.leaseWait().minus(since(start)).toMillis());
    }

    /**
     * Waits for the loads of this JVM that go on under one of the leases; false if there is none.
     * They are alive, so the wait is not for lease_wait but for as long as a lease lives, once for
     * all.
     */
    private boolean joinFlights(long start) throws InterruptedException {
      boolean joined = false;
      for (Map.Entry<CacheKey, @Nullable HeldLease> entry : List.copyOf(held.entrySet())) {
        CacheKey key = entry.getKey();
        HeldLease lease = entry.getValue();
        Duration left = policy.leaseTimeToLive().minus(since(start));
        Flights.Flight flight =
            lease == null ? null : flights.find(key, lease.token()).orElse(null);
        if (flight != null && !left.isNegative()) {
          joined = true;
          flight
              .await(left)
              .ifPresent(
                  loaded -> {
                    held.remove(key);
                    answer(key, loaded.get(key), Origin.LOADED);
                  });
        }
      }
      return joined;
    }

    private void joinLastFlights(long start) {
      try {
        joinFlights(start);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /**
     * The wait is over: one try to take each lease over that has not changed during it, and then
     * the database in any case.
     */
    private void takeOver(long start) {
      // where this thread was paused, it has not looked yet; a load of this JVM is not disturbed
      joinLastFlights(start);
      Map<CacheKey, byte @Nullable []> wanted = new LinkedHashMap<>();
      held.forEach(
          (key, lease) -> {
            if (lease != null && lease.token().equals(firstSeen.get(key))) {
              wanted.put(key, lease.bytes());
            }
          });
      held.keySet().removeAll(wanted.keySet());
      if (!wanted.isEmpty()) {
        withPermit(() -> lease(wanted).report(listeners, Kind.TAKEOVER, Duration.ZERO));
      }
      if (!held.isEmpty()) {
        // somebody was faster: if he is done already, one more try, and a look at who it is now
        read(List.copyOf(held.keySet()));
        loadWhatIsFree();
      }
      if (!held.isEmpty()) {
        read(held.keySet().stream().filter(key -> held.get(key) == null).toList());
      }
      if (!open.isEmpty()) {
        loadBesideOthers(start);
      }
    }

    /**
     * Others hold the leases and are not waited for any longer. Of all threads of this JVM that see
     * the same lease one loads, for all of them.
     */
    private void loadBesideOthers(long start) {
      try (Flights.Flight flight = flights.begin()) {
        List<CacheKey> own = new ArrayList<>();
        for (CacheKey key : open.keySet()) {
          HeldLease lease = held.get(key);
          if (lease == null || flight.announce(key, lease.token())) {
            own.add(key);
          }
        }
        own.forEach(held::remove);
        if (!own.isEmpty()) {
          withPermit(() -> flight.land(loadWithoutLease(own)));
        }
      }
      joinLastFlights(start);
      if (!open.isEmpty()) {
        withPermit(() -> loadWithoutLease(List.copyOf(open.keySet())));
      }
    }

    private Map<CacheKey, Loaded> loadWithoutLease(List<CacheKey> keys) {
      Map<CacheKey, Loaded> loaded = load(keys);
      for (CacheKey key : keys) {
        boolean reachable = !unreachable.contains(key);
        answer(key, loaded.get(key), reachable ? Origin.UNFILLED : Origin.UNREACHABLE);
      }
      return loaded;
    }

    private K asked(CacheKey key) {
      K asked = open.get(key);
      if (asked == null) {
        throw new IllegalStateException("Not asked for, or answered already: " + key);
      }
      return asked;
    }
  }

  /** Fills or frees leases, of an interrupted thread too: others wait for them. */
  private Map<CacheKey, SwapOutcome> closeLeases(List<Swap> swaps) {
    boolean interrupted = Thread.interrupted();
    try {
      return store.swap(swaps);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a permit to load; goes on without one rather than fail or wait for ever. */
  private boolean acquirePermit() {
    try {
      return permits.tryAcquire(policy.leaseTimeToLive().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(Math.max(1, System.nanoTime() - start));
  }

  @Override
  public String toString() {
    return "ReadThrough over " + store;
  }

  /** A lease that somebody else holds, and its bytes. */
  private record HeldLease(LeaseToken token, byte[] bytes) {}
}
