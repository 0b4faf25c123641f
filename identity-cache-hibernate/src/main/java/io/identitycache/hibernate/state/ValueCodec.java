package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import java.util.Optional;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.CustomType;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.converter.spi.JpaAttributeConverter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one basic attribute and reads them back, each time a new value if the type
 * is mutable. A converted attribute is written as what its converter gives to the column. Safe for
 * use by several threads, as far as the converter is.
 */
public final class ValueCodec {

  private final JdbcMapping mapping;
  private final @Nullable BasicValueConverter<Object, Object> converter;
  private final BasicForm<Object> form;

  @SuppressWarnings("unchecked")
  private ValueCodec(
      JdbcMapping mapping, @Nullable BasicValueConverter<?, ?> converter, BasicForm<?> form) {
    this.mapping = mapping;
    this.converter = (BasicValueConverter<Object, Object>) converter;
    this.form = (BasicForm<Object>) form;
  }

  /** The codec for an attribute of this mapping; empty if its Java type has no stored form. */
  public static Optional<ValueCodec> of(JdbcMapping mapping) {
    BasicValueConverter<?, ?> converter = mapping.getValueConverter();
    if (converter == null && mapping instanceof CustomType<?>) {
      // only the user's type knows what equal values, and copies of them, are
      return Optional.empty();
    }
    BasicForm<?> form =
        BasicForms.of(
            converter == null ? mapping.getMappedJavaType() : converter.getRelationalJavaType());
    return Optional.ofNullable(form).map(known -> new ValueCodec(mapping, converter, known));
  }

  /** Appends a value of the attribute, which may be null. */
  public void write(ContentWriter out, @Nullable Object value) {
    out.writeByte(value == null ? 0 : 1);
    if (value != null) {
      writePresent(out, value);
    }
  }

  /**
   * The next value.
   *
   * @throws UndecodableEntryException if there is none of this attribute's type, or its converter
   *     refuses it
   */
  public @Nullable Object read(ContentReader in) {
    return in.readBoolean() ? readPresent(in) : null;
  }

  /** What the column holds for a value: what the converter makes of it; else the value itself. */
  public @Nullable Object relational(@Nullable Object value) {
    return converter == null || value == null ? value : converter.toRelationalValue(value);
  }

  /** What decides the stored form, in a few words; the same for every run. */
  String description() {
    StringBuilder text = new StringBuilder(mapping.getMappedJavaType().getJavaType().getTypeName());
    if (converter != null) {
      text.append(" by ").append(nameOf(converter));
      text.append(" as ").append(converter.getRelationalJavaType().getJavaType().getTypeName());
    }
    return text.append(" in ").append(mapping.getJdbcType().getDefaultSqlTypeCode()).toString();
  }

  void writePresent(ContentWriter out, Object value) {
    if (converter == null) {
      form.write(out, value);
    } else {
      // a converter may give null for a value and a value for null
      ArrayForm.writeItem(out, form, converter.toRelationalValue(value));
    }
  }

  @Nullable Object readPresent(ContentReader in) {
    try {
      return converter == null
          ? form.read(in)
          : converter.toDomainValue(ArrayForm.readItem(in, form));
    } catch (UndecodableEntryException e) {
      throw e;
    } catch (RuntimeException e) {
      // without the cause, whose message may hold the value
      throw new UndecodableEntryException("a value was refused by " + e.getClass().getName());
    }
  }

  private static String nameOf(BasicValueConverter<?, ?> converter) {
    return converter instanceof JpaAttributeConverter<?, ?> declared
        ? declared.getConverterJavaType().getJavaTypeClass().getName()
        : converter.getClass().getName();
  }
}
