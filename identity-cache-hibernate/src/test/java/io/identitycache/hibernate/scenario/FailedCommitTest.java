package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit that the database refuses: a constraint that PostgreSQL checks at its end. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class FailedCommitTest extends TeapotScenario {

  FailedCommitTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class).onPostgres());
    shop.database()
        .execute(
            "alter table Product add constraint handles unique (handle)"
                + " deferrable initially deferred");
  }

  @Test
  @DisplayName("A commit that fails reaches its caller; every fetch afterwards is right and stored")
  void refusedCommit_leavesTheCacheRight() {
    sell("kettle");
    warmUp();

    assertThatThrownBy(
            () ->
                shop.inTransaction(
                    session -> {
                      Product product = session.find(Product.class, teapot);
                      product.handle = "kettle";
                      product.title = "Never";
                    }))
        .hasStackTraceContaining("handles");

    for (int time = 0; time < 2; time++) {
      shop.reset();
      assertThat(products.fetch(teapot).title).isEqualTo("The teapot");
      assertThat(products.fetchByHandle("teapot")).isPresent();
      assertThat(products.fetchTitleById(teapot)).contains("The teapot");
      assertThat(shop.count(Kind.BYPASS)).isZero();
    }
    assertThat(shop.queries()).isZero();
  }

  @Test
  @DisplayName("The next transaction of a session whose commit failed starts with nothing")
  void nextTransaction_startsEmpty() {
    sell("kettle");

    try (var session = shop.factory().openSession()) {
      session.beginTransaction();
      session.find(Product.class, teapot).handle = "kettle";
      assertThatThrownBy(() -> session.getTransaction().commit())
          .hasStackTraceContaining("handles");
      if (session.getTransaction().isActive()) {
        session.getTransaction().rollback();
      }
      session.clear();
      products.fetch(teapot);
      shop.reset();
      session.beginTransaction();
      session.find(Product.class, teapot);
      session.getTransaction().commit();
    }

    assertThat(shop.ops()).isZero();
  }
}
