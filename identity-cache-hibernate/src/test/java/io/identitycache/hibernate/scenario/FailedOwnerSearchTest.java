package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.scenario.Nursery.Leaf;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import org.hibernate.Session;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailedOwnerSearchTest {

  @Test
  @DisplayName(
      "PostgreSQL refuses a transaction after a failed statement: a failed search is undone")
  void failedSearch_leavesTheTransactionUsable() {
    try (TestApplication nursery =
        TestApplication.of(StoreKind.IN_PROCESS, Nursery.ENTITIES).onPostgres().start()) {
      nursery.inTransaction(session -> session.persist(new Leaf(1)));

      try (Session session = nursery.factory().openSession()) {
        session.beginTransaction();
        session.find(Leaf.class, 1L).name = "kept";
        session.flush();
        nursery.database().execute("alter table Branch rename to Away");
        session.getTransaction().commit();
      }
      nursery.database().execute("alter table Away rename to Branch");

      assertThat(nursery.<String>fromTransaction(session -> session.find(Leaf.class, 1L).name))
          .isEqualTo("kept");
    }
  }
}
