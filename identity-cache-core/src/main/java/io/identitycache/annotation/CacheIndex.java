package io.identitycache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches an entity, and lets it be fetched by the value of one or several attributes.
 *
 * <p>On the entity class the attributes are named; on an attribute (its field or its getter) it
 * indexes that attribute alone. An entity with at least one index is also fetched by id; an entity
 * that is only fetched by id carries {@link IdentityCached} instead.
 *
 * <p>An index may cover basic attributes, the id or its parts, paths into embeddables ({@code
 * "address.city"}) and to-one associations, which stand for their id. What it names is checked when
 * the entity manager factory starts.
 */
@Documented
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(CacheIndexes.class)
public @interface CacheIndex {

  /**
   * The indexed attributes, in the order in which composite values are given. On an attribute it is
   * left empty.
   */
  String[] value() default {};

  /**
   * Whether at most one row has any given value. A unique index is fetched as {@code Optional} or
   * as the plain entity, another one as a {@code List} ordered by primary key. The database must
   * enforce the uniqueness: the cache only relies on it.
   */
  boolean unique() default false;

  /**
   * Whether letter case is ignored, in the key and when values are compared. Every text attribute
   * of the index is folded; the database is asked with {@code lower(…)}.
   */
  boolean ignoreCase() default false;
}
