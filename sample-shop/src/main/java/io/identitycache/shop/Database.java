package io.identitycache.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.identitycache.shop.ShopSettings.DatabaseAddress;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** The shop's connections, and Hibernate on top of them. */
final class Database implements AutoCloseable {

  private static final int CONNECTIONS = 10;

  private final HikariDataSource connections;
  private final EntityManagerFactory factory;

  private Database(HikariDataSource connections, EntityManagerFactory factory) {
    this.connections = connections;
    this.factory = factory;
  }

  /** Connects, and creates the tables that are missing. */
  static Database open(ShopSettings settings, StatementInspector inspector) {
    HikariDataSource connections = connect(settings.database());
    try {
      Map<String, Object> overrides = new HashMap<>(settings.forCache());
      overrides.put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, connections);
      overrides.put(JdbcSettings.STATEMENT_INSPECTOR, inspector);
      return new Database(connections, Persistence.createEntityManagerFactory("shop", overrides));
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  EntityManagerFactory factory() {
    return factory;
  }

  @Override
  public void close() {
    factory.close();
    connections.close();
  }

  private static HikariDataSource connect(DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("shop");
    config.setJdbcUrl(address.url());
    config.setMaximumPoolSize(CONNECTIONS);
    if (!address.user().isEmpty()) {
      config.setUsername(address.user());
      config.setPassword(address.password());
    }
    return new HikariDataSource(config);
  }
}
