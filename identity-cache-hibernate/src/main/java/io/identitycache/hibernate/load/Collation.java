package io.identitycache.hibernate.load;

import io.identitycache.model.IndexValue;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which texts a database may take for equal although Java does not: those that differ only in
 * letter case, accents, width or trailing blanks. It may join more than a given database does, and
 * costs a further statement then; a collation that joins still more is not known here.
 */
final class Collation {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Collation() {}

  /** Equal for values that may be equal to the database. */
  static List<@Nullable Object> keyOf(IndexValue value) {
    List<@Nullable Object> key = new ArrayList<>(value.comparable().size());
    for (Object item : value.comparable()) {
      key.add(item instanceof String text ? fold(text) : item);
    }
    return key;
  }

  private static String fold(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    // both ways: some letters have one capital and two small forms
    return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).stripTrailing();
  }
}
