package io.identitycache.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one kind of entry: {@code <namespace>:<format>:<name>:<fingerprint>:<values>}.
 *
 * <p>Different lists of values have different keys: null, the empty text and {@code a/b} never meet
 * (up to 128-bit digests, which stand in for keys that would be too long). Safe for use by several
 * threads.
 */
public final class KeySpace {

  /** Leaves room for a digest behind it: see {@link #keyOf}. */
  private static final int MAXIMUM_PREFIX = 200;

  private final String prefix;
  private final boolean perTenant;

  /**
   * Makes the key space of one kind of entry.
   *
   * @param namespace keeps applications apart that share a store; at most 64 letters, digits,
   *     {@code .}, {@code _} or {@code -}
   * @param format the version of the stored form
   * @param name the entity's name, or {@code entity.index}
   * @param fingerprint of what the entries hold
   */
  public KeySpace(String namespace, int format, String name, Fingerprint fingerprint) {
    if (!isNamespace(namespace)) {
      throw new IllegalArgumentException(
          "A namespace has 1 to 64 letters, digits, '.', '_' or '-': \"" + namespace + "\"");
    }
    String start = namespace + ":" + format + ":";
    String readable = start + KeyText.of(name) + ":" + fingerprint + ":";
    this.prefix =
        readable.length() <= MAXIMUM_PREFIX
            ? readable
            : start + "#" + Digest.base64(name, 16) + ":" + fingerprint + ":";
    this.perTenant = true;
  }

  private KeySpace(String prefix, boolean perTenant) {
    this.prefix = prefix;
    this.perTenant = perTenant;
  }

  /** The same for entries that all tenants share: a key is the same whoever asks for it. */
  public KeySpace ofAllTenants() {
    return new KeySpace(prefix, false);
  }

  /** Whether the text may be a namespace. */
  public static boolean isNamespace(String text) {
    return text.matches("[A-Za-z0-9._-]{1,64}");
  }

  /**
   * The key of an entry.
   *
   * @param tenant the tenant whose entry it is, null where there are no tenants; passed over if all
   *     tenants share the entries
   * @param values the id or the index values, each already of its attribute's Java type
   */
  public CacheKey keyOf(@Nullable String tenant, List<? extends @Nullable Object> values) {
    StringBuilder text = new StringBuilder(prefix);
    if (tenant != null && perTenant) {
      text.append(KeyText.of(tenant)).append(':');
    }
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append('/');
      }
      text.append(KeyText.of(values.get(i)));
    }
    if (text.length() <= CacheKey.MAXIMUM_LENGTH) {
      return new CacheKey(text.toString());
    }
    // '#' is escaped in values, so a digest never meets a readable key
    return new CacheKey(prefix + "#" + Digest.base64(text.substring(prefix.length()), 16));
  }

  @Override
  public String toString() {
    return prefix;
  }
}
