package io.identitycache.memcached;

import com.google.code.yanf4j.core.Session;
import io.identitycache.key.CacheKey;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.transcoders.CachedData;

/**
 * One TCP connection to a server, and the commands that go over it and no other: CAS ids begin
 * again when a server restarts, so one that was read over this connection is of no use to the next.
 *
 * @param session the connection
 * @param health of its server
 * @param commands makes the commands
 */
record Connection(Session session, ServerHealth health, CommandFactory commands) {

  /** The client refuses to send more, in bytes: a megabyte, if no system property says else. */
  private static final int LARGEST_VALUE = CachedData.getMAX_SIZE();

  private static final String REFUSED_LENGTH = "identity-cache.refused-length";

  private static final RawBytes RAW_BYTES = new RawBytes();
  private static final byte[] NOTHING = {};
  private static final boolean NO_REPLY = false;

  boolean isOpen() {
    return !session.isClosed();
  }

  /**
   * Whether a value of this many bytes is worth sending. One that the server has refused as too
   * large, or a larger one, is not sent to it again: it would be refused every time.
   */
  boolean takes(int length) {
    return length <= LARGEST_VALUE
        && !(session.getAttribute(REFUSED_LENGTH) instanceof Integer refused && length >= refused);
  }

  /**
   * Remembers that the server has refused a value of this many bytes as too large; until the
   * connection ends, since a restarted server may take more.
   */
  void refused(int length) {
    if (takes(length)) {
      session.setAttribute(REFUSED_LENGTH, length);
    }
  }

  Command get(Collection<CacheKey> keys) {
    return retrieval(keys, CommandType.GET_MANY);
  }

  Command gets(Collection<CacheKey> keys) {
    return retrieval(keys, CommandType.GETS_MANY);
  }

  private Command retrieval(Collection<CacheKey> keys, CommandType type) {
    return commands.createGetMultiCommand(
        keys.stream().map(CacheKey::text).toList(), new CountDownLatch(1), type, RAW_BYTES);
  }

  Command add(CacheKey key, byte[] bytes, int expiry) {
    return commands.createAddCommand(key.text(), key.bytes(), expiry, bytes, NO_REPLY, RAW_BYTES);
  }

  Command compareAndSet(CacheKey key, long cas, byte[] bytes, int expiry) {
    return commands.createCASCommand(
        key.text(), key.bytes(), expiry, bytes, cas, NO_REPLY, RAW_BYTES);
  }

  /** The protocol's delete knows no condition; storing something that has expired does. */
  Command compareAndRemove(CacheKey key, long cas) {
    return compareAndSet(key, cas, NOTHING, Expiry.PAST);
  }

  Command delete(CacheKey key) {
    return commands.createDeleteCommand(key.text(), key.bytes(), 0, 0, NO_REPLY);
  }
}
