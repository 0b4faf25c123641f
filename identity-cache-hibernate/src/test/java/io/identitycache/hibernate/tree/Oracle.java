package io.identitycache.hibernate.tree;

import static java.util.Comparator.comparing;

import io.identitycache.hibernate.tree.Tables.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says from the tables alone what each entry has to hold, and so which ones a transaction touches.
 * It knows nothing of the library, and of Hibernate no more than the names of tables and columns.
 */
final class Oracle {

  private static final Comparator<Row> BY_ID = comparing(Row::id);

  private Oracle() {}

  /** What the entry of each root holds; null if there is no such row. */
  static Map<Root, Object> contents(Tables tables) {
    Map<Root, Object> contents = new HashMap<>();
    for (Root root : Root.all()) {
      Row row = tables.find(root.kind().table(), root.id());
      contents.put(root, row == null ? null : content(tables, root.kind(), row));
    }
    return contents;
  }

  /**
   * The roots whose entries are outdated after a transaction.
   *
   * @param moments the tables before it, after each of its flushes, and after it. Who changes a row
   *     and changes it back has touched it, if he has written it out in between
   */
  static Set<Root> touched(List<Tables> moments) {
    Set<Root> touched = new HashSet<>();
    forEachStep(
        moments,
        (before, after) -> {
          Map<Root, Object> old = before.contents();
          after
              .contents()
              .forEach(
                  (root, content) -> {
                    if (!Objects.equals(content, old.get(root))) {
                      touched.add(root);
                    }
                  });
        });
    return touched;
  }

  /**
   * The roots whose entries need not, but may be invalidated, since from the write alone nobody can
   * tell: an attribute has changed that a list of ids is ordered by, but the order is the same.
   */
  static Set<Root> perhapsReordered(List<Tables> moments) {
    Set<Root> perhaps = new HashSet<>();
    forEachStep(
        moments,
        (before, after) -> {
          for (Row product : changed(before, after, "product", "title")) {
            add(perhaps, product.get("shop_id"), Root::shop);
            for (Tables moment : List.of(before, after)) {
              for (Row theme : moment.where("product_themes", "product_id", product.id())) {
                add(perhaps, theme.get("theme_id"), Root::theme);
              }
            }
          }
          for (Row bundle : changed(before, after, "bundle", "priority")) {
            add(perhaps, bundle.get("product_id"), Root::product);
          }
        });
    return perhaps;
  }

  private static void add(Set<Root> roots, Object id, Function<Object, Root> root) {
    if (id != null) {
      roots.add(root.apply(id));
    }
  }

  /** Both states of the rows that have another value in a column. */
  private static List<Row> changed(Tables before, Tables after, String table, String column) {
    List<Row> changed = new ArrayList<>();
    for (Row now : after.all(table)) {
      Row then = before.find(table, now.id());
      if (then != null && !Objects.equals(then.get(column), now.get(column))) {
        changed.add(then);
        changed.add(now);
      }
    }
    return changed;
  }

  private interface Step {
    void from(Tables before, Tables after);
  }

  private static void forEachStep(List<Tables> moments, Step step) {
    for (int i = 1; i < moments.size(); i++) {
      step.from(moments.get(i - 1), moments.get(i));
    }
  }

  private static Object content(Tables tables, Root.Kind kind, Row row) {
    return switch (kind) {
      case SHOP -> shop(tables, row);
      case PRODUCT -> product(tables, row);
      case BUNDLE -> bundle(tables, row);
      case THEME -> theme(tables, row);
    };
  }

  private static Object shop(Tables tables, Row shop) {
    return Content.of(
        "id", shop.id(),
        "version", shop.get("version"),
        "name", shop.get("name"),
        "products",
            ids(
                tables.where("product", "shop_id", shop.id()),
                comparing((Row product) -> product.text("title")).thenComparing(BY_ID)),
        "bundles",
            all(
                tables.where("bundle", "shop_id", shop.id()),
                comparing((Row bundle) -> bundle.number("priority")).thenComparing(BY_ID),
                bundle -> bundle(tables, bundle)),
        "reviews", all(tables.where("review", "shop_id", shop.id()), BY_ID, Oracle::review),
        "labels", labels(tables, tables.where("shop_labels", "shop_id", shop.id())));
  }

