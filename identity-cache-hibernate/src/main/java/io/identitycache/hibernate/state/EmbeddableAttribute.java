package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.spi.ValueAccess;
import org.hibernate.property.access.spi.Setter;
import org.jspecify.annotations.Nullable;

/** An embeddable: its attributes one after the other. */
final class EmbeddableAttribute extends StoredAttribute {

  private final EmbeddableMappingType type;
  private final Attributes attributes;
  private final @Nullable Setter parent;
  private final SessionFactoryImplementor factory;

  EmbeddableAttribute(
      EmbeddableMappingType type,
      Attributes attributes,
      @Nullable Setter parent,
      SessionFactoryImplementor factory) {
    this.type = type;
    this.attributes = attributes;
    this.parent = parent;
    this.factory = factory;
  }

  @Override
  void writePresent(ContentWriter out, Source source, Object value) {
    attributes.write(out, source, type.getValues(value));
  }

  @Override
  Object readPresent(ContentReader in, Owner owner) {
    @Nullable Object[] values = attributes.read(in, owner);
    // it may be a record: what it refers to cannot wait for rows that follow
    owner.tree().settle(values);
    Object embeddable =
        HibernateCalls.newEmbeddable(
            type.getRepresentationStrategy().getInstantiator(),
            new ValuesOfOwner(values, owner.entity()),
            factory);
    if (parent != null) {
      parent.set(embeddable, owner.entity());
    }
    return embeddable;
  }

  @Override
  public void describe(String path, Description lines) {
    lines.accept(path + " embeds " + type.getMappedJavaType().getJavaTypeClass().getTypeName());
    attributes.describe(path, lines);
  }

  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record ValuesOfOwner(@Nullable Object[] values, Object owner) implements ValueAccess {

    @Override
    @SuppressWarnings("NullAway") // Hibernate's arrays of values hold nulls
    public Object[] getValues() {
      return values;
    }

    @Override
    public Object getOwner() {
      return owner;
    }
  }
}
