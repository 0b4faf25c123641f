package io.identitycache.hibernate.state;

import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;

/** What is said of an attribute that cannot be stored: where, what, why, and what to do. */
final class Refusals {

  private static final String REMEDY = ", or leave the entity uncached.";

  private Refusals() {}

  static String basic(String path, JdbcMapping mapping) {
    return path
        + " is of type "
        + mapping.getMappedJavaType().getJavaType().getTypeName()
        + " (mapped by "
        + mapping.getClass().getSimpleName()
        + "), of which the cache knows no stored form. Map it with an AttributeConverter to a"
        + " basic type"
        + REMEDY;
  }

  static String unknown(String path, AttributeMapping mapping) {
    return path
        + " is mapped as "
        + mapping.getClass().getSimpleName()
        + ", of which the cache knows no stored form. Map it as a basic attribute"
        + REMEDY;
  }

  static String idWithoutClass(String entity) {
    return entity + " has several id attributes and no class for them. Add an @IdClass" + REMEDY;
  }

  static String associationInId(String path) {
    return path
        + " is an association inside the id. Make the other entity's id a basic attribute of the"
        + " id and map the association with @MapsId"
        + REMEDY;
  }

  static String presenceElsewhere(String path) {
    return path
        + " is a one-to-one association without a column of its own: whether there is one is not"
        + " in the row. Add @CacheEmbed or @CacheReference, or map it from the side with the foreign"
        + " key only"
        + REMEDY;
  }

  static String immutableWithCallback(String entity) {
    return entity
        + " is @Immutable and has a @PostLoad callback: Hibernate keeps no values of such a row but"
        + " those that the callback may have changed. Remove @Immutable (updatable = false protects"
        + " the columns), or compute what the callback computes where it is needed"
        + REMEDY;
  }

  static String notFound(String path) {
    return path
        + " is @NotFound: whether it is null is decided by another row. Remove @NotFound and let a"
        + " foreign key see to it"
        + REMEDY;
  }

  static String softDeleted(String path, String target) {
    return path
        + " leads to "
        + target
        + ", which is @SoftDelete: whether it is null is decided by another row. Map the id as a"
        + " basic attribute"
        + REMEDY;
  }

  static String notByPrimaryKey(String path) {
    return path
        + " refers to another column than the primary key, so that its row does not tell the id."
        + " Let it refer to the primary key"
        + REMEDY;
  }

  static String noProxy(String path, String target) {
    return path
        + " leads to "
        + target
        + ", of which Hibernate can make no uninitialised instance. Make that class non-final (or"
        + " enhance its bytecode), not @Proxy(lazy = false)"
        + REMEDY;
  }

  static String any(String path) {
    return path
        + " may lead to different entities (@Any, @ManyToAny), which the cache does not store. Map"
        + " one association for each"
        + REMEDY;
  }

  static String array(String path) {
    return path
        + " is a collection kept as an array, which cannot be left unloaded. Declare it as a List"
        + REMEDY;
  }

  static String customCollection(String path) {
    return path
        + " is a collection of a type of its own (@CollectionType), of which Hibernate's own"
        + " uninitialised collection cannot take the place. Declare a standard collection"
        + REMEDY;
  }

  static String entityAsKey(String path) {
    return path
        + " is a map with entities as its keys, which are looked up by more than their ids. Leave it"
        + " unmarked, or map the key's id as a basic key"
        + REMEDY;
  }

  static String referencedValues(String path) {
    return path
        + " holds values, not entities: there is nothing to refer to. Use @CacheEmbed, or leave it"
        + " unmarked.";
  }

  static String embeddableInheritance(String path) {
    return path
        + " is an embeddable with subclasses, which the cache does not store. Use one embeddable"
        + " without subclasses"
        + REMEDY;
  }
}
