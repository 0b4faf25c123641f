package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import jakarta.persistence.OptimisticLockException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code refuse_writes=false} allows. */
class UnguardedEntityTest {

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("ROR-07 a fetched entity can be merged; a stale version is the usual error")
  void merge_isWritten(StoreKind kind) {
    try (TestApplication shop =
        TestApplication.of(kind, VersionIncrementTest.Vendor.class)
            .with("hibernate.identity_cache.refuse_writes", "false")
            .start()) {
      var vendors = shop.repository(VersionIncrementTest.Vendors.class);
      var berta = new VersionIncrementTest.Vendor();
      berta.name = "Berta";
      shop.inTransaction(session -> session.persist(berta));
      var missed = vendors.fetch(berta.id);
      var hit = vendors.fetch(berta.id);

      hit.name = "Roberta";
      shop.inTransaction(session -> session.merge(hit));

      assertThat(vendors.fetch(berta.id).name).isEqualTo("Roberta");
      assertThat(vendors.fetchByName("Roberta")).isPresent();
      assertThat(vendors.fetchByName("Berta")).isEmpty();
      missed.name = "Bob";
      assertThatThrownBy(() -> shop.inTransaction(session -> session.merge(missed)))
          .isInstanceOf(OptimisticLockException.class);
      assertThat(vendors.fetch(berta.id).name).isEqualTo("Roberta");
    }
  }
}
