package io.identitycache.fetch;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListeners;
import io.identitycache.settings.Setting;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which entries are large, and which were too large to be stored: in the log once for each
 * entity or index and each of the two, with the size and what takes most of it. Safe for use by
 * several threads.
 */
final class EntrySizes {

  private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);

  private final CacheListeners listeners;
  private final long warnedAbove;
  private final Set<String> saidLarge = ConcurrentHashMap.newKeySet();
  private final Set<String> saidTooLarge = ConcurrentHashMap.newKeySet();

  /**
   * Says nothing yet.
   *
   * @param warnedAbove the bytes of content above which an entry that was stored is warned of, zero
   *     for none
   */
  EntrySizes(CacheListeners listeners, long warnedAbove) {
    this.listeners = listeners;
    this.warnedAbove = warnedAbove;
  }

  /** A content has been stored. */
  void stored(String name, Loaded loaded) {
    int size = loaded.content().length;
    if (warnedAbove > 0 && size > warnedAbove && saidLarge.add(name)) {
      LOG.warn(
          "{}: an entry of {} bytes was stored, more than {} ({}): every fetch of it moves and"
              + " reads all of them.{}",
          name,
          size,
          Setting.ENTRY_SIZE_WARNING,
          warnedAbove,
          remedy(loaded));
    }
  }

  /** The store has refused a content, which is {@code stored} bytes in its stored form. */
  void tooLargeForTheStore(String name, Loaded loaded, int stored) {
    int size = loaded.content().length;
    String compressed = stored < size ? " (" + stored + " compressed)" : "";
    tooLarge(name, loaded, size + " bytes" + compressed);
  }

  /** A list names more rows than any list that is stored. */
  void tooManyRows(String name, Loaded loaded) {
    tooLarge(name, loaded, loaded.content().length + " bytes of ids");
  }

  private void tooLarge(String name, Loaded loaded, String size) {
    listeners.report(Kind.TOO_LARGE, name, 1);
    if (saidTooLarge.add(name)) {
      LOG.warn(
          "{}: an entry of {} is too large and is not stored; each fetch of it reads the"
              + " database.{}",
          name,
          size,
          remedy(loaded));
    }
  }

  private static String remedy(Loaded loaded) {
    return loaded.largestAssociation() == null
        ? ""
        : " Its largest embedded association is "
            + loaded.largestAssociation()
            + " with "
            + loaded.largestSize()
            + " bytes: with @CacheReference there, only ids would be in the entry (a collection of"
            + " values has none, and can only be left unmarked)";
  }
}
