package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.jspecify.annotations.Nullable;

/**
 * The side of a one-to-one that has no column of its own, where the row is embedded in the one that
 * it leads back to: nothing is stored, it becomes the owner.
 */
final class OwnerSide implements Attribute {

  private final ToOneAttributeMapping mapping;
  private final Runnable refusal;
  private boolean refused;

  /**
   * A side.
   *
   * @param refusal reports that the row may be reached by another way, where the row does not tell
   *     whether there is an owner
   */
  OwnerSide(ToOneAttributeMapping mapping, Runnable refusal) {
    this.mapping = mapping;
    this.refusal = refusal;
  }

  /**
   * Takes note of a way that leads to the row.
   *
   * @param embedding the to-one association that embeds it; null for any other way
   */
  void reachedBy(@Nullable ToOneAttributeMapping embedding) {
    if (!refused && (embedding == null || !isOtherSide(embedding))) {
      refused = true;
      refusal.run();
    }
  }

  private boolean isOtherSide(ToOneAttributeMapping embedding) {
    return embedding.getSideNature() != mapping.getSideNature()
        && columns(embedding.getForeignKeyDescriptor())
            .equals(columns(mapping.getForeignKeyDescriptor()));
  }

  private static List<String> columns(ForeignKeyDescriptor foreignKey) {
    List<String> columns = new ArrayList<>();
    columns.add(foreignKey.getKeyTable());
    columns.add(foreignKey.getTargetTable());
    foreignKey
        .getKeyPart()
        .forEachSelectable((index, column) -> columns.add(column.getSelectionExpression()));
    return columns;
  }

  @Override
  public void write(ContentWriter out, Source source, @Nullable Object value) {}

  @Override
  public @Nullable Object read(ContentReader in, Owner owner) {
    Owner embedding = owner.embedding();
    return embedding == null ? null : embedding.entity();
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(path + " leads back to the owner");
  }
}
