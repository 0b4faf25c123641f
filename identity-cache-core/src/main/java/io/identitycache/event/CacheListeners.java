package io.identitycache.event;

import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one cache. Safe for use by several threads. */
public final class CacheListeners {

  private static final Logger LOG = LoggerFactory.getLogger(CacheListeners.class);

  private final CopyOnWriteArrayList<CacheListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean reported = new AtomicBoolean();

  /** Adds a listener, which is told of all that happens from now on. */
  public void add(CacheListener listener) {
    listeners.add(listener);
  }

  /** Reports an event that takes no time worth telling. Nothing is reported for no key. */
  public void report(CacheEvent.Kind kind, String name, int keys) {
    report(kind, name, keys, Duration.ZERO);
  }

  /** Reports an event. Nothing is reported for no key. */
  public void report(CacheEvent.Kind kind, String name, int keys, Duration duration) {
    if (keys == 0 || listeners.isEmpty()) {
      return;
    }
    CacheEvent event = new CacheEvent(kind, name, keys, duration);
    for (CacheListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException | LinkageError e) {
        if (reported.compareAndSet(false, true)) {
          LOG.warn("{} threw; its exceptions are ignored from now on", listener, e);
        }
      }
    }
  }
}
