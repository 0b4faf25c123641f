package io.identitycache.hibernate.state;

import io.identitycache.entry.Codec;
import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import io.identitycache.validation.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.CompositeIdentifierMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.NonAggregatedIdentifierMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one entity: what they consist of, and their bytes. Safe for use by several threads.
 */
public final class Identifiers {

  private final String name;
  private final String entityName;
  private final Class<?> javaType;
  private final IdentifierPart part;

  private Identifiers(String entityName, String name, Class<?> javaType, IdentifierPart part) {
    this.entityName = entityName;
    this.name = name;
    this.javaType = javaType;
    this.part = part;
  }

  /**
   * Reads the mapping of an entity's id.
   *
   * @param problems gets what cannot be stored, by entity and attribute; the result is not to be
   *     used then
   */
  public static Identifiers of(
      EntityPersister entity, SessionFactoryImplementor factory, Problems problems) {
    return new Reading(EntityNames.of(entity, factory), factory, problems)
        .identifiers(entity.getIdentifierMapping());
  }

  /** The id attribute's name; of a composite id without an attribute of its own, {@code id}. */
  public String name() {
    return name;
  }

  /** The id's class, boxed. */
  public Class<?> javaType() {
    return javaType;
  }

  /** The basic values that an id consists of, as their columns hold them, in a fixed order. */
  public List<Object> parts(Object id) {
    List<@Nullable Object> parts = new ArrayList<>();
    part.flatten(id, parts);
    return cast(parts);
  }

  /** Writes lists of ids, in their order. */
  public Codec<List<Object>> listCodec() {
    return new Codec<>() {
      @Override
      public byte[] encode(List<Object> ids) {
        ContentWriter out = new ContentWriter();
        out.writeCount(ids.size());
        ids.forEach(id -> write(out, id));
        return out.toBytes();
      }

      @Override
      public List<Object> decode(byte[] content) {
        ContentReader in = new ContentReader(content);
        int size = in.readCount();
        List<Object> ids = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
          ids.add(read(in));
        }
        in.end();
        return ids;
      }
    };
  }

  /** What decides the stored form of an id, a line for each part. */
  public List<String> description() {
    List<String> lines = new ArrayList<>();
    part.describe(entityName + "#" + name, lines::add);
    return lines;
  }

  String entityName() {
    return entityName;
  }

  void write(ContentWriter out, Object id) {
    part.write(out, id);
  }

  Object read(ContentReader in) {
    try {
      return part.read(in);
    } catch (UndecodableEntryException e) {
      throw e;
    } catch (RuntimeException e) {
      // without the cause, whose message may hold the value
      throw new UndecodableEntryException("an id was refused by " + e.getClass().getName());
    }
  }

  /** Whether both identify one row: classes of ids need not have an equals. */
  public boolean same(Object id, Object other) {
    if (id.equals(other)) {
      return true;
    }
    List<Object> parts = parts(id);
    List<Object> others = parts(other);
    for (int i = 0; i < parts.size(); i++) {
      if (!sameBasic(parts.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What is equal for two ids that identify one row. */
  Object comparable(Object id) {
    List<Object> comparable = new ArrayList<>();
    for (Object part : parts(id)) {
      comparable.add(part instanceof BigDecimal number ? number.stripTrailingZeros() : part);
    }
    return comparable;
  }

  @SuppressWarnings("JavaUtilDate") // ids may be of this type
  private static boolean sameBasic(@Nullable Object value, @Nullable Object other) {
    if (value instanceof BigDecimal number && other instanceof BigDecimal otherNumber) {
      // 1.0 and 1.00 are one number to a database
      return number.compareTo(otherNumber) == 0;
    }
    if (value instanceof java.util.Date date && other instanceof java.util.Date otherDate) {
      return date.getTime() == otherDate.getTime();
    }
    return Objects.deepEquals(value, other);
  }

  @SuppressWarnings("unchecked") // a primary key holds no null
  private static List<Object> cast(List<? extends @Nullable Object> parts) {
    return (List<Object>) parts;
  }

  /** The reading of one entity's id mapping. */
  private record Reading(String entity, SessionFactoryImplementor factory, Problems problems) {

    Identifiers identifiers(EntityIdentifierMapping mapping) {
      String name =
          mapping instanceof NonAggregatedIdentifierMapping ? "id" : mapping.getAttributeName();
      IdentifierPart part =
          mapping instanceof CompositeIdentifierMapping composite
              ? composite(name, composite)
              : part(name, mapping);
      return new Identifiers(entity, name, javaType(mapping), part);
    }

    private Class<?> javaType(EntityIdentifierMapping mapping) {
      return mapping instanceof CompositeIdentifierMapping composite
          ? composite.getMappedIdEmbeddableTypeDescriptor().getMappedJavaType().getJavaTypeClass()
          : mapping.getJavaType().getJavaTypeClass();
    }

    private IdentifierPart composite(String path, CompositeIdentifierMapping mapping) {
      if (mapping instanceof NonAggregatedIdentifierMapping separate
          && separate.getIdClassEmbeddable() == null) {
        problems.add(entity, Refusals.idWithoutClass(entity));
      }
      return composite(path, mapping.getMappedIdEmbeddableTypeDescriptor());
    }

    private IdentifierPart composite(String path, EmbeddableMappingType type) {
      SortedMap<String, IdentifierPart.Composite.Placed> parts = new TreeMap<>();
      for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
        AttributeMapping attribute = type.getAttributeMapping(i);
        parts.put(
            attribute.getAttributeName(),
            new IdentifierPart.Composite.Placed(
                i, part(path + "." + attribute.getAttributeName(), attribute)));
      }
      return new IdentifierPart.Composite(type, parts, factory);
    }

    private IdentifierPart part(String path, ModelPart mapping) {
      if (mapping instanceof EmbeddableValuedModelPart embedded) {
        return composite(path, embedded.getEmbeddableTypeDescriptor());
      }
      BasicValuedModelPart basic = mapping.asBasicValuedModelPart();
      if (basic == null) {
        problems.add(entity, Refusals.associationInId(entity + "." + path));
        return nothing();
      }
      return ValueCodec.of(basic.getJdbcMapping())
          .<IdentifierPart>map(codec -> new IdentifierPart.Basic(codec, basic))
          .orElseGet(() -> unstorable(path, basic));
    }

    private IdentifierPart unstorable(String path, BasicValuedModelPart basic) {
      problems.add(entity, Refusals.basic(entity + "." + path, basic.getJdbcMapping()));
      return nothing();
    }

    /** Stands for what was refused: the factory does not start. */
    private IdentifierPart nothing() {
      return new IdentifierPart.Refused();
    }
  }
}
