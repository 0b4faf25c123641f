package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import org.jspecify.annotations.Nullable;

/**
 * A row inside the entry of another: what an embedded to-one association leads to, or an element of
 * an embedded collection. Where the entry holds the row already, it is its number there.
 */
final class EmbeddedRow implements Attribute {

  private static final int NULL = 0;
  private static final int ROW = 1;
  private static final int REPEATED = 2;

  private final String path;
  private final EntityStates target;

  EmbeddedRow(String path, EntityStates target) {
    this.path = path;
    this.target = target;
  }

  @Override
  public void write(ContentWriter out, Source source, @Nullable Object value) {
    Object instance = source.tree().loaded(source, path, value);
    if (instance == null) {
      out.writeByte(NULL);
      return;
    }
    Integer ordinal = source.tree().ordinalOf(instance);
    if (ordinal != null) {
      out.writeByte(REPEATED);
      out.writeLong(ordinal);
    } else {
      out.writeByte(ROW);
      target.writeEmbedded(out, instance, source.tree());
    }
  }

  @Override
  public @Nullable Object read(ContentReader in, Owner owner) {
    return switch (in.readByte()) {
      case NULL -> null;
      case ROW -> target.readEmbedded(in, owner);
      case REPEATED ->
          owner.tree().begun((int) in.readLong(0, Integer.MAX_VALUE), target.javaType());
      default -> throw new UndecodableEntryException("an embedded row has an unknown mark");
    };
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(path + " embeds " + target.identifiers().entityName() + target.classNames());
    lines.include(target);
  }

  @Override
  public boolean isEmbedded() {
    return true;
  }
}
