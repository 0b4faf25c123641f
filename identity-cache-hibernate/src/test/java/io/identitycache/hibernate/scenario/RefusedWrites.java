package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.guard.FetchedEntityException;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.MeteredStore.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.StatelessSession;

/** Every way to write an instance, each of which is refused if it was fetched. */
final class RefusedWrites {

  private static final Map<String, BiConsumer<Session, Object>> OPERATIONS = operations();
  private static final Map<String, BiConsumer<StatelessSession, Object>> STATELESS = stateless();

  private RefusedWrites() {}

  private static Map<String, BiConsumer<Session, Object>> operations() {
    Map<String, BiConsumer<Session, Object>> operations = new LinkedHashMap<>();
    operations.put("persist", Session::persist);
    operations.put("merge", Session::merge);
    operations.put("remove", Session::remove);
    operations.put("lock", (session, entity) -> session.lock(entity, LockMode.PESSIMISTIC_WRITE));
    operations.put("refresh", Session::refresh);
    return operations;
  }

  private static Map<String, BiConsumer<StatelessSession, Object>> stateless() {
    Map<String, BiConsumer<StatelessSession, Object>> operations = new LinkedHashMap<>();
    operations.put("insert", StatelessSession::insert);
    operations.put("update", StatelessSession::update);
    operations.put("delete", StatelessSession::delete);
    operations.put("upsert", StatelessSession::upsert);
    return operations;
  }

  /** Tries them all in this session; each is refused, naming the entity and the way out. */
  static void assertIsRefused(Session session, Object fetched) {
    OPERATIONS.forEach(
        (name, operation) ->
            assertThatThrownBy(() -> operation.accept(session, fetched))
                .as(name)
                .isInstanceOf(FetchedEntityException.class)
                .hasMessageContaining(fetched.getClass().getSimpleName())
                .hasMessageContaining("find"));
  }

  /** Tries them all in transactions of their own; each is refused, and nothing is written. */
  static void assertIsRefused(TestApplication shop, Object fetched) {
    shop.reset();
    OPERATIONS.forEach(
        (name, operation) ->
            assertThatThrownBy(
                    () -> shop.inTransaction(session -> operation.accept(session, fetched)))
                .as(name)
                .isInstanceOf(FetchedEntityException.class)
                .hasMessageContaining(fetched.getClass().getSimpleName())
                .hasMessageContaining("find"));
    STATELESS.forEach(
        (name, operation) ->
            assertThatThrownBy(
                    () ->
                        shop.factory()
                            .inStatelessTransaction(session -> operation.accept(session, fetched)))
                .as(name)
                .isInstanceOf(FetchedEntityException.class)
                .hasMessageContaining(fetched.getClass().getSimpleName())
                .hasMessageContaining("find"));
    assertThat(shop.database().journal()).doesNotContain("INSERT", "UPDATE", "DELETE", "MERGE");
    // a read-only transaction may still have its misses filled in the background
    assertThat(shop.store().count(Kind.DELETE)).isZero();
  }
}
