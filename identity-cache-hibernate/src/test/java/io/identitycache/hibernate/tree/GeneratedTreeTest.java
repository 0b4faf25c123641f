package io.identitycache.hibernate.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.hibernate.tree.Domain.Bundle;
import io.identitycache.hibernate.tree.Domain.Product;
import io.identitycache.hibernate.tree.Domain.Shop;
import io.identitycache.hibernate.tree.Domain.Theme;
import io.identitycache.key.CacheKey;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random transactions on trees of entities. Every root, there or not, is stored before each of
 * them. After it, the entries that are gone are those which {@link Oracle} calls touched, and all
 * that is fetched is as the tables say. A failure names the seed; {@code -Dtree.seed=} repeats it,
 * {@code -Dtree.transactions=} makes it longer.
 */
@ParameterizedClass
@EnumSource(StoreKind.class)
class GeneratedTreeTest {

  /** On each store, on each Hibernate; CI repeats a part of them on another JDK. */
  private static final int TRANSACTIONS = Integer.getInteger("tree.transactions", 500);

  private static final int CHECKS_BY_SESSION = 20;

  /** So many changes at once fill tables that are empty. */
  private static final int SEVERAL = 60;

  private final long seed = Long.getLong("tree.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final AtomicLong ids = new AtomicLong(100);
  private final StoreKind kind;
  private final TestApplication shop;
  private final Map<Root.Kind, CacheRepository<?, Long>> repositories = new HashMap<>();
  private final Map<Root, CacheKey> keys = new LinkedHashMap<>();
  private final List<String> changes = new ArrayList<>(Writer.CHANGES.keySet());

  private Tables tables;
  private List<String> log = List.of();
  private int written;
  private int invalidated;
  private int survived;
  private int failed;

  GeneratedTreeTest(StoreKind kind) {
    this.kind = kind;
    shop = TestApplication.of(kind, Domain.ENTITIES).start();
    repositories.put(Root.Kind.SHOP, shop.repository(Domain.Shops.class));
    repositories.put(Root.Kind.PRODUCT, shop.repository(Domain.Products.class));
    repositories.put(Root.Kind.BUNDLE, shop.repository(Domain.Bundles.class));
    repositories.put(Root.Kind.THEME, shop.repository(Domain.Themes.class));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  @DisplayName(
      "Random transactions: the entries that a transaction touches are gone, all others are still"
          + " there, and every entry is as the tables say")
  void randomTransactions_invalidateWhatTheyTouch() throws SQLException {
    System.out.println("GeneratedTreeTest over " + kind + ": -Dtree.seed=" + seed);
    tables = currentTables();
    learnKeys();
    int number = 0;
    try {
      // tables that are not empty
      transaction(SEVERAL, true);
      assertEntriesAreAsTables();
      for (number = 1; number <= TRANSACTIONS; number++) {
        transaction(1 + random.nextInt(3), random.nextInt(6) > 0);
        assertEntriesAreAsTables();
        if (number % (TRANSACTIONS / CHECKS_BY_SESSION) == 0) {
          assertEntriesAreAsSessionFinds();
        }
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "-Dtree.seed=%d, transaction %d: %s%n%s"
              .formatted(seed, number, String.join("\n", log), e.getMessage()),
          e);
    }
    assertThat(failed).as("transactions that Hibernate refused").isLessThan(TRANSACTIONS / 50);
    assertThat(invalidated).as("invalidated entries").isGreaterThan(TRANSACTIONS);
    assertThat(survived).as("entries left alone").isGreaterThan(TRANSACTIONS);
  }

  /** Every root's key, from the read of a fetch. All are absent then. */
  private void learnKeys() {
    for (Root root : Root.all()) {
      shop.reset();
      assertThat(repositories.get(root.kind()).fetchById(root.id())).isEmpty();
      keys.put(root, shop.store().operations().get(0).keys().get(0));
    }
  }

  private Tables currentTables() throws SQLException {
    try (Connection connection = shop.database().dataSource().getConnection()) {
      return Tables.read(connection);
    }
  }

  /** One transaction, and what must be left of the entries after it. */
  private void transaction(int length, boolean commit) throws SQLException {
    shop.reset();
    written = 0;
    List<Tables> moments = new ArrayList<>();
    Set<Root> perhaps = new HashSet<>();
    boolean committed =
        length < SEVERAL && random.nextInt(8) == 0
            ? writeStateless(length, commit, moments)
            : write(length, commit, moments, perhaps);
    shop.awaitOwnersAsked();
    Set<Root> touched = Set.of();
    if (committed) {
      tables = currentTables();
      moments.add(tables);
      touched = Oracle.touched(moments);
      perhaps.addAll(Oracle.perhapsReordered(moments));
    } else {
      perhaps.clear();
    }
    assertEntriesLeft(touched, perhaps);
  }

  /** Whether the transaction has written since this was asked last. */
  private boolean hasWritten() {
    int before = written;
    written =
        (int)
            shop.database().statements().stream()
                .filter(statement -> !statement.startsWith("select"))
                .count();
    return written > before;
  }

  private boolean write(int length, boolean commit, List<Tables> moments, Set<Root> perhaps) {
    try (Session session = shop.factory().openSession()) {
      session.setHibernateFlushMode(FlushMode.COMMIT);
      session.beginTransaction();
      Writer writer = new Writer(session, random, ids, tables, this::hasWritten);
      log = writer.log();
      boolean committed =
          end(
              session,
              commit,
              () -> {
                int made = 0;
                while (made < length) {
                  if (writer.change(changes.get(random.nextInt(changes.size())))) {
                    made++;
                  }
                }
                if (!commit) {
                  writer.flush();
                }
              });
      moments.addAll(writer.moments());
      perhaps.addAll(writer.perhaps());
      return committed;
    }
  }

  private boolean writeStateless(int length, boolean commit, List<Tables> moments) {
    try (StatelessSession session = shop.factory().openStatelessSession()) {
      session.beginTransaction();
      StatelessWriter writer = new StatelessWriter(session, random, ids, tables);
      log = writer.log();
      boolean committed =
          end(
              session,
              commit,
              () -> {
                for (int change = 0; change < length; change++) {
                  writer.change();
                }
              });
      moments.addAll(writer.moments());
      return committed;
    }
  }

  /** Writes and ends the transaction; whether it has committed. */
  private boolean end(SharedSessionContract session, boolean commit, Runnable writing) {
    try {
      writing.run();
      if (commit) {
        session.getTransaction().commit();
      } else {
        session.getTransaction().rollback();
        log.add("roll back");
      }
      return commit;
    } catch (PersistenceException | IllegalStateException e) {
      // a combination that Hibernate refuses: rolled back, then
      log.add("refused: " + e);
      failed++;
      if (session.getTransaction().isActive()) {
        session.getTransaction().rollback();
      }
      return false;
    }
  }

  private void assertEntriesLeft(Set<Root> touched, Set<Root> perhaps) {
    Set<CacheKey> found = shop.store().read(keys.values()).found().keySet();
    Set<Root> outdated = new HashSet<>();
    Set<Root> gone = new HashSet<>();
    keys.forEach(
        (root, key) -> {
          if (found.contains(key)) {
            survived++;
            if (touched.contains(root)) {
              outdated.add(root);
            }
          } else {
            invalidated++;
            if (!touched.contains(root) && !perhaps.contains(root)) {
              gone.add(root);
            }
          }
        });
    assertThat(outdated).as("touched, but still stored").isEmpty();
    assertThat(gone).as("not touched, but invalidated").isEmpty();
  }

  /** All roots, with what is invalidated stored anew, and then from the store alone. */
  private void assertEntriesAreAsTables() {
    Map<Root, Object> expected = tables.contents();
    assertFetched("when filled", expected);
    shop.reset();
    assertFetched("when stored", expected);
    assertThat(shop.database().statements()).as("statements of a warm fetch").isEmpty();
  }

  private void assertFetched(String when, Map<Root, Object> expected) {
    for (Root.Kind each : Root.Kind.values()) {
      Map<Root, Object> fetched = new HashMap<>();
      each.all().forEach(id -> fetched.put(new Root(each, id), null));
      for (Object entity : repositories.get(each).fetchMulti(each.all())) {
        fetched.put(root(entity), Fetched.content(entity));
      }
      fetched.forEach(
          (root, content) -> {
            // cheaper than an assertion each
            if (!Objects.equals(content, expected.get(root))) {
              assertThat(content).as("%s %s", root, when).isEqualTo(expected.get(root));
            }
          });
    }
  }

  private static Root root(Object entity) {
    if (entity instanceof Shop shop) {
      return new Root(Root.Kind.SHOP, shop.id);
    }
    if (entity instanceof Product product) {
      return new Root(Root.Kind.PRODUCT, product.id);
    }
    if (entity instanceof Bundle bundle) {
      return new Root(Root.Kind.BUNDLE, bundle.id);
    }
    return new Root(Root.Kind.THEME, ((Theme) entity).id);
  }

  /** That the tables were read rightly: Hibernate itself finds the same. */
  private void assertEntriesAreAsSessionFinds() {
    shop.inTransaction(
        session ->
            tables
                .contents()
                .forEach(
                    (root, content) -> {
                      Object found =
                          Hibernate.unproxy(session.find(Domain.entity(root.kind()), root.id()));
                      assertThat(found == null ? null : Fetched.managedContent(found))
                          .as("%s as a session finds it", root)
                          .isEqualTo(content);
                    }));
    shop.reset();
  }
}
