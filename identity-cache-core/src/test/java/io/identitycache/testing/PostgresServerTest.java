package io.identitycache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
  private final PostgresServer server = PostgresServer.shared();

  @Test
  void jdbcUrl_leadsToARealPostgres() throws SQLException {
    assertThat(read(server.jdbcUrl("a_database"), "select version()")).startsWith("PostgreSQL ");
  }

  @Test
  void jdbcUrl_ofTheSameName_isEmptyAgainThoughConnectionsAreOpen() throws SQLException {
    String url = server.jdbcUrl("twice");
    try (Connection left = DriverManager.getConnection(url);
        Statement statement = left.createStatement()) {
      statement.execute("create table product (id bigint)");
      String again = server.jdbcUrl("twice");
      assertThat(again).isEqualTo(url);
      assertThat(read(again, "select count(*) from pg_tables where tablename = 'product'"))
          .isEqualTo("0");
    }
  }

  @Test
  void jdbcUrl_refusesANameThatNeedsQuoting() {
    assertThatThrownBy(() -> server.jdbcUrl("a b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void server_doesNotWaitForTheDisk() throws SQLException {
    assertThat(read(server.jdbcUrl("settings"), "show fsync")).isEqualTo("off");
  }

  private static String read(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