  private static Object product(Tables tables, Row product) {
    Row details = tables.find("details", product.get("details_id"));
    List<Row> manuals = tables.where("manual", "product_id", product.id());
    Map<String, Object> facts = new TreeMap<>();
    tables
        .where("product_facts", "product_id", product.id())
        .forEach(fact -> facts.put(fact.text("fact"), fact.get("content")));
    return Content.of(
        "id", product.id(),
        "title", product.get("title"),
        "note", product.get("note"),
        "shop", product.get("shop_id"),
        "related", product.get("related_id"),
        "images",
            all(
                tables.where("image", "product_id", product.id()),
                comparing((Row image) -> image.number("position")).thenComparing(BY_ID),
                image ->
                    Content.of(
                        "id", image.id(),
                        "url", image.get("url"),
                        "position", image.get("position"),
                        "product", image.get("product_id"))),
        "variants",
            all(
                tables.where("variant", "product_id", product.id()),
                BY_ID,
                variant -> variant(tables, variant)),
        "bundles",
            ids(
                tables.where("bundle", "product_id", product.id()),
                comparing((Row bundle) -> -bundle.number("priority")).thenComparing(BY_ID)),
        "reviews", all(tables.where("review", "product_id", product.id()), BY_ID, Oracle::review),
        "tags",
            tables.where("product_tags", "product_id", product.id()).stream()
                .map(tag -> tag.text("tag"))
                .sorted()
                .toList(),
        "facts", facts,
        "labels", labels(tables, tables.where("product_labels", "product_id", product.id())),
        "recommended",
            tables.where("product_recommended", "product_id", product.id()).stream()
                .sorted(comparing(row -> row.number("place")))
                .map(row -> row.get("recommended_id"))
                .toList(),
        "details",
            details == null
                ? null
                : Content.of("id", details.id(), "material", details.get("material")),
        "manual",
            manuals.isEmpty()
                ? null
                : Content.of(
                    "id", manuals.get(0).id(),
                    "wording", manuals.get(0).get("wording"),
                    "product", manuals.get(0).get("product_id")),
        "steps",
            all(
                tables.where("step", "product_id", product.id()),
                comparing(step -> step.number("place")),
                step -> Content.of("id", step.id(), "wording", step.get("wording"))));
  }

  private static Object variant(Tables tables, Row variant) {
    return Content.of(
        "id", variant.id(),
        "version", variant.get("version"),
        "sku", variant.get("sku"),
        "product", variant.get("product_id"),
        "prices",
            all(
                tables.where("price", "variant_id", variant.id()),
                comparing((Row price) -> -price.number("amount")).thenComparing(BY_ID),
                price ->
                    Content.of(
                        "id", price.id(),
                        "amount", price.get("amount"),
                        "currency", price.get("currency"),
                        "variant", price.get("variant_id"))));
  }

  private static Object bundle(Tables tables, Row bundle) {
    return Content.of(
        "id", bundle.id(),
        "version", bundle.get("version"),
        "name", bundle.get("name"),
        "priority", bundle.get("priority"),
        "product", bundle.get("product_id"),
        "shop", bundle.get("shop_id"),
        "parts",
            all(
                tables.where("part", "bundle_id", bundle.id()),
                BY_ID,
                part -> Content.of("id", part.id(), "name", part.get("name"))));
  }

  private static Object theme(Tables tables, Row theme) {
    return Content.of(
        "id", theme.id(),
        "name", theme.get("name"),
        "products",
            ids(
                tables.where("product_themes", "theme_id", theme.id()).stream()
                    .map(row -> tables.find("product", row.get("product_id")))
                    .toList(),
                comparing((Row product) -> product.text("title")).reversed().thenComparing(BY_ID)));
  }

  private static Object review(Row review) {
    return Content.of(
        "id", review.id(),
        "stars", review.get("stars"),
        "product", review.get("product_id"),
        "shop", review.get("shop_id"));
  }

  private static Object labels(Tables tables, List<Row> joined) {
    return all(
        joined.stream().map(row -> tables.find("label", row.get("label_id"))).toList(),
        comparing((Row label) -> label.text("name")).thenComparing(BY_ID),
        label -> Content.of("id", label.id(), "name", label.get("name")));
  }

  private static List<Object> all(
      List<Row> rows, Comparator<Row> order, Function<Row, Object> content) {
    return rows.stream().sorted(order).map(content).collect(Collectors.toList());
  }

  private static List<Object> ids(List<Row> rows, Comparator<Row> order) {
    return all(rows, order, Row::id);
  }
}
