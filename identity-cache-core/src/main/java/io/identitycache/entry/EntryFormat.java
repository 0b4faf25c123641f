package io.identitycache.entry;

import io.identitycache.key.CacheKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of an entry: format version (1), state (1), checksum of key, state and what follows
 * (4), content. A large content is compressed, which is another state.
 */
final class EntryFormat {

  private static final int HEADER = 6;
  private static final byte VALUE = 'V';
  private static final byte COMPRESSED_VALUE = 'C';
  private static final byte ABSENCE = 'A';
  private static final byte LEASE = 'L';
  private static final byte[] NOTHING = {};

  private EntryFormat() {}

  static byte[] encode(CacheKey key, CacheEntry entry) {
    if (entry instanceof CacheEntry.Value value) {
      byte[] compressed = Compression.compress(value.content());
      return compressed == null
          ? encode(key, VALUE, value.content())
          : encode(key, COMPRESSED_VALUE, compressed);
    }
    if (entry instanceof CacheEntry.Lease lease) {
      ByteBuffer token = ByteBuffer.allocate(16);
      token.putLong(lease.token().high()).putLong(lease.token().low());
      return encode(key, LEASE, token.array());
    }
    return encode(key, ABSENCE, NOTHING);
  }

  private static byte[] encode(CacheKey key, byte state, byte[] content) {
    return ByteBuffer.allocate(HEADER + content.length)
        .put((byte) CacheEntry.FORMAT)
        .put(state)
        .putInt(checksum(key, state, content, 0))
        .put(content)
        .array();
  }

  static CacheEntry decode(CacheKey key, byte[] bytes) {
    if (bytes.length < HEADER) {
      throw new UndecodableEntryException("it has " + bytes.length + " bytes only");
    }
    if (bytes[0] != CacheEntry.FORMAT) {
      throw new UndecodableEntryException("its format version is " + bytes[0]);
    }
    byte state = bytes[1];
    if (ByteBuffer.wrap(bytes).getInt(2) != checksum(key, state, bytes, HEADER)) {
      throw new UndecodableEntryException("it is not what was stored under this key");
    }
    int length = bytes.length - HEADER;
    if (state == VALUE) {
      return new CacheEntry.Value(Arrays.copyOfRange(bytes, HEADER, bytes.length));
    }
    if (state == COMPRESSED_VALUE) {
      return new CacheEntry.Value(Compression.decompress(bytes, HEADER));
    }
    if (state == ABSENCE && length == 0) {
      return new CacheEntry.Absence();
    }
    if (state == LEASE && length == 16) {
      ByteBuffer token = ByteBuffer.wrap(bytes, HEADER, 16);
      return new CacheEntry.Lease(new LeaseToken(token.getLong(), token.getLong()));
    }
    throw new UndecodableEntryException("its state is " + state + " with " + length + " bytes");
  }

  private static int checksum(CacheKey key, byte state, byte[] content, int from) {
    CRC32C checksum = new CRC32C();
    checksum.update(key.bytes());
    checksum.update(state);
    checksum.update(content, from, content.length - from);
    return (int) checksum.getValue();
  }
}
