package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identitycache.entry.UndecodableEntryException;
import io.identitycache.hibernate.mappings.Behaviours;
import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.hibernate.mappings.SampleRows;
import io.identitycache.model.Instances;
import io.identitycache.validation.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of {@link SampleRows}, dehydrated and hydrated. */
@TestInstance(Lifecycle.PER_CLASS)
class MappingsTest {

  private final Map<MappedDatabase, SessionFactoryImplementor> factories =
      new EnumMap<>(MappedDatabase.class);

  @AfterAll
  void close() {
    factories.values().forEach(SessionFactoryImplementor::close);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SER-07 a decoded instance equals the found one, attribute by attribute")
  void hydratedInstance_equalsTheFoundOne(MappedDatabase database) {
    SessionFactoryImplementor factory = factory(database);
    for (EntityStates states : states(factory)) {
      rows(factory, states)
          .forEach(
              (id, state) -> {
                Object hydrated = hydrate(states, id, state);
                factory.inSession(
                    session ->
                        Comparison.assertSame(
                            session.find(hydrated.getClass(), id), hydrated, factory));
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SER-07 two instances decoded from the same bytes share nothing mutable")
  void hydratedInstances_shareNothing(MappedDatabase database) {
    SessionFactoryImplementor factory = factory(database);
    for (EntityStates states : states(factory)) {
      rows(factory, states)
          .forEach(
              (id, state) ->
                  Comparison.assertSame(
                      hydrate(states, id, state), hydrate(states, id, state), factory));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SER-05 a truncated state does not decode, wherever it ends")
  void truncatedState_doesNotDecode(MappedDatabase database) {
    SessionFactoryImplementor factory = factory(database);
    for (EntityStates states : states(factory)) {
      rows(factory, states)
          .forEach(
              (id, state) -> {
                for (int length = 0; length < Math.min(state.length, 2000); length++) {
                  byte[] truncated = Arrays.copyOf(state, length);
                  assertThat(catchThrowable(() -> hydrate(states, id, truncated)))
                      .as("%s, %d of %d bytes", id.getClass(), length, state.length)
                      .isInstanceOf(UndecodableEntryException.class);
                }
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SER-05 random and damaged bytes end in no other exception than the expected one")
  void randomBytes_doNotDecodeOrAreAnInstance(MappedDatabase database) {
    SessionFactoryImplementor factory = factory(database);
    Random random = new Random(42);
    for (EntityStates states : states(factory)) {
      rows(factory, states)
          .forEach(
              (id, state) -> {
                for (int i = 0; i < 300; i++) {
                  byte[] damaged = i % 3 == 0 ? noise(random) : damage(state, random);
                  Throwable thrown = catchThrowable(() -> hydrate(states, id, damaged));
                  if (thrown != null) {
                    assertThat(thrown).isInstanceOf(UndecodableEntryException.class);
                  }
                }
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("PK-01 ids of every type are read back from a list as they were")
  void idsInALIst_areReadBack(MappedDatabase database) {
    SessionFactoryImplementor factory = factory(database);
    for (EntityStates states : states(factory)) {
      List<Object> ids = new ArrayList<>(rows(factory, states).keySet());
      Identifiers identifiers = states.identifiers();
      byte[] content = identifiers.listCodec().encode(ids);
      assertThat(identifiers.listCodec().decode(content)).isEqualTo(ids);
      ids.forEach(
          id -> {
            assertThat(id).isInstanceOf(identifiers.javaType());
            assertThat(identifiers.parts(id)).isNotEmpty().doesNotContainNull();
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SER-05 the state of one row does not decode as another's")
  void stateOfAnotherRow_doesNotDecode(MappedDatabase database) {
    SessionFactoryImplementor factory = factory(database);
    EntityStates states = statesOf(factory, Behaviours.Greeting.class);
    byte[] state = rows(factory, states).get(1L);
    assertThat(catchThrowable(() -> hydrate(states, 2L, state)))
        .isInstanceOf(UndecodableEntryException.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "SER-07 @PostLoad is called once for each instance, and what it changes is not stored")
  void postLoad_isCalledOnceAndItsChangesAreNotStored(MappedDatabase database) {
    SessionFactoryImplementor factory = factory(database);
    EntityStates states = statesOf(factory, Behaviours.Greeting.class);
    Behaviours.Greeting greeting =
        (Behaviours.Greeting) hydrate(states, 1L, rows(factory, states).get(1L));
    assertThat(greeting.name).isEqualTo("World!");
    assertThat(greeting.greeting).isEqualTo("Hello World");
    assertThat(greeting.loaded).isEqualTo(1);
  }

  private static Object hydrate(EntityStates states, Object id, byte[] state) {
    return states.hydrate(id, state, new Instances(), made -> {});
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damage(byte[] state, Random random) {
    byte[] damaged = state.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      damaged[random.nextInt(Math.min(500, damaged.length))] = (byte) random.nextInt();
    }
    return damaged;
  }

  private SessionFactoryImplementor factory(MappedDatabase database) {
    return factories.computeIfAbsent(
        database,
        key -> {
          SessionFactoryImplementor factory = key.factory(SampleRows.ENTITIES, Map.of());
          factory.inTransaction(SampleRows::persist);
          return factory;
        });
  }

  private static List<EntityStates> states(SessionFactoryImplementor factory) {
    List<EntityStates> all = new ArrayList<>();
    for (Class<?> entity : SampleRows.ENTITIES) {
      if (persister(factory, entity).getRootEntityName().equals(entity.getName())) {
        all.add(statesOf(factory, entity));
      }
    }
    assertThat(all).hasSizeGreaterThan(25);
    return all;
  }

  private static EntityStates statesOf(SessionFactoryImplementor factory, Class<?> entity) {
    Problems problems = new Problems();
    EntityStates states = Plans.of(persister(factory, entity), factory, problems);
    problems.throwIfAny();
    return states;
  }

  private static EntityPersister persister(SessionFactoryImplementor factory, Class<?> entity) {
    return factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(entity);
  }

  /** The states of all rows, by id, each dehydrated in a session that found it. */
  private static Map<Object, byte[]> rows(SessionFactoryImplementor factory, EntityStates states) {
    Map<Object, Class<?>> classes = new LinkedHashMap<>();
    factory.inSession(
        session ->
            session
                .createSelectionQuery("from " + states.identifiers().entityName(), Object.class)
                .getResultList()
                .forEach(row -> classes.put(session.getIdentifier(row), Hibernate.getClass(row))));
    assertThat(classes).isNotEmpty();
    Map<Object, byte[]> rows = new LinkedHashMap<>();
    classes.forEach(
        (id, type) ->
            factory.inTransaction(
                session -> {
                  // what a callback or a setter changes is not to be written
                  session.setHibernateFlushMode(FlushMode.MANUAL);
                  rows.put(
                      id,
                      states
                          .dehydrate(
                              session.find(type, id),
                              (SessionImplementor) session,
                              LoadedReferences.NONE)
                          .content());
                }));
    return rows;
  }
}
