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

  /** What the client refuses to send, in bytes. */
  static final int LARGEST_VALUE = CachedData.getMAX_SIZE();

  private static final RawBytes RAW_BYTES = new RawBytes();
  private static final byte[] NOTHING = {};
  private static final boolean NO_REPLY = false;

  boolean isOpen() {
    return !session.isClosed();
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
