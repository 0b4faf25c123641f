package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Version;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions that a lock increases, without a write that Hibernate would tell of. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class VersionIncrementTest {

  /** A vendor with a version. */
  @Entity(name = "Vendor")
  @CacheIndex(value = "name", unique = true)
  static class Vendor {

    @Id @GeneratedValue Long id;
    @Version int version;
    String name;
  }

  interface Vendors extends CacheRepository<Vendor, Long> {

    Optional<Vendor> fetchByName(String name);
  }

  private final TestApplication shop;
  private final Vendors vendors;
  private Long berta;

  VersionIncrementTest(StoreKind kind) {
    shop = TestApplication.of(kind, Vendor.class).start();
    vendors = shop.repository(Vendors.class);
  }

  @BeforeEach
  void hireBerta() {
    berta =
        shop.fromTransaction(
            session -> {
              Vendor vendor = new Vendor();
              vendor.name = "Berta";
              session.persist(vendor);
              return vendor.id;
            });
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private void assertNewVersionIsFetched(
      LockModeType mode, BiConsumer<Session, LockModeType> locking) {
    int before = vendors.fetch(berta).version;
    vendors.fetchByName("Berta");
    shop.reset();

    shop.inTransaction(session -> locking.accept(session, mode));

    int after = shop.fromTransaction(session -> session.find(Vendor.class, berta).version);
    assertThat(after).as("the lock has increased the version").isEqualTo(before + 1);
    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(shop.ops()).isEqualTo(1);
    assertThat(vendors.fetch(berta).version).isEqualTo(after);
    assertThat(vendors.fetchByName("Berta").orElseThrow().version).isEqualTo(after);
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 by find: after the commit a fetch shows the new version")
  void find(LockModeType mode) {
    assertNewVersionIsFetched(mode, (session, lock) -> session.find(Vendor.class, berta, lock));
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 by lock: after the commit a fetch shows the new version")
  void lock(LockModeType mode) {
    assertNewVersionIsFetched(
        mode, (session, lock) -> session.lock(session.find(Vendor.class, berta), lock));
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 by lock of a proxy: after the commit a fetch shows the new version")
  void lockOfProxy(LockModeType mode) {
    assertNewVersionIsFetched(
        mode, (session, lock) -> session.lock(session.getReference(Vendor.class, berta), lock));
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 by a query: after the commit a fetch shows the new version")
  void query(LockModeType mode) {
    assertNewVersionIsFetched(mode, this::queryBerta);
  }

  private void queryBerta(Session session, LockModeType lock) {
    assertThat(
            session
                .createQuery("from Vendor where name = 'Berta'", Vendor.class)
                .setLockMode(lock)
                .getResultList())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 by find of an instance that is managed already")
  void findOfManaged(LockModeType mode) {
    assertNewVersionIsFetched(
        mode,
        (session, lock) -> {
          session.find(Vendor.class, berta);
          session.find(Vendor.class, berta, lock);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 by refresh with a lock")
  void refresh(LockModeType mode) {
    assertNewVersionIsFetched(
        mode, (session, lock) -> session.refresh(session.find(Vendor.class, berta), lock));
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 although the session is cleared before the commit")
  void clearedSession(LockModeType mode) {
    assertNewVersionIsFetched(
        mode,
        (session, lock) -> {
          session.find(Vendor.class, berta);
          session.find(Vendor.class, berta, lock);
          session.clear();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("EXP-17 by a query for an instance that is managed already, if it does increase")
  void queryOfManaged(LockModeType mode) {
    vendors.fetch(berta);

    shop.inTransaction(
        session -> {
          session.find(Vendor.class, berta);
          queryBerta(session, mode);
        });

    int after = shop.fromTransaction(session -> session.find(Vendor.class, berta).version);
    assertThat(vendors.fetch(berta).version).isEqualTo(after);
  }

  @ParameterizedTest
  @EnumSource(names = {"PESSIMISTIC_FORCE_INCREMENT", "OPTIMISTIC_FORCE_INCREMENT"})
  @DisplayName("A lock that is rolled back leaves the entries alone")
  void rolledBack(LockModeType mode) {
    vendors.fetch(berta);
    shop.reset();

    shop.inTransaction(
        session -> {
          session.find(Vendor.class, berta, mode);
          session.getTransaction().markRollbackOnly();
        });

    assertThat(vendors.fetch(berta).version).isZero();
    assertThat(shop.ops()).isEqualTo(1);
  }
}
