package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.hibernate.state.LoadedReferences.References;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is kept by the ids of what it leads to; it becomes Hibernate's own
 * uninitialised collection, like one that is not cached, and carries them.
 */
final class ReferencedCollection implements Attribute {

  private final PluralAttributeMapping mapping;
  private final UnloadedCollection unloaded;
  private final @Nullable Attribute key;
  private final Identifiers target;

  /**
   * A collection.
   *
   * @param key how a map's keys are stored; null if it is none
   */
  ReferencedCollection(
      PluralAttributeMapping mapping,
      UnloadedCollection unloaded,
      @Nullable Attribute key,
      Identifiers target) {
    this.mapping = mapping;
    this.unloaded = unloaded;
    this.key = key;
    this.target = target;
  }

  @Override
  public void write(ContentWriter out, Source source, @Nullable Object value) {
    References references = source.tree().referencesOf(source, mapping.getAttributeName());
    List<@Nullable Object> ids = references.ids();
    out.writeCount(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      if (key != null) {
        key.write(out, source, references.keys().get(i));
      }
      Object id = ids.get(i);
      out.writeBoolean(id != null);
      if (id != null) {
        target.write(out, id);
      }
    }
  }

  @Override
  public Object read(ContentReader in, Owner owner) {
    int size = in.readCount();
    ArrayList<@Nullable Object> keys = new ArrayList<>();
    ArrayList<@Nullable Object> ids = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (key != null) {
        keys.add(EmbeddedCollection.fetched(key.read(in, owner)));
      }
      ids.add(in.readBoolean() ? target.read(in) : null);
    }
    return unloaded.of(owner, new ReferencedIds(keys, ids));
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(
        path + " is a referenced " + CollectionOrder.kindOf(mapping) + " of " + target.name());
    CollectionOrder.describe(path, mapping, lines);
    if (key != null) {
      key.describe(path + "[key]", lines);
    }
    target.description().forEach(line -> lines.accept(path + " -> " + line));
  }
}
