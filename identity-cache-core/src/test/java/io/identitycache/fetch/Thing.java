package io.identitycache.fetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entity of {@link Storefront}: an id, a text, and associations by their names. */
abstract class Thing {

  final Long id;
  final String text;
  final Map<String, Link> links = new LinkedHashMap<>();

  Thing(Long id, String text) {
    this.id = id;
    this.text = text;
  }

  /** The value of one association in one instance. */
  static final class Link {

    /** In an instance that was fetched, a list of ids, or a map from keys to them. */
    Object ids;

    /** What is in the database. */
    Object row;

    Object value;
    boolean loaded;
  }

  boolean has(String association) {
    return links.get(association).loaded;
  }

  Thing one(String association) {
    return (Thing) value(association);
  }

  List<Thing> many(String association) {
    List<Thing> many = new ArrayList<>();
    ((Collection<?>) value(association)).forEach(each -> many.add((Thing) each));
    return many;
  }

  Object value(String association) {
    Link link = links.get(association);
    if (!link.loaded) {
      throw new IllegalStateException(this + "." + association + " is not loaded");
    }
    return link.value;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + id;
  }

  static class Product extends Thing {
    Product(Long id, String text) {
      super(id, text);
    }
  }

  /** A product as an ORM stands in for it. */
  static final class ProductProxy extends Product {

    final Product behind;

    /** A proxy; of nothing, if it is not initialized. */
    ProductProxy(Long id, Product behind) {
      super(id, null);
      this.behind = behind;
    }
  }

  static final class Image extends Thing {
    Image(Long id, String text) {
      super(id, text);
    }
  }

  static final class Variant extends Thing {
    Variant(Long id, String text) {
      super(id, text);
    }
  }

  static final class Price extends Thing {
    Price(Long id, String text) {
      super(id, text);
    }
  }

  static final class Shop extends Thing {
    Shop(Long id, String text) {
      super(id, text);
    }
  }

  static final class Brand extends Thing {
    Brand(Long id, String text) {
      super(id, text);
    }
  }
}
