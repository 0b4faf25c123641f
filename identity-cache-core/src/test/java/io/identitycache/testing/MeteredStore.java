package io.identitycache.testing;

import io.identitycache.key.CacheKey;
import io.identitycache.store.CacheStore;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Notes every operation of a store, in the order in which they began: {@code reset}, then what is
 * tested, then {@code operations} or {@code count}. Safe for use by several threads.
 */
public final class MeteredStore implements CacheStore {

  /** What a store can be asked for. */
  public enum Kind {
    READ,
    SWAP,
    DELETE
  }

  /**
   * One call of the store: a round trip, whatever the number of its keys.
   *
   * @param kind what was asked for
   * @param keys in the order in which they were given
   */
  public record Operation(Kind kind, List<CacheKey> keys) {
    @Override
    public String toString() {
      return kind + " " + keys;
    }
  }

  private final CacheStore store;
  private final Consumer<String> journal;
  private final List<Operation> operations = new ArrayList<>();

  /** Notes the operations of a store. */
  public MeteredStore(CacheStore store) {
    this(store, line -> {});
  }

  /**
   * Notes the operations of a store, and tells each to a journal.
   *
   * @param journal is given {@code "READ [key, key]"} before the operation is made; give it the
   *     statements sent to the database as well, and their order is seen
   */
  public MeteredStore(CacheStore store, Consumer<String> journal) {
    this.store = store;
    this.journal = journal;
  }

  /** What was asked for since the last {@link #reset}. */
  public synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** How many operations there were since the last {@link #reset}. */
  public synchronized int count() {
    return operations.size();
  }

  /** How many operations of a kind there were since the last {@link #reset}. */
  public synchronized int count(Kind kind) {
    return (int) operations.stream().filter(operation -> operation.kind() == kind).count();
  }

  /** Forgets the operations noted so far. */
  public synchronized void reset() {
    operations.clear();
  }

  @Override
  public StoreRead read(Collection<CacheKey> keys) {
    note(Kind.READ, List.copyOf(keys));
    return store.read(keys);
  }

  @Override
  public Map<CacheKey, SwapOutcome> swap(List<Swap> swaps) {
    note(Kind.SWAP, swaps.stream().map(Swap::key).toList());
    return store.swap(swaps);
  }

  @Override
  public Set<CacheKey> delete(Collection<CacheKey> keys) {
    note(Kind.DELETE, List.copyOf(keys));
    return store.delete(keys);
  }

  private synchronized void note(Kind kind, List<CacheKey> keys) {
    Operation operation = new Operation(kind, keys);
    operations.add(operation);
    journal.accept(operation.toString());
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public String toString() {
    return "metered " + store;
  }
}
