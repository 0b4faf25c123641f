package io.identitycache.hibernate.state;

import io.identitycache.entry.ContentWriter;
import java.util.Date;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The plan of one concrete class.
 *
 * @param name what the bytes call it
 * @param persister Hibernate's description of it
 * @param attributes how its attributes are stored
 */
@SuppressWarnings("NullAway") // Hibernate's arrays of values hold nulls
record EntityState(String name, EntityPersister persister, Attributes attributes) {

  /** Appends the attributes of a row. */
  void write(ContentWriter out, Source source, Object @Nullable [] loaded) {
    attributes.write(out, source, values(source.instance(), loaded));
  }

  Object newInstance(
      Object id, SharedSessionContractImplementor session, SessionFactoryImplementor factory) {
    Object entity =
        HibernateCalls.newEntity(persister.getRepresentationStrategy().getInstantiator(), factory);
    persister.setIdentifier(entity, id, session);
    return entity;
  }

  /**
   * The values that a session has loaded; those of the instance where it keeps none.
   *
   * <p>A session keeps a plain Date for a Timestamp or sql.Date that it has put into an attribute
   * of type Date: there the instance tells more, unless it was changed.
   */
  @SuppressWarnings("JavaUtilDate") // entities have attributes of this type
  private @Nullable Object[] values(Object entity, Object @Nullable [] loaded) {
    if (loaded == null) {
      return persister.getValues(entity);
    }
    Object[] values = loaded.clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Date kept
          && persister.getValue(entity, i) instanceof Date current
          && current.getTime() == kept.getTime()) {
        values[i] = current;
      }
    }
    return values;
  }

  void setValues(Object entity, @Nullable Object[] values) {
    persister.setValues(entity, values);
  }
}
