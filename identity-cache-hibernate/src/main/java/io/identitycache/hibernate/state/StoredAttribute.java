package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.jspecify.annotations.Nullable;

/** An attribute whose value is in the bytes, behind one byte that says whether there is one. */
abstract class StoredAttribute implements Attribute {

  private static final int NULL = 0;
  private static final int PRESENT = 1;
  private static final int UNFETCHED = 2;

  @Override
  public final void write(ContentWriter out, Source source, @Nullable Object value) {
    if (value == null) {
      out.writeByte(NULL);
    } else if (value == LazyPropertyInitializer.UNFETCHED_PROPERTY) {
      out.writeByte(UNFETCHED);
    } else {
      out.writeByte(PRESENT);
      writePresent(out, source, value);
    }
  }

  @Override
  public final @Nullable Object read(ContentReader in, Owner owner) {
    int mark = in.readByte();
    if (mark == PRESENT) {
      return readPresent(in, owner);
    }
    if (mark == NULL) {
      return null;
    }
    if (mark == UNFETCHED) {
      return LazyPropertyInitializer.UNFETCHED_PROPERTY;
    }
    throw new UndecodableEntryException("an attribute has an unknown mark");
  }

  abstract void writePresent(ContentWriter out, Source source, Object value);

  abstract @Nullable Object readPresent(ContentReader in, Owner owner);
}
