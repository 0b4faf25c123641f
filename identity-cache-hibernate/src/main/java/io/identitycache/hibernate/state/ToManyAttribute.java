package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import org.jspecify.annotations.Nullable;

/** A collection that is not cached: nothing is stored, it stays uninitialised. */
final class ToManyAttribute implements Attribute {

  private final String kind;
  private final UnloadedCollection unloaded;

  ToManyAttribute(String kind, UnloadedCollection unloaded) {
    this.kind = kind;
    this.unloaded = unloaded;
  }

  @Override
  public void write(ContentWriter out, Source source, @Nullable Object value) {}

  @Override
  public Object read(ContentReader in, Owner owner) {
    return unloaded.of(owner, null);
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(path + " is an uncached " + kind);
  }
}
