package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import org.jspecify.annotations.Nullable;

/** How the values of one attribute of an entity or an embeddable are stored. */
interface Attribute {

  /** Appends a value, as Hibernate holds it in an entity's loaded state. */
  void write(ContentWriter out, Source source, @Nullable Object value);

  /** A value that may be set on a new instance when all of the entry has been read. */
  @Nullable Object read(ContentReader in, Owner owner);

  /** Gives the lines that tell what decides the stored form. */
  void describe(String path, Description lines);

  /** Whether it is an association that is kept with all that it leads to. */
  default boolean isEmbedded() {
    return false;
  }
}
