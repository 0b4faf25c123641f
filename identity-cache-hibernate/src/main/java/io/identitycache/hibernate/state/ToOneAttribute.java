package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import java.util.function.Consumer;

/**
 * An association to one entity: its id, which becomes an uninitialised instance, as Hibernate makes
 * them.
 */
final class ToOneAttribute extends StoredAttribute {

  private final Identifiers target;
  private final Reference reference;

  ToOneAttribute(Identifiers target, Reference reference) {
    this.target = target;
    this.reference = reference;
  }

  @Override
  void writePresent(ContentWriter out, Object value) {
    target.write(out, reference.idOf(value));
  }

  @Override
  Object readPresent(ContentReader in, Owner owner) {
    return reference.to(target.read(in));
  }

  @Override
  public void describe(String path, Consumer<String> lines) {
    lines.accept(path + " refers to " + target.name());
    target.description().forEach(line -> lines.accept(path + " -> " + line));
  }
}
