package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;

/**
 * The entity that an association refers to.
 *
 * @param hierarchy the name of the topmost entity of its hierarchy
 * @param javaType the class that the association declares
 * @param identifiers its ids
 * @param reference makes uninitialised instances of it
 */
record Target(String hierarchy, Class<?> javaType, Identifiers identifiers, Reference reference) {

  /** The next id, in the place of which the row's instance is put when all rows are known. */
  Object read(ContentReader in) {
    return new Hydration.Awaited(this, identifiers.read(in));
  }

  /**
   * The instance that a row has in the entry, or else an uninitialised one. Rows that the call has
   * fetched besides do not count: what is initialised is not to depend on what else is fetched.
   */
  Object instanceOrReference(Object id, Hydration tree) {
    Object instance = tree.ofEntry(hierarchy, identifiers.comparable(id));
    return javaType.isInstance(instance) ? instance : reference.to(id);
  }

  void describe(String path, Description lines) {
    lines.accept(path + " refers to " + identifiers.name());
    identifiers.description().forEach(line -> lines.accept(path + " -> " + line));
  }
}
