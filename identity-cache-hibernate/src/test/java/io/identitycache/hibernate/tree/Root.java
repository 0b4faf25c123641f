package io.identitycache.hibernate.tree;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A row that has an entry of its own, or would have one: the id of a row that may come yet. */
record Root(Kind kind, long id) {

  /** The cached entities, with the ids that their rows are given. */
  enum Kind {
    SHOP(3),
    PRODUCT(6),
    BUNDLE(6),
    THEME(3);

    final int ids;

    Kind(int ids) {
      this.ids = ids;
    }

    /** The table of its rows. */
    String table() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    List<Long> all() {
      return LongStream.rangeClosed(1, ids).boxed().toList();
    }
  }

  static Root shop(Object id) {
    return new Root(Kind.SHOP, (Long) id);
  }

  static Root product(Object id) {
    return new Root(Kind.PRODUCT, (Long) id);
  }

  static Root theme(Object id) {
    return new Root(Kind.THEME, (Long) id);
  }

  /** All that there can be. */
  static List<Root> all() {
    return Stream.of(Kind.values())
        .flatMap(kind -> kind.all().stream().map(id -> new Root(kind, id)))
        .toList();
  }

  @Override
  public String toString() {
    return kind.table() + " " + id;
  }
}
