package io.identitycache.hibernate.tree;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.h2.jdbc.JdbcConnection;

/** The rows of all tables at one moment, as plain SQL reads them. Whole numbers are longs. */
final class Tables {

  private static final List<String> NAMES =
      List.of(
          "shop",
          "product",
          "bundle",
          "theme",
          "image",
          "variant",
          "price",
          "details",
          "manual",
          "step",
          "part",
          "label",
          "review",
          "visit",
          "shop_labels",
          "product_tags",
          "product_facts",
          "product_labels",
          "product_recommended",
          "product_themes");

  private final Map<String, List<Row>> rows = new HashMap<>();
  private Map<Root, Object> contents;

  private Tables() {}

  /** A row, by the names of its columns. */
  record Row(Map<String, Object> columns) {

    Object get(String column) {
      if (!columns.containsKey(column)) {
        throw new IllegalArgumentException("no column " + column + " in " + columns.keySet());
      }
      return columns.get(column);
    }

    Long id() {
      return (Long) get("id");
    }

    /** A whole number that is not null. */
    long number(String column) {
      return (Long) get(column);
    }

    String text(String column) {
      return (String) get(column);
    }
  }

  /** What a connection sees now. */
  static Tables read(Connection connection) throws SQLException {
    Tables tables = new Tables();
    // past those who count statements
    Connection database = connection.unwrap(JdbcConnection.class);
    try (Statement statement = database.createStatement()) {
      for (String name : NAMES) {
        try (ResultSet result = statement.executeQuery("select * from " + name)) {
          tables.rows.put(name, rows(result));
        }
      }
    }
    return tables;
  }

  private static List<Row> rows(ResultSet result) throws SQLException {
    List<Row> rows = new ArrayList<>();
    ResultSetMetaData columns = result.getMetaData();
    while (result.next()) {
      Map<String, Object> row = new HashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = result.getObject(i);
        row.put(
            columns.getColumnLabel(i).toLowerCase(Locale.ROOT),
            value instanceof Integer number ? Long.valueOf(number) : value);
      }
      rows.add(new Row(row));
    }
    return rows;
  }

  /** What the entries have to hold, worked out once. */
  Map<Root, Object> contents() {
    if (contents == null) {
      contents = Oracle.contents(this);
    }
    return contents;
  }

  List<Row> all(String table) {
    return rows.get(table);
  }

  /** The rows with a value in a column; none for null. */
  List<Row> where(String table, String column, Object value) {
    return all(table).stream()
        .filter(row -> value != null && Objects.equals(row.get(column), value))
        .toList();
  }

  /** The row with an id; null if there is none. */
  Row find(String table, Object id) {
    List<Row> found = where(table, "id", id);
    return found.isEmpty() ? null : found.get(0);
  }

  List<Long> ids(String table) {
    return all(table).stream().map(Row::id).sorted().toList();
  }
}
