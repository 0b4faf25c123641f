package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the values of one attribute of an entity or an embeddable are stored. */
interface Attribute {

  /** Appends a value, as Hibernate holds it in an entity's loaded state. */
  void write(ContentWriter out, @Nullable Object value);

  /** A value that may be set on a new instance. */
  @Nullable Object read(ContentReader in, Owner owner);

  /** Gives the lines that tell what decides the stored form. */
  void describe(String path, Consumer<String> lines);
}
