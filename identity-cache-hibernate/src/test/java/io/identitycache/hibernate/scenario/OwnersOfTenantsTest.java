package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.annotations.TenantId;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whose entries are invalidated when only a query finds the owner: those of the tenant that has
 * written, and of the factory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnersOfTenantsTest {

  /** Embeds its desks, whose rows have no attribute for it. */
  @Entity(name = "Firm")
  @IdentityCached
  static class Firm {
    @Id Long id;
    @TenantId String tenant;

    @CacheEmbed
    @OneToMany
    @JoinColumn(name = "firm_id")
    Set<Desk> desks = new HashSet<>();
  }

  /** A row of one tenant. */
  @Entity(name = "Desk")
  static class Desk {
    @Id Long id;
    @TenantId String tenant;
    String name;
  }

  /** Says that every thread works for a. */
  private static final class AlwaysA implements CurrentTenantIdentifierResolver<String> {
    @Override
    public String resolveCurrentTenantIdentifier() {
      return "a";
    }

    @Override
    public boolean validateExistingCurrentSessions() {
      return false;
    }
  }

  private TestApplication office;
  private TestApplication branch;

  @BeforeAll
  void start() {
    office = application();
    branch = application();
  }

  private static TestApplication application() {
    TestApplication application =
        TestApplication.of(StoreKind.IN_PROCESS, Firm.class, Desk.class)
            .with("hibernate.tenant_identifier_resolver", new AlwaysA())
            .start();
    application.database().execute("insert into Firm (id, tenant) values (1, 'b'), (2, 'b')");
    application.database().execute("insert into Desk (id, tenant, firm_id) values (3, 'b', 1)");
    return application;
  }

  @AfterAll
  void close() {
    office.close();
    branch.close();
  }

  @BeforeEach
  void reset() {
    office.database().execute("update Desk set firm_id = 1");
    office.reset();
    branch.reset();
  }

  // the implementor's method has another return type in Hibernate 7

  private static Session sessionOfB(TestApplication application) {
    SessionFactory factory = application.factory();
    return factory.withOptions().tenantIdentifier((Object) "b").openSession();
  }

  private static StatelessSession statelessOfB(TestApplication application) {
    SessionFactory factory = application.factory();
    return factory.withStatelessOptions().tenantIdentifier((Object) "b").openStatelessSession();
  }

  /** The firms whose entries were deleted, with their tenant. */
  private static Set<String> deleted(TestApplication application) {
    Set<String> deleted = new TreeSet<>();
    application.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.DELETE)
        .forEach(
            operation ->
                operation.keys().stream()
                    .map(CacheKey::text)
                    .forEach(key -> deleted.add(key.replaceFirst(".*:Firm:[^:]*:", ""))));
    return deleted;
  }

  private static Desk desk() {
    Desk desk = new Desk();
    desk.id = 3L;
    desk.tenant = "b";
    desk.name = "new";
    return desk;
  }

  @Test
  @DisplayName(
      "KEY-13 owners are asked for as the writer's tenant, in its transaction and after it,"
          + " whatever the thread's is")
  void search_isTheWritersTenants() {
    change(office, 3L, "changed");
    Set<String> before = deleted(office);
    assertThat(before).containsExactly("b:1");

    office.reset();
    try (Session session = sessionOfB(office)) {
      session.beginTransaction();
      session.find(Desk.class, 3L).name = "changed again";
      session.flush();
      office.database().failQueries(1);
      session.getTransaction().commit();
    }
    await().untilAsserted(() -> assertThat(deleted(office)).isEqualTo(before));
  }

  private static void change(TestApplication application, long desk, String name) {
    try (Session session = sessionOfB(application)) {
      session.beginTransaction();
      session.find(Desk.class, desk).name = name;
      session.getTransaction().commit();
    }
  }

  @Test
  @DisplayName("Two factories on one thread, stateless and not: each invalidates its own")
  void twoFactories_areApart() {
    try (StatelessSession outer = statelessOfB(office);
        StatelessSession inner = statelessOfB(branch)) {
      outer.beginTransaction();
      inner.beginTransaction();
      outer.update(desk());
      inner.getTransaction().commit();
      assertThat(branch.ops()).isZero();
      assertThat(office.ops()).isZero();

      try (Session session = sessionOfB(branch)) {
        session.beginTransaction();
        session.find(Desk.class, 3L).name = "another";
        outer.getTransaction().commit();
        assertThat(deleted(office)).hasSize(1);
        assertThat(branch.ops()).isZero();
        session.getTransaction().commit();
        assertThat(deleted(branch)).isEqualTo(deleted(office));
      }
    }
  }
}
