package io.identitycache.validation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class NearestName {

  private NearestName() {}

  /**
   * The valid name that takes the fewest single-character edits to reach (Levenshtein's distance,
   * letter case ignored), if they are few enough for a slip.
   */
  public static Optional<String> of(String misspelt, Collection<String> valid) {
    int limit = Math.max(2, misspelt.length() / 3);
    return valid.stream()
        .min(Comparator.comparingInt((String name) -> distance(misspelt, name)))
        .filter(name -> distance(misspelt, name) <= limit);
  }

  /** {@code " Did you mean \"x\"?"}, or nothing where no valid name is near. */
  public static String hint(String misspelt, Collection<String> valid) {
    return of(misspelt, valid).map(name -> " Did you mean \"" + name + "\"?").orElse("");
  }

  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
