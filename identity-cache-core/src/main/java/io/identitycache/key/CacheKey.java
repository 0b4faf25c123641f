package io.identitycache.key;

import java.nio.charset.StandardCharsets;

/**
 * The name under which a store keeps one entry: 1 to 250 visible ASCII characters, which is what
 * memcached accepts. Made by a {@link KeySpace}.
 *
 * @param text the key as it is sent
 */
public record CacheKey(String text) {

  /** The longest key that memcached accepts, in bytes. */
  public static final int MAXIMUM_LENGTH = 250;

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if memcached would refuse it
   */
  public CacheKey {
    if (text.isEmpty() || text.length() > MAXIMUM_LENGTH) {
      throw new IllegalArgumentException(
          "A key has 1 to " + MAXIMUM_LENGTH + " characters, not " + text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        throw new IllegalArgumentException(
            "A key has visible ASCII characters only; the one at " + i + " is not");
      }
    }
  }

  /** The key's bytes. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return text;
  }
}
