package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import java.util.HashMap;
import java.util.Map;

/** A constant by its name, so that constants may be added and moved. */
final class EnumForm implements BasicForm<Enum<?>> {

  private final Map<String, Enum<?>> byName = new HashMap<>();

  EnumForm(Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      byName.put(((Enum<?>) constant).name(), (Enum<?>) constant);
    }
  }

  @Override
  public void write(ContentWriter out, Enum<?> value) {
    out.writeString(value.name());
  }

  @Override
  public Enum<?> read(ContentReader in) {
    Enum<?> constant = byName.get(in.readString());
    if (constant == null) {
      throw new UndecodableEntryException("an enum has no such constant");
    }
    return constant;
  }
}
