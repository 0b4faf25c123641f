package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentReader;
import io.identitycache.entry.ContentWriter;
import io.identitycache.entry.UndecodableEntryException;
import io.identitycache.model.Instances;
import io.identitycache.model.RowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Dehydrates the rows of one cached entity, with all its subclasses, to bytes, and hydrates
 * detached instances from them. Safe for use by several threads.
 */
public final class EntityStates {

  private final EntityPersister topmost;
  private final String hierarchy;
  private final SessionFactoryImplementor factory;
  private final Identifiers identifiers;
  private final SharedSessionContractImplementor noSession;

  /** The concrete classes, in the order of their names. */
  private final List<EntityState> concrete = new ArrayList<>();

  private final Map<String, EntityState> byName = new HashMap<>();
  private final Map<String, EntityState> byHibernateName = new HashMap<>();

  EntityStates(
      EntityPersister topmost, SessionFactoryImplementor factory, Identifiers identifiers) {
    this.topmost = topmost;
    this.hierarchy = topmost.getRootEntityName();
    this.factory = factory;
    this.identifiers = identifiers;
    this.noSession = NoSession.of(factory);
  }

  /** Reads the entity and its subclasses. */
  void read(StatePlans plans) {
    SortedMap<String, EntityState> sorted = new TreeMap<>();
    for (String name : topmost.getEntityMetamodel().getSubclassEntityNames()) {
      EntityState state =
          plans.classOf(
              factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(name));
      byHibernateName.put(name, state);
      if (!state.persister().isAbstract()) {
        sorted.put(state.name(), state);
      }
    }
    byName.putAll(sorted);
    concrete.addAll(sorted.values());
  }

  /** Takes note of a way to the rows: a to-one association that embeds them, or null for others. */
  void reachedBy(@Nullable ToOneAttributeMapping embedding) {
    for (EntityState state : byHibernateName.values()) {
      state.attributes().all(OwnerSide.class).forEach(side -> side.reachedBy(embedding));
    }
  }

  /** The ids of the entity. */
  public Identifiers identifiers() {
    return identifiers;
  }

  /** The class of the rows' instances, or the one above theirs. */
  Class<?> javaType() {
    return topmost.getMappedClass();
  }

  /** The concrete classes, which bytes tell by their number, if there are several. */
  String classNames() {
    return concrete.stream().map(EntityState::name).toList().toString();
  }

  /**
   * Everything that decides the stored form, a line for each attribute of each class, of what is
   * embedded as well. The same for every run, and for every order of declaration.
   */
  public List<String> description() {
    Description lines = new Description();
    lines.include(this);
    return lines.lines();
  }

  void describe(Description lines) {
    identifiers.description().forEach(lines);
    concrete.forEach(state -> state.attributes().describe(state.name(), lines));
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
    Hibernate.initialize(entity);
    Object instance = Hibernate.unproxy(entity);
    Dehydration tree = new Dehydration(session, references);
    ContentWriter out = new ContentWriter();
    EntityEntry entry = tree.entryOf(instance);
    EntityState state = stateOf(instance, entry, session);
    out.writeString(state.name());
    write(out, state, instance, entry, tree);
    return new RowState(out.toBytes(), tree.largestAssociation(), tree.largestSize());
  }

  /** Appends a row that is embedded in another. */
  void writeEmbedded(ContentWriter out, Object instance, Dehydration tree) {
    EntityEntry entry = tree.entryOf(instance);
    EntityState state = stateOf(instance, entry, tree.session());
    if (concrete.size() > 1) {
      out.writeLong(concrete.indexOf(state));
    }
    write(out, state, instance, entry, tree);
  }

  private void write(
      ContentWriter out,
      EntityState state,
      Object instance,
      @Nullable EntityEntry entry,
      Dehydration tree) {
    Object id =
        entry == null ? state.persister().getIdentifier(instance, tree.session()) : entry.getId();
    identifiers.write(out, id);
    tree.begin(instance);
    state.write(
        out,
        new Source(state.persister(), id, instance, tree),
        entry == null ? null : entry.getLoadedState());
  }

  private EntityState stateOf(
      Object instance, @Nullable EntityEntry entry, SharedSessionContractImplementor session) {
    EntityPersister persister =
        entry == null ? session.getEntityPersister(null, instance) : entry.getPersister();
    EntityState state = byHibernateName.get(persister.getEntityName());
    if (state == null) {
      throw new IllegalArgumentException(
          persister.getEntityName() + " is not stored with " + identifiers.entityName());
    }
    return state;
  }

  /** The instance that a row has in a call; null if it has none. */
  public @Nullable Object known(Object id, Instances instances) {
    return instances.get(hierarchy, identifiers.comparable(id));
  }

  /**
   * A new detached instance with all that is embedded in it, which shares nothing with any of
   * another call; the {@code @PostLoad} callbacks have run, those of embedded rows before their
   * owners'. A row that has an instance in the call already, the entry's own or an embedded one,
   * gets no second one.
   *
   * @param id the id of the row that is asked for
   * @param instances those of the call; takes the new ones, if nothing is thrown
   * @param made is told of every new instance, if nothing is thrown
   * @throws UndecodableEntryException if {@link #dehydrate} cannot have written these bytes for
   *     this row
   */
  public Object hydrate(Object id, byte[] state, Instances instances, Consumer<Object> made) {
    ContentReader in = new ContentReader(state);
    EntityState stored = byName.get(in.readString());
    if (stored == null) {
      throw new UndecodableEntryException("it is of no known class");
    }
    Hydration tree = new Hydration(instances);
    Object entity = read(in, stored, id, tree);
    tree.complete(factory.getEventEngine().getCallbackRegistry()::postLoad, made);
    return entity;
  }

  private Object read(ContentReader in, EntityState stored, Object id, Hydration tree) {
    try {
      Object storedId = identifiers.read(in);
      if (!identifiers.same(storedId, id)) {
        throw new UndecodableEntryException("it is of another row");
      }
      Object entity = row(in, stored, storedId, null, tree);
      in.end();
      return entity;
    } catch (UndecodableEntryException e) {
      throw e;
    } catch (RuntimeException e) {
      // without the cause, whose message may hold the value
      throw new UndecodableEntryException("a value was refused by " + e.getClass().getName());
    }
  }

  /** The next row, embedded in another. */
  Object readEmbedded(ContentReader in, Owner embedding) {
    int number = concrete.size() > 1 ? (int) in.readLong(0, concrete.size() - 1) : 0;
    if (number >= concrete.size()) {
      throw new UndecodableEntryException("it is of no known class");
    }
    return row(in, concrete.get(number), identifiers.read(in), embedding, embedding.tree());
  }

  private Object row(
      ContentReader in, EntityState stored, Object id, @Nullable Owner embedding, Hydration tree) {
    Object comparable = identifiers.comparable(id);
    Object known = tree.instance(hierarchy, comparable);
    if (stored.persister().getMappedClass().isInstance(known)) {
      tree.put(hierarchy, comparable, known);
      tree.begin(known);
      // the bytes have to be passed
      stored.attributes().read(in, new Owner(known, id, embedding, tree));
      return known;
    }
    Object entity = stored.newInstance(id, noSession, factory);
    tree.put(hierarchy, comparable, entity);
    tree.begin(entity);
    tree.setLater(
        stored, entity, stored.attributes().read(in, new Owner(entity, id, embedding, tree)));
    return entity;
  }
}
