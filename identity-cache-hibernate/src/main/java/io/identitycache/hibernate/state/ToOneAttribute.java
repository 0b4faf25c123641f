package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;

/**
 * An association to one entity: its id, which becomes the instance that the row has in the entry,
 * or else an uninitialised one, as Hibernate makes them.
 */
final class ToOneAttribute extends StoredAttribute {

  private final Target target;

  ToOneAttribute(Target target) {
    this.target = target;
  }

  @Override
  void writePresent(ContentWriter out, Source source, Object value) {
    target.identifiers().write(out, target.reference().idOf(value));
  }

  @Override
  Object readPresent(ContentReader in, Owner owner) {
    return target.read(in);
  }

  @Override
  public void describe(String path, Description lines) {
    target.describe(path, lines);
  }
}
