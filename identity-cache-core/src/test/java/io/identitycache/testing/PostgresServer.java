package io.identitycache.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, one for all tests of a JVM: started by the first call of {@link #shared},
 * ended with the JVM. Its binaries come from Maven Central, so nothing needs to be installed.
 *
 * <p>Safe for use by several threads.
 */
public final class PostgresServer {
  private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static @Nullable PostgresServer shared;

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** The server of this JVM; a PostgreSQL that does not start fails the test. */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      shared = new PostgresServer(start());
    }
    return shared;
  }

  /**
   * Creates a database of this name, empty: one that another test has left under this name is
   * dropped, its connections closed. The URL names the user; no password is needed.
   */
  public String jdbcUrl(String database) {
    if (!DATABASE.matcher(database).matches()) {
      throw new IllegalArgumentException(
          "\"" + database + "\" is no database name for tests: lower case letters, digits, _");
    }
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + database + " with (force)");
      statement.execute("create database " + database);
    } catch (SQLException e) {
      throw new IllegalStateException("could not create the database " + database, e);
    }
    return postgres.getJdbcUrl("postgres", database);
  }

  private static EmbeddedPostgres start() {
    try {
      Path data = Files.createTempDirectory("identity-cache-postgres-");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              // Nothing here outlives the JVM, so nothing needs to survive a crash.
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .start();
      String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
      LastWill.write(
          "test -f '"
              + data
              + "/postmaster.pid' && kill -QUIT "
              + pid
              + " && sleep 1; rm -rf '"
              + data
              + "'");
      return postgres;
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "The tests need a real PostgreSQL, and the one from Maven Central did not start (its log is above)."
              + " It refuses to run as root: as root, \"unshare -U true\" must work here.",
          e);
    }
  }
}
