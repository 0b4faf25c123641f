package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.repository.CacheRepository;
import io.identitycache.validation.InvalidConfigurationException;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.TenantId;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.jdbc.connections.spi.AbstractMultiTenantConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tenants with databases of their own, and tenants in one database. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class TenantTest {

  private static final String RESOLVER = "hibernate.tenant_identifier_resolver";
  private static final String PROVIDER = "hibernate.multi_tenant_connection_provider";

  @Parameter StoreKind kind;

  private final CurrentTenant current = new CurrentTenant();

  /** The same rows for every tenant of one database; each tenant's own where databases differ. */
  @Entity(name = "Tariff")
  @CacheIndex(value = "code", unique = true)
  static class Tariff {
    @Id Long id;
    String code;
    @CacheAttribute int price;

    protected Tariff() {}

    Tariff(Long id, String code, int price) {
      this.id = id;
      this.code = code;
      this.price = price;
    }
  }

  /** A row of one tenant. */
  @Entity(name = "Customer")
  static class Customer {
    @Id Long id;
    @TenantId String tenant;
  }

  /** The same row for every tenant, though it leads to rows of one. */
  @Entity(name = "Agency")
  @IdentityCached
  static class Agency {
    @Id Long id;
    String name;

    @OneToMany
    @JoinColumn(name = "agency")
    Set<Customer> customers = new HashSet<>();
  }

  interface TariffRepository extends CacheRepository<Tariff, Long> {
    Optional<Tariff> fetchByCode(String code);

    Optional<Integer> fetchPriceById(Long id);
  }

  /** The tenant of a test's thread. */
  private static final class CurrentTenant implements CurrentTenantIdentifierResolver<String> {
    private String tenant = "a";

    @Override
    public String resolveCurrentTenantIdentifier() {
      return tenant;
    }

    @Override
    public boolean validateExistingCurrentSessions() {
      return false;
    }
  }

  /** Gives each tenant the connections of its own database. */
  private static final class DatabaseOfTenant
      extends AbstractMultiTenantConnectionProvider<String> {
    private static final long serialVersionUID = 1;
    private final transient Map<String, TestDatabase> databases;

    DatabaseOfTenant(Map<String, TestDatabase> databases) {
      this.databases = databases;
    }

    @Override
    protected ConnectionProvider getAnyConnectionProvider() {
      return new Connections(databases.get("a"));
    }

    @Override
    protected ConnectionProvider selectConnectionProvider(String tenant) {
      return new Connections(databases.get(tenant));
    }
  }

  private record Connections(TestDatabase database) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return database.dataSource().getConnection();
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
      connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
      return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
      return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new UnsupportedOperationException(type.getName());
    }
  }

  @Nested
  class InDatabasesOfTheirOwn {

    private final TestDatabase ofA = TestDatabase.h2();
    private final TestDatabase ofB = TestDatabase.h2();
    private TestApplication application;
    private TariffRepository tariffs;

    @BeforeEach
    void start() {
      for (TestDatabase database : List.of(ofA, ofB)) {
        database.execute("create table Tariff (id bigint primary key, code varchar(9), price int)");
      }
      ofA.execute("insert into Tariff values (1, 'basic', 10)");
      ofB.execute("insert into Tariff values (1, 'basic', 20)");
      application =
          TestApplication.of(kind, Tariff.class)
              .with(PROVIDER, new DatabaseOfTenant(Map.of("a", ofA, "b", ofB)))
              .with(RESOLVER, current)
              .with("hibernate.hbm2ddl.auto", "none")
              .without("hibernate.connection.datasource")
              .start();
      tariffs = application.repository(TariffRepository.class);
    }

    @AfterEach
    void stop() {
      application.close();
      ofA.close();
      ofB.close();
    }

    private int queries() {
      return ofA.statements().size() + ofB.statements().size();
    }

    private void assertPrice(String tenant, int price) {
      current.tenant = tenant;
      assertThat(tariffs.fetch(1L).price).isEqualTo(price);
      assertThat(tariffs.fetchByCode("basic")).get().extracting(t -> t.price).isEqualTo(price);
      assertThat(tariffs.fetchPriceById(1L)).contains(price);
    }

    @Test
    @DisplayName("KEY-13 two tenants with databases of their own have their own row 1")
    void tenants_areApart() {
      for (int round = 0; round < 2; round++) {
        ofA.reset();
        ofB.reset();
        assertPrice("a", 10);
        assertPrice("b", 20);
        assertThat(queries()).isEqualTo(6 - 6 * round);
      }
    }

    @Test
    @DisplayName("KEY-13 a write in one tenant's database leaves the other's entries warm")
    void write_ofOneTenant_leavesTheOthersEntries() {
      assertPrice("a", 10);
      assertPrice("b", 20);

      current.tenant = "a";
      application.inTransaction(
          session -> {
            Tariff basic = session.find(Tariff.class, 1L);
            basic.price = 11;
            basic.code = "basic";
          });

      ofA.reset();
      ofB.reset();
      assertPrice("b", 20);
      assertThat(queries()).isZero();
      assertPrice("a", 11);
      assertThat(ofB.statements()).isEmpty();
      assertThat(ofA.statements()).isNotEmpty();
    }

    @Test
    @DisplayName("KEY-13 a transaction reads and writes its session's tenant, not the thread's")
    void session_ofAnotherTenant_isAnsweredForThatOne() {
      assertPrice("a", 10);
      assertPrice("b", 20);

      current.tenant = "a";
      inTransactionOf(
          "b",
          false,
          session -> {
            assertThat(tariffs.fetch(1L).price).isEqualTo(20);
            session.find(Tariff.class, 1L).price = 21;
            return null;
          });

      ofA.reset();
      assertPrice("a", 10);
      assertThat(ofA.statements()).isEmpty();
      assertPrice("b", 21);
    }

    @Test
    @DisplayName("KEY-13 a read-only transaction loads and fills for its session's tenant")
    void readOnlyTransaction_fillsForItsTenant() {
      current.tenant = "a";

      int price = inTransactionOf("b", true, session -> tariffs.fetch(1L).price);

      assertThat(price).isEqualTo(20);
      await().until(() -> application.count(Kind.FILL) == 1);
      ofA.reset();
      ofB.reset();
      current.tenant = "b";
      assertThat(tariffs.fetch(1L).price).isEqualTo(20);
      assertThat(queries()).isZero();
      current.tenant = "a";
      assertThat(tariffs.fetch(1L).price).isEqualTo(10);
    }

    private <R> R inTransactionOf(String tenant, boolean readOnly, Function<Session, R> work) {
      // the implementor's method has another return type in Hibernate 7
      SessionFactory factory = application.factory();
      try (Session session =
          factory.withOptions().tenantIdentifier((Object) tenant).openSession()) {
        session.setDefaultReadOnly(readOnly);
        session.beginTransaction();
        R result = work.apply(session);
        session.getTransaction().commit();
        return result;
      }
    }
  }

  @Test
  @DisplayName("KEY-13 a row that all tenants share is one entry, which any tenant's write drops")
  void sharedRow_isWrittenForAll() {
    try (TestApplication application =
        TestApplication.of(kind, Tariff.class, Customer.class).with(RESOLVER, current).start()) {
      TariffRepository tariffs = application.repository(TariffRepository.class);
      application.inTransaction(session -> session.persist(new Tariff(1L, "basic", 10)));
      for (String tenant : List.of("a", "b")) {
        current.tenant = tenant;
        assertThat(tariffs.fetchByCode("basic").orElseThrow().price).isEqualTo(10);
        assertThat(tariffs.fetchPriceById(1L)).contains(10);
        assertThat(tariffs.fetchByCode("plus")).isEmpty();
      }

      current.tenant = "a";
      application.inTransaction(
          session -> {
            Tariff basic = session.find(Tariff.class, 1L);
            basic.price = 11;
            basic.code = "plus";
          });

      current.tenant = "b";
      assertThat(tariffs.fetch(1L).price).isEqualTo(11);
      assertThat(tariffs.fetchPriceById(1L)).contains(11);
      assertThat(tariffs.fetchByCode("plus")).isPresent();
      assertThat(tariffs.fetchByCode("basic")).isEmpty();
      application.reset();
      current.tenant = "a";
      assertThat(tariffs.fetchByCode("plus").orElseThrow().price).isEqualTo(11);
      assertThat(application.queries()).as("warmed by the other tenant").isZero();
    }
  }

  @Test
  @DisplayName("KEY-13 a shared row that leads to rows of tenants is shared all the same")
  void sharedRow_withRowsOfTenantsBehindIt_isWrittenForAll() {
    try (TestApplication application =
        TestApplication.of(kind, Agency.class, Customer.class).with(RESOLVER, current).start()) {
      Agency agency = new Agency();
      agency.id = 1L;
      agency.name = "North";
      application.inTransaction(session -> session.persist(agency));
      current.tenant = "b";
      assertThat(application.cache().fetch(Agency.class, 1L).name).isEqualTo("North");

      current.tenant = "a";
      application.inTransaction(session -> session.find(Agency.class, 1L).name = "South");

      current.tenant = "b";
      assertThat(application.cache().fetch(Agency.class, 1L).name).isEqualTo("South");
    }
  }

  @Test
  @DisplayName("Without a resolver tenants are refused if something is cached, and only then")
  void tenantsWithoutResolver_areRefusedOnlyWithCachedEntities() {
    assertThatThrownBy(() -> TestApplication.of(kind, Tariff.class, Customer.class).start().close())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("hibernate.tenant_identifier_resolver");
    TestApplication.of(kind, Customer.class).start().close();
  }
}
