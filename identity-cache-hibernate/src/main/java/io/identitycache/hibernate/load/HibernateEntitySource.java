package io.identitycache.hibernate.load;

import io.identitycache.entry.Codec;
import io.identitycache.hibernate.mapping.MappedAssociations;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.state.ValueCodec;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.EntitySource;
import io.identitycache.model.IndexValue;
import io.identitycache.model.Instances;
import io.identitycache.model.ManagedReader;
import io.identitycache.model.RowReader;
import io.identitycache.model.Tenant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * One cached entity as Hibernate reads it. Safe for use by several threads.
 *
 * @param <E> the entity's class
 */
public final class HibernateEntitySource<E> implements EntitySource<E> {

  private final SessionFactoryImplementor factory;
  private final MappedEntity<E> mapped;
  private final Consumer<Object> hydrated;
  private final TreeQueries<E> tree;
  private final ValueQueries queries;
  private final RowReader rowsOfTransaction;
  private final ManagedReader<E> managed;
  private final Codec<List<Object>> idsCodec;
  private final Map<Object, Codec<List<@Nullable Object>>> valuesCodecs = new IdentityHashMap<>();

  /**
   * Prepares the queries.
   *
   * @param factory whose rows are read
   * @param mapped the entity
   * @param associations those of all entities
   * @param current gives the session of this thread's open transaction; asked at each call that
   *     reads through it
   * @param hydrated is told of every instance that is made
   */
  public HibernateEntitySource(
      SessionFactoryImplementor factory,
      MappedEntity<E> mapped,
      MappedAssociations associations,
      Supplier<SharedSessionContractImplementor> current,
      Consumer<Object> hydrated) {
    this.hydrated = hydrated;
    this.factory = factory;
    this.mapped = mapped;
    this.tree = new TreeQueries<>(factory, mapped, associations);
    this.queries = new ValueQueries(mapped);
    this.rowsOfTransaction =
        new SessionRows<>(mapped, tree, queries, new TransactionConnection(factory, current));
    this.managed = new SessionReader<>(mapped, queries, current);
    this.idsCodec = mapped.states().identifiers().listCodec();
    for (CachedAttribute attribute : mapped.entity().attributes()) {
      ValueCodec.of(mapped.typeOf(attribute))
          .ifPresent(codec -> valuesCodecs.put(attribute.by().keys(), new ValueListCodec(codec)));
    }
  }

  @Override
  public CachedEntity<E> entity() {
    return mapped.entity();
  }

  @Override
  public RowReader rows(@Nullable Tenant tenant) {
    return new SessionRows<>(mapped, tree, queries, new OwnConnection(factory, tenant));
  }

  @Override
  public RowReader rowsOfTransaction() {
    return rowsOfTransaction;
  }

  @Override
  public ManagedReader<E> managed() {
    return managed;
  }

  @Override
  public E hydrate(Object id, byte[] state, Instances instances) {
    Object instance = mapped.states().hydrate(id, state, instances, hydrated);
    return mapped.entity().javaType().cast(instance);
  }

  @Override
  public @Nullable E known(Object id, Instances instances) {
    Object instance = mapped.states().known(id, instances);
    return mapped.entity().javaType().isInstance(instance)
        ? mapped.entity().javaType().cast(instance)
        : null;
  }

  @Override
  public Object idOf(E entity) {
    return mapped.idOf(entity);
  }

  @Override
  public @Nullable IndexValue valueOf(CachedIndex index, E entity) {
    // the fields of a proxy are empty
    return mapped.valueOf(index, Hibernate.unproxy(entity));
  }

  @Override
  public Codec<List<Object>> idsCodec() {
    return idsCodec;
  }

  @Override
  public Codec<List<@Nullable Object>> valuesCodec(CachedAttribute attribute) {
    Codec<List<@Nullable Object>> codec = valuesCodecs.get(attribute.by().keys());
    if (codec == null) {
      throw new IllegalArgumentException(
          attribute.by().name() + " is declared on another entity than " + entity().name());
    }
    return codec;
  }
}
