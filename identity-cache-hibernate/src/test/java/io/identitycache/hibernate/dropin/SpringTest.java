package io.identitycache.hibernate.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identitycache.IdentityCache;
import io.identitycache.event.CacheEvent;
import io.identitycache.hibernate.guard.FetchedEntityException;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.testing.MemcachedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

@DisplayName("CFG-19 drop-in: Spring")
class SpringTest {

  private static final List<CacheEvent> EVENTS = new CopyOnWriteArrayList<>();

  private static AnnotationConfigApplicationContext spring;
  private static TestDatabase database;
  private static ProductRepository products;
  private static BackOffice backOffice;
  private static Storefront storefront;

  private Long teapot;

  @BeforeAll
  static void start() {
    spring = new AnnotationConfigApplicationContext(SpringShop.class);
    spring.getBean(IdentityCache.class).addListener(EVENTS::add);
    database = spring.getBean(TestDatabase.class);
    products = spring.getBean(ProductRepository.class);
    backOffice = spring.getBean(BackOffice.class);
    storefront = spring.getBean(Storefront.class);
  }

  @AfterAll
  static void close() {
    spring.close();
  }

  @BeforeEach
  void sellATeapot() {
    database.execute("delete from Product");
    spring.getBean(MemcachedServer.class).flush();
    teapot = backOffice.add("teapot", "Teapot");
    assertThat(title()).isEqualTo("Teapot");
    reset();
  }

  @Test
  void warmFetch_costsNoConnection() {
    assertThat(title()).isEqualTo("Teapot");
    assertThat(products.fetch(teapot).title).isEqualTo("Teapot");

    assertThat(database.connectionsBorrowed()).isZero();
    assertThat(count(CacheEvent.Kind.HIT)).isEqualTo(3);
  }

  @Test
  void commit_isSeenByTheNextFetch() {
    backOffice.rename("teapot", "Large teapot");

    assertThat(title()).isEqualTo("Large teapot");
    assertThat(count(CacheEvent.Kind.BYPASS)).as("in the transaction").isPositive();
  }

  @Test
  void rollback_leavesEntriesAsTheyWere() {
    assertThatThrownBy(() -> backOffice.renameAndGiveUp("teapot", "Large teapot"))
        .isInstanceOf(BackOffice.ChangedMyMind.class);
    reset();

    assertThat(title()).isEqualTo("Teapot");
    assertThat(database.statements()).isEmpty();
  }

  @Test
  void readWriteTransaction_seesItsOwnChanges_othersDoNot() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();

    backOffice.renameAnd(
        "teapot",
        "Large teapot",
        () -> {
          seen.add(title());
          Thread customer = new Thread(() -> seen.add(title()));
          customer.start();
          join(customer);
        });

    assertThat(seen).containsExactly("Large teapot", "Teapot");
    assertThat(title()).isEqualTo("Large teapot");
  }

  @Test
  void readOnlyTransaction_isAnsweredByTheCache() {
    Product shown = storefront.show("teapot");

    assertThat(shown.title).isEqualTo("Teapot");
    assertThat(database.statements()).isEmpty();
    assertThat(count(CacheEvent.Kind.HIT)).isEqualTo(2);
    assertThatExceptionOfType(FetchedEntityException.class)
        .isThrownBy(() -> backOffice.replace(shown))
        .withMessageContaining("Product");
  }

  @Test
  void readOnlyTransaction_cold_isFilledInTheBackground() {
    spring.getBean(MemcachedServer.class).flush();

    assertThat(storefront.show("teapot").title).isEqualTo("Teapot");

    await().until(() -> count(CacheEvent.Kind.FILL) == 2);
    reset();
    assertThat(storefront.show("teapot").title).isEqualTo("Teapot");
    assertThat(database.statements()).isEmpty();
  }

  @Test
  void requiresNew_thatCommits_isSeenThoughTheOuterOneRollsBack() {
    backOffice.add("cup", "Cup");
    List<String> seen = new ArrayList<>();

    assertThatThrownBy(
            () ->
                backOffice.renameAnd(
                    "teapot",
                    "Large teapot",
                    () -> {
                      backOffice.renameInItsOwn("cup", "Large cup");
                      seen.add(products.fetchByHandle("teapot").orElseThrow().title);
                      throw new BackOffice.ChangedMyMind();
                    }))
        .isInstanceOf(BackOffice.ChangedMyMind.class);

    assertThat(seen).as("the outer one goes on").containsExactly("Large teapot");
    assertThat(products.fetchByHandle("cup").orElseThrow().title).isEqualTo("Large cup");
    assertThat(title()).isEqualTo("Teapot");
  }

  @Test
  void requiresNew_thatRollsBack_leavesTheOuterOneItsInvalidation() {
    backOffice.add("cup", "Cup");

    backOffice.renameAnd(
        "teapot",
        "Large teapot",
        () ->
            assertThatThrownBy(() -> backOffice.renameInItsOwnAndGiveUp("cup", "Large cup"))
                .isInstanceOf(BackOffice.ChangedMyMind.class));

    assertThat(products.fetchByHandle("cup").orElseThrow().title).isEqualTo("Cup");
    assertThat(title()).isEqualTo("Large teapot");
  }

  @Test
  void afterCommit_aFetchSeesWhatWasCommitted() {
    List<String> seen = new ArrayList<>();
    List<Integer> connections = new ArrayList<>();

    backOffice.renameThen(
        "teapot",
        "Large teapot",
        repository -> {
          connections.add(database.connectionsInUse());
          seen.add(repository.fetchByHandle("teapot").orElseThrow().title);
          seen.add(repository.fetch(teapot).title);
        });

    assertThat(seen).containsExactly("Large teapot", "Large teapot");
    assertThat(count(CacheEvent.Kind.FILL)).as("as outside a transaction").isPositive();
    assertThat(connections).as("Spring holds the transaction's still").containsExactly(1);
  }

  @Test
  void afterCommit_thatFails_comesTooLateToKeepEntries() {
    assertThatThrownBy(
            () ->
                backOffice.renameThen(
                    "teapot",
                    "Large teapot",
                    repository -> {
                      throw new BackOffice.ChangedMyMind();
                    }))
        .isInstanceOf(BackOffice.ChangedMyMind.class);

    assertThat(title()).isEqualTo("Large teapot");
  }

  @Test
  void hooksOfTheApplication_areCalledAsBefore() {
    Hooks hooks = spring.getBean(Hooks.class);
    hooks.calls.clear();
    hooks.statements.clear();
    Hooks.OfSession.COMPLETED.set(0);

    backOffice.rename("teapot", "Large teapot");

    assertThat(hooks.calls).containsExactly("begin", "before completion", "after completion");
    assertThat(hooks.statements).hasSize(3);
    assertThat(database.statements()).allMatch(sql -> sql.endsWith("/* of the shop */"));
    assertThat(Hooks.OfSession.COMPLETED).hasValue(1);
    assertThat(title()).isEqualTo("Large teapot");
  }

  private static String title() {
    return products.fetchByHandle("teapot").orElseThrow().title;
  }

  private static int count(CacheEvent.Kind kind) {
    return EVENTS.stream().filter(e -> e.kind() == kind).mapToInt(CacheEvent::keys).sum();
  }

  private static void reset() {
    database.reset();
    EVENTS.clear();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
