package io.identitycache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches one attribute by itself, so that it is fetched without the rest of its row.
 *
 * <p>An attribute fetched by id needs no further declaration than this. One that is fetched by
 * other attributes cannot be checked against the row on a hit, as an entity can: see the caveats.
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(CacheAttributes.class)
public @interface CacheAttribute {

  /** The attributes whose value it is fetched by, in the order of the values. Empty: by the id. */
  String[] by() default {};

  /**
   * Whether at most one row has any given value of {@link #by()}. If not, the attribute is fetched
   * as a list in the order of the primary keys.
   */
  boolean unique() default true;
}
