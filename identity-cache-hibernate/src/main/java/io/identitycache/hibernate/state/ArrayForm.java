package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** An array of basic values, each of which may be null. */
final class ArrayForm implements BasicForm<Object> {

  private final Class<?> itemType;
  private final BasicForm<Object> item;

  @SuppressWarnings("unchecked")
  ArrayForm(Class<?> itemType, BasicForm<?> item) {
    this.itemType = itemType;
    this.item = (BasicForm<Object>) item;
  }

  @Override
  public void write(ContentWriter out, Object array) {
    int length = Array.getLength(array);
    out.writeCount(length);
    for (int i = 0; i < length; i++) {
      writeItem(out, item, Array.get(array, i));
    }
  }

  @Override
  public Object read(ContentReader in) {
    Object array = Array.newInstance(itemType, in.readCount());
    for (int i = 0; i < Array.getLength(array); i++) {
      Object value = readItem(in, item);
      if (value != null) {
        Array.set(array, i, value);
      } else if (itemType.isPrimitive()) {
        throw new UndecodableEntryException("a primitive is null");
      }
    }
    return array;
  }

  static void writeItem(ContentWriter out, BasicForm<Object> form, @Nullable Object value) {
    out.writeBoolean(value != null);
    if (value != null) {
      form.write(out, value);
    }
  }

  static @Nullable Object readItem(ContentReader in, BasicForm<Object> form) {
    return in.readBoolean() ? form.read(in) : null;
  }
}
