package io.identitycache.hibernate.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.HibernateIdentityCache;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.testing.MemcachedServer;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WithoutCachedEntityTest {

  private final TestDatabase database = TestDatabase.h2();

  /** Not annotated for the cache. */
  @Entity(name = "Parcel")
  static class Parcel {

    @Id @GeneratedValue Long id;
    String receiver;
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  @DisplayName(
      "CFG-19 without annotated entities: no listener, no thread, no connection to memcached")
  void application_withoutCachedEntity_isLeftAlone() throws Exception {
    try (ServerSocketChannel memcached = ServerSocketChannel.open()) {
      memcached.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      memcached.configureBlocking(false);
      Set<Thread> before = Thread.getAllStackTraces().keySet();

      SessionFactoryImplementor factory =
          database.boot(settings("127.0.0.1:" + memcached.socket().getLocalPort()), Parcel.class);
      Long id =
          factory.fromTransaction(
              session -> {
                Parcel parcel = new Parcel();
                session.persist(parcel);
                return parcel.id;
              });
      factory.inTransaction(session -> session.find(Parcel.class, id).receiver = "Berta");
      factory.inTransaction(session -> session.remove(session.find(Parcel.class, id)));

      assertThat(database.journal())
          .containsExactly(
              "SELECT", "INSERT", "COMMIT", "SELECT", "UPDATE", "COMMIT", "SELECT", "DELETE",
              "COMMIT");
      assertThat(memcached.accept()).as("a connection to memcached").isNull();
      assertThat(listenersOfTheCache(factory)).isEmpty();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .extracting(Thread::getName)
          .noneMatch(name -> name.contains("memcached") || name.contains("identity"));
      assertThatThrownBy(() -> HibernateIdentityCache.of(factory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("@CacheIndex");
    }
  }

  @Test
  @DisplayName("CFG-19 without annotated entities and without settings it starts as before")
  void application_withoutSettings_starts() {
    SessionFactory factory = database.boot(Parcel.class);

    factory.inTransaction(session -> session.persist(new Parcel()));

    assertThat(database.journal()).containsExactly("SELECT", "INSERT", "COMMIT");
  }

  @Test
  @DisplayName("CFG-19 building metadata issues no SQL and no op")
  void start_withCachedEntity_asksNeitherDatabaseNorMemcached() {
    List<String> withoutCache = start(Parcel.class, Map.of());
    try (MemcachedServer memcached = MemcachedServer.start()) {
      List<String> withCache = start(Product.class, settings(memcached.address()));

      assertThat(withCache).isEqualTo(withoutCache);
      assertThat(memcached.stat("cmd_get")).isEqualTo("0");
      assertThat(memcached.stat("cmd_set")).isEqualTo("0");
      assertThat(memcached.stat("cmd_touch")).isEqualTo("0");
    }
  }

  /** What starting a factory asks of the database. */
  private List<String> start(Class<?> entity, Map<String, ?> settings) {
    database.reset();
    SessionFactory factory =
        new MetadataSources(
                new StandardServiceRegistryBuilder()
                    .applySetting("hibernate.connection.datasource", database.dataSource())
                    .applySettings(Map.copyOf(settings))
                    .build())
            .addAnnotatedClass(entity)
            .buildMetadata()
            .buildSessionFactory();
    List<String> asked = database.statements();
    factory.close();
    return asked;
  }

  private static Map<String, ?> settings(String server) {
    return Map.of(
        "hibernate.identity_cache.servers", server, "hibernate.identity_cache.namespace", "post");
  }

  private static List<?> listenersOfTheCache(SessionFactoryImplementor factory) {
    EventListenerRegistry registry =
        factory.getServiceRegistry().requireService(EventListenerRegistry.class);
    return EventType.values().stream()
        .flatMap(type -> listeners(registry, type))
        .filter(listener -> listener.getClass().getName().startsWith("io.identitycache"))
        .toList();
  }

  private static <T> Stream<T> listeners(EventListenerRegistry registry, EventType<T> type) {
    Stream.Builder<T> listeners = Stream.builder();
    registry.getEventListenerGroup(type).listeners().forEach(listeners::add);
    return listeners.build();
  }
}
