package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A referenced association to one entity, of which the owner's row does not tell. */
final class ReferencedElsewhere implements Attribute {

  private final String name;
  private final Target target;

  ReferencedElsewhere(String name, Target target) {
    this.name = name;
    this.target = target;
  }

  @Override
  public void write(ContentWriter out, Source source, @Nullable Object value) {
    List<@Nullable Object> ids = source.tree().referencesOf(source, name).ids();
    Object id = ids.isEmpty() ? null : ids.get(0);
    out.writeBoolean(id != null);
    if (id != null) {
      target.identifiers().write(out, id);
    }
  }

  @Override
  public @Nullable Object read(ContentReader in, Owner owner) {
    return in.readBoolean() ? target.read(in) : null;
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(path + " is known by the id in another row");
    target.describe(path, lines);
  }
}
