package io.identitycache.hibernate.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.identitycache.testing.FailingStore;
import io.identitycache.testing.PostgresServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * A database of one test, behind a pool, that counts what is asked of it.
 *
 * <p>A statement is a select, insert, update or delete; begin, commit and rollback are none. The
 * journal holds the first word of every statement, {@code COMMIT} and {@code ROLLBACK}, in order;
 * tests may add events of their own to it. Safe for use by several threads.
 */
public final class TestDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 5;

  private final HikariDataSource pool;
  private final DataSource counting;
  private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
  private final List<String> foreground = Collections.synchronizedList(new ArrayList<>());
  private final List<String> journal = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<FailingStore.Stop> stopBefore = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final Queue<FailingStore.Stop> stopAfter = new ConcurrentLinkedQueue<>();
  private final List<SessionFactory> factories = new ArrayList<>();

  private TestDatabase(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(5_000);
    this.pool = new HikariDataSource(config);
    this.counting =
        ProxyDataSourceBuilder.create(pool)
            .listener(new Statements())
            .methodListener(new Calls())
            .build();
  }

  /** A new and empty H2 in memory. */
  public static TestDatabase h2() {
    return h2(CONNECTIONS);
  }

  /** The same behind a pool of this many connections. */
  public static TestDatabase h2(int connections) {
    return new TestDatabase(
        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=100",
        connections);
  }

  /** An empty PostgreSQL database of this name. */
  public static TestDatabase postgres(String name) {
    return new TestDatabase(PostgresServer.shared().jdbcUrl(name), CONNECTIONS);
  }

  /** The pool, counted. */
  public DataSource dataSource() {
    return counting;
  }

  /** Boots Hibernate with these entities and creates their tables. Closed with the database. */
  public SessionFactoryImplementor boot(Class<?>... classes) {
    return boot(Map.of(), classes);
  }

  /** The same with further settings; those win. */
  public SessionFactoryImplementor boot(Map<String, ?> settings, Class<?>... classes) {
    Map<String, Object> all = new HashMap<>();
    all.put("hibernate.connection.datasource", counting);
    all.put("hibernate.hbm2ddl.auto", "create");
    all.putAll(settings);
    MetadataSources sources =
        new MetadataSources(
            new StandardServiceRegistryBuilder(
                    new BootstrapServiceRegistryBuilder()
                        .applyClassLoader(classes[0].getClassLoader())
                        .build())
                .applySettings(all)
                .build());
    for (Class<?> type : classes) {
      sources.addAnnotatedClass(type);
    }
    SessionFactory factory = sources.buildMetadata().buildSessionFactory();
    factories.add(factory);
    reset();
    return factory.unwrap(SessionFactoryImplementor.class);
  }

  /** Runs something in a transaction of its own session, and forgets what that has cost. */
  public void prepare(SessionFactory factory, Consumer<Session> preparation) {
    factory.inTransaction(preparation);
    reset();
  }

  /** Runs SQL past Hibernate, uncounted. */
  public void execute(String sql) {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /**
   * Holds the next statement of any session before it runs: what it reads is not yet decided.
   * Called twice, each of the next two.
   */
  public FailingStore.Stop stopBeforeNextQuery() {
    return put(stopBefore);
  }

  /** Holds the next statement of any session when it has run: what it reads will not change. */
  public FailingStore.Stop stopAfterNextQuery() {
    return put(stopAfter);
  }

  private static FailingStore.Stop put(Queue<FailingStore.Stop> place) {
    FailingStore.Stop stop = new FailingStore.Stop();
    place.add(stop);
    return stop;
  }

  /**
   * Lets so many statements fail from now on, including one that {@link #stopBeforeNextQuery}
   * holds; 0 for none.
   */
  public void failQueries(int statements) {
    failures.set(statements);
  }

  private static void hold(Queue<FailingStore.Stop> place) {
    FailingStore.Stop stop = place.poll();
    if (stop != null) {
      stop.hold();
    }
  }

  /** The statements since the last {@link #reset}. */
  public List<String> statements() {
    synchronized (statements) {
      return List.copyOf(statements);
    }
  }

  /**
   * The same without those with which the library asks for owners after a commit, behind the back
   * of whoever writes: they may come at any time.
   */
  public List<String> foregroundStatements() {
    synchronized (foreground) {
      return List.copyOf(foreground);
    }
  }

  /** How many times a connection was borrowed since the last {@link #reset}. */
  public int connectionsBorrowed() {
    return connections.get();
  }

  /** How many connections are out at this moment. */
  public int connectionsInUse() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** What has happened until now, in order. */
  public List<String> journal() {
    return List.copyOf(journal);
  }

  /** Adds a test's own event to the journal. */
  public void note(String event) {
    journal.add(event);
  }

  /** Forgets statements, borrowed connections and journal. */
  public void reset() {
    statements.clear();
    foreground.clear();
    journal.clear();
    connections.set(0);
  }

  /** Runs something and gives the number of statements it took. */
  public <R> Counted<R> count(Function<TestDatabase, R> work) {
    int before = statements.size();
    R result = work.apply(this);
    return new Counted<>(result, statements.size() - before);
  }

  /** A result and how many statements it took. */
  public record Counted<R>(R result, int statements) {}

  @Override
  public void close() {
    factories.forEach(SessionFactory::close);
    pool.close();
  }

  private void executed(String sql) {
    String word = sql.strip().split("[\\s(]", 2)[0].toUpperCase(Locale.ROOT);
    if (List.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH").contains(word)) {
      statements.add(sql);
      if (!Thread.currentThread().getName().equals("identity-cache-owners")) {
        foreground.add(sql);
      }
      journal.add(word);
    }
  }

  private final class Statements implements QueryExecutionListener {

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      queries.forEach(query -> executed(query.getQuery()));
      hold(stopBefore);
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("The test lets this query fail");
      }
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      hold(stopAfter);
    }
  }

  private final class Calls implements MethodExecutionListener {

    @Override
    public void beforeMethod(MethodExecutionContext call) {
      switch (call.getMethod().getName()) {
        case "commit", "rollback" ->
            journal.add(call.getMethod().getName().toUpperCase(Locale.ROOT));
        case "getConnection" -> {
          if (call.getTarget() instanceof DataSource) {
            connections.incrementAndGet();
          }
        }
        default -> {}
      }
    }

    @Override
    public void afterMethod(MethodExecutionContext call) {}
  }
}
