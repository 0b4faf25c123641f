package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import io.identitycache.hibernate.mapping.MappedEntity;
import java.util.List;
import org.hibernate.metamodel.mapping.BasicEntityIdentifierMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.query.QueryProducer;
import org.hibernate.type.BasicType;

/**
 * Reads entities by id where Hibernate cannot load many at once: in a stateless session of
 * Hibernate 6.6, and where it would bind the ids as another type than their column's.
 */
final class IdQuery {

  private IdQuery() {}

  /**
   * Whether Hibernate's own loading of many fails on databases with arrays: it binds an array of
   * the type that the id's Java type usually has, whatever the column is (an enum as text, a UUID
   * as characters).
   */
  static boolean isNeededFor(EntityPersister entity) {
    if (!(entity.getIdentifierMapping() instanceof BasicEntityIdentifierMapping id)) {
      return false;
    }
    JdbcMapping type = id.getJdbcMapping();
    BasicType<?> usual =
        entity
            .getFactory()
            .getTypeConfiguration()
            .getBasicTypeForJavaType(type.getMappedJavaType().getJavaType());
    return type.getValueConverter() != null
        || usual == null
        || usual.getJdbcType().getDefaultSqlTypeCode()
            != type.getJdbcType().getDefaultSqlTypeCode();
  }

  /** The entities of the application's class with these ids. */
  static <E> List<E> run(QueryProducer session, MappedEntity<E> mapped, List<Object> ids) {
    IdCondition condition = IdCondition.of("e", EntityIds.of(mapped.persister()), ids);
    return condition
        .bind(
            session.createSelectionQuery(
                "select e from " + mapped.entity().name() + " e where " + condition.text(),
                mapped.entity().javaType()))
        .getResultList();
  }
}
