package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.jspecify.annotations.Nullable;

/** One column or formula. */
final class BasicAttribute extends StoredAttribute {

  private final String path;
  private final ValueCodec codec;
  private final SelectableMapping column;

  BasicAttribute(String path, ValueCodec codec, SelectableMapping column) {
    this.path = path;
    this.codec = codec;
    this.column = column;
  }

  @Override
  void writePresent(ContentWriter out, Source source, Object value) {
    try {
      codec.writePresent(out, value);
    } catch (ClassCastException e) {
      // without the cause: nothing more is known of what its message holds
      throw new IllegalStateException(
          path
              + " holds a "
              + value.getClass().getTypeName()
              + ", which is not what its mapping declares. Declare it, or leave the entity uncached.");
    }
  }

  @Override
  @Nullable Object readPresent(ContentReader in, Owner owner) {
    return codec.readPresent(in);
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(path + " " + codec.description() + " from " + source(column));
  }

  /** The column's name, the formula, or what is read in the column's place. */
  static String source(SelectableMapping column) {
    String selected = withoutAlias(column.getSelectionExpression());
    String custom = column.getCustomReadExpression();
    String read = custom == null ? selected : withoutAlias(custom);
    return (column.isFormula() ? "formula " : "column ")
        + selected
        + (read.equals(selected) ? "" : " read as " + read);
  }

  /** Hibernate 6 and 7 mark the place of the table's alias differently. */
  private static String withoutAlias(String expression) {
    return expression.replace("$PlaceHolder$.", "").replace("{@}.", "");
  }
}
