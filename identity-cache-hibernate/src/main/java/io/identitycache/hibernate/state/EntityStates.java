package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import io.identitycache.model.Instances;
import io.identitycache.model.RowState;
import io.identitycache.validation.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.jpa.event.spi.CallbackType;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Dehydrates the rows of one cached entity, with all its subclasses, to bytes, and hydrates
 * detached instances from them. Safe for use by several threads.
 */
public final class EntityStates {

  private final String hierarchy;
  private final SessionFactoryImplementor factory;
  private final Identifiers identifiers;
  private final SharedSessionContractImplementor noSession;
  private final Map<String, EntityState> byName = new HashMap<>();
  private final Map<String, EntityState> byHibernateName = new HashMap<>();

  private EntityStates(
      EntityPersister root, SessionFactoryImplementor factory, Identifiers identifiers) {
    this.hierarchy = root.getRootEntityName();
    this.factory = factory;
    this.identifiers = identifiers;
    this.noSession = NoSession.of(factory);
  }

  /** Makes the plan for an entity and its subclasses. */
  static EntityStates of(
      EntityPersister root, SessionFactoryImplementor factory, Problems problems) {
    EntityStates states = new EntityStates(root, factory, Identifiers.of(root, factory, problems));
    for (String name : new TreeSet<>(root.getEntityMetamodel().getSubclassEntityNames())) {
      states.add(
          factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(name), problems);
    }
    return states;
  }

  private void add(EntityPersister persister, Problems problems) {
    String name = EntityNames.of(persister, factory);
    if (!persister.isMutable() && hasPostLoad(persister)) {
      problems.add(name, Refusals.immutableWithCallback(name));
    }
    EntityState state =
        new EntityState(
            name,
            persister,
            new AttributesReading(name, factory, problems).attributes(name, persister));
    byHibernateName.put(persister.getEntityName(), state);
    if (!persister.isAbstract()) {
      byName.put(name, state);
    }
  }

  private boolean hasPostLoad(EntityPersister persister) {
    return factory
        .getEventEngine()
        .getCallbackRegistry()
        .hasRegisteredCallbacks(persister.getMappedClass(), CallbackType.POST_LOAD);
  }

  /** The ids of the entity. */
  public Identifiers identifiers() {
    return identifiers;
  }

  /**
   * Everything that decides the stored form, a line for each attribute of each class. The same for
   * every run, and for every order of declaration.
   */
  public List<String> description() {
    List<String> lines = new ArrayList<>(identifiers.description());
    byName.values().forEach(state -> state.attributes().describe(state.name(), lines::add));
    lines.sort(null);
    return lines;
  }

  /**
   * The bytes that stand for a row.
   *
   * <p>The values are those that the session has read, as far as it keeps them: a session that is
   * read-only by default does not; then they are taken from the instance, with whatever its
   * {@code @PostLoad} callbacks have changed. Neither does it for immutable entities, which may
   * have no such callbacks for that reason.
   *
   * @param entity an entity of the session; initialised if it is not
   * @param references the ids of what its referenced associations lead to, and those of the rows
   *     embedded in it
   * @throws IllegalStateException if an embedded association has not been loaded
   */
  public RowState dehydrate(
      Object entity, SharedSessionContractImplementor session, LoadedReferences references) {
    Object instance = initialized(entity);
    EntityEntry entry = session.getPersistenceContextInternal().getEntry(instance);
    EntityState state =
        stateOf(entry == null ? session.getEntityPersister(null, instance) : entry.getPersister());
    Object id = entry == null ? state.persister().getIdentifier(instance, session) : entry.getId();
    ContentWriter out = new ContentWriter();
    out.writeString(state.name());
    identifiers.write(out, id);
    state
        .attributes()
        .write(out, state.values(instance, entry == null ? null : entry.getLoadedState()));
    return RowState.of(out.toBytes());
  }

  /** The instance that a row has in a call; null if it has none. */
  public @Nullable Object known(Object id, Instances instances) {
    return instances.get(hierarchy, identifiers.comparable(id));
  }

  /**
   * A new detached instance, which shares nothing with any other; its {@code @PostLoad} callbacks
   * have run.
   *
   * @param id the id of the row that is asked for
   * @param instances those of the call; takes the new one
   * @param made is told of the new instance
   * @throws UndecodableEntryException if {@link #dehydrate} cannot have written these bytes for
   *     this row
   */
  public Object hydrate(Object id, byte[] state, Instances instances, Consumer<Object> made) {
    ContentReader in = new ContentReader(state);
    EntityState stored = byName.get(in.readString());
    if (stored == null) {
      throw new UndecodableEntryException("it is of no known class");
    }
    Object storedId = identifiers.read(in);
    if (!identifiers.same(storedId, id)) {
      throw new UndecodableEntryException("it is of another row");
    }
    Object entity = stored.newInstance(storedId, noSession, factory);
    stored.setValues(entity, read(stored, in, new Owner(entity, storedId)));
    factory.getEventEngine().getCallbackRegistry().postLoad(entity);
    instances.put(hierarchy, identifiers.comparable(storedId), entity);
    made.accept(entity);
    return entity;
  }

  private static @Nullable Object[] read(EntityState stored, ContentReader in, Owner owner) {
    @Nullable Object[] values;
    try {
      values = stored.attributes().read(in, owner);
    } catch (UndecodableEntryException e) {
      throw e;
    } catch (RuntimeException e) {
      // without the cause, whose message may hold the value
      throw new UndecodableEntryException("a value was refused by " + e.getClass().getName());
    }
    in.end();
    return values;
  }

  private static Object initialized(Object entity) {
    Hibernate.initialize(entity);
    return Hibernate.unproxy(entity);
  }

  private EntityState stateOf(EntityPersister persister) {
    EntityState state = byHibernateName.get(persister.getEntityName());
    if (state == null) {
      throw new IllegalArgumentException(
          persister.getEntityName() + " is not stored with " + identifiers.entityName());
    }
    return state;
  }
}
