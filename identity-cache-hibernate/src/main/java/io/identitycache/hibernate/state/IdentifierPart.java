package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.spi.ValueAccess;
import org.jspecify.annotations.Nullable;

/** An id or a part of one: a basic value, or an embeddable of parts. */
interface IdentifierPart {

  void write(ContentWriter out, @Nullable Object value);

  Object read(ContentReader in);

  /** Adds the basic values that it consists of, as their columns hold them. */
  void flatten(@Nullable Object value, List<@Nullable Object> into);

  void describe(String path, Consumer<String> lines);

  /** A basic value. */
  record Basic(ValueCodec codec, SelectableMapping column) implements IdentifierPart {

    @Override
    public void write(ContentWriter out, @Nullable Object value) {
      codec.write(out, value);
    }

    @Override
    public Object read(ContentReader in) {
      Object value = codec.read(in);
      if (value == null) {
        throw new UndecodableEntryException("a part of an id is null");
      }
      return value;
    }

    @Override
    public void flatten(@Nullable Object value, List<@Nullable Object> into) {
      into.add(codec.relational(value));
    }

    @Override
    public void describe(String path, Consumer<String> lines) {
      lines.accept(path + " " + codec.description() + " from " + BasicAttribute.source(column));
    }
  }

  /** Stands in for a part that was refused, until all problems have been collected. */
  record Refused() implements IdentifierPart {

    @Override
    public void write(ContentWriter out, @Nullable Object value) {
      throw refused();
    }

    @Override
    public Object read(ContentReader in) {
      throw refused();
    }

    @Override
    public void flatten(@Nullable Object value, List<@Nullable Object> into) {
      throw refused();
    }

    @Override
    public void describe(String path, Consumer<String> lines) {
      // the problem is in the report, which comes when all has been described
      lines.accept(path + " was refused");
    }

    private static IllegalStateException refused() {
      return new IllegalStateException("The mapping of this id was refused");
    }
  }

  /** An embeddable; its parts are in the order of their names. */
  final class Composite implements IdentifierPart {

    record Placed(int position, IdentifierPart part) {}

    private final EmbeddableMappingType type;
    private final List<Map.Entry<String, Placed>> inOrder;
    private final SessionFactoryImplementor factory;

    Composite(
        EmbeddableMappingType type,
        SortedMap<String, Placed> byName,
        SessionFactoryImplementor factory) {
      this.type = type;
      this.inOrder = new ArrayList<>(byName.entrySet());
      this.factory = factory;
    }

    @Override
    public void write(ContentWriter out, @Nullable Object value) {
      @Nullable Object[] values = valuesOf(value);
      for (Map.Entry<String, Placed> entry : inOrder) {
        entry.getValue().part().write(out, values[entry.getValue().position()]);
      }
    }

    @Override
    public Object read(ContentReader in) {
      Object[] values = new Object[type.getNumberOfAttributeMappings()];
      for (Map.Entry<String, Placed> entry : inOrder) {
        values[entry.getValue().position()] = entry.getValue().part().read(in);
      }
      return newInstance(values);
    }

    @Override
    public void flatten(@Nullable Object value, List<@Nullable Object> into) {
      @Nullable Object[] values = valuesOf(value);
      for (Map.Entry<String, Placed> entry : inOrder) {
        entry.getValue().part().flatten(values[entry.getValue().position()], into);
      }
    }

    @Override
    public void describe(String path, Consumer<String> lines) {
      lines.accept(path + " embeds " + type.getMappedJavaType().getJavaTypeClass().getTypeName());
      inOrder.forEach(
          entry -> entry.getValue().part().describe(path + "." + entry.getKey(), lines));
    }

    private @Nullable Object[] valuesOf(@Nullable Object value) {
      return value == null
          ? new @Nullable Object[type.getNumberOfAttributeMappings()]
          : type.getValues(value);
    }

    private Object newInstance(Object[] values) {
      ValueAccess access = () -> values;
      return HibernateCalls.newEmbeddable(
          type.getRepresentationStrategy().getInstantiator(), access, factory);
    }
  }
}
