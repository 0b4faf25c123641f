package io.identitycache.key;

import java.util.Collection;
import java.util.TreeSet;

/**
 * A short digest of everything that decides how an entry is stored. Two schemas with the same
 * fingerprint read each other's entries; with different ones they never meet.
 *
 * @param text 11 letters, digits, {@code -} or {@code _}
 */
public record Fingerprint(String text) {

  /**
   * Digests a description, one line for each part of the schema. The order in which the lines are
   * given does not matter.
   */
  public static Fingerprint of(Collection<String> description) {
    return new Fingerprint(Digest.base64(String.join("\n", new TreeSet<>(description)), 8));
  }

  @Override
  public String toString() {
    return text;
  }
}
