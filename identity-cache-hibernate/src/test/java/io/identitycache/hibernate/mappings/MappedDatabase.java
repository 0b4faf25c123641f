package io.identitycache.hibernate.mappings;

import io.identitycache.testing.PostgresServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Session factories over an empty database. */
public enum MappedDatabase {
  H2,
  POSTGRESQL;

  /** What {@link SampleRows#ENTITIES} need of any factory. */
  public static final Map<String, Object> SETTINGS =
      Map.of(
          "hibernate.type.wrapper_array_handling", "LEGACY",
          "hibernate.auto_quote_keyword", "true",
          "hibernate.tenant_identifier_resolver", new OneTenant());

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** A factory for these entities, their tables created. Settings may be added. */
  public SessionFactoryImplementor factory(
      Iterable<Class<?>> entities, Map<String, Object> settings) {
    StandardServiceRegistryBuilder registry =
        new StandardServiceRegistryBuilder(
                new BootstrapServiceRegistryBuilder()
                    .applyClassLoader(entities.iterator().next().getClassLoader())
                    .build())
            .applySetting("hibernate.connection.url", url())
            .applySetting("hibernate.hbm2ddl.auto", "create")
            .applySettings(SETTINGS)
            .applySettings(settings);
    MetadataSources sources = new MetadataSources(registry.build());
    entities.forEach(sources::addAnnotatedClass);
    return (SessionFactoryImplementor) sources.buildMetadata().buildSessionFactory();
  }

  private String url() {
    int number = NUMBER.incrementAndGet();
    return this == H2
        ? "jdbc:h2:mem:mappings" + number + ";DB_CLOSE_DELAY=-1"
        : PostgresServer.shared().jdbcUrl("mappings" + number);
  }

  private static final class OneTenant implements CurrentTenantIdentifierResolver<String> {
    @Override
    public String resolveCurrentTenantIdentifier() {
      return "tenant";
    }

    @Override
    public boolean validateExistingCurrentSessions() {
      return false;
    }
  }
}
