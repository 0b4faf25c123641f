package io.identitycache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches an entity by its id, and sets the options of its entries. An entity with a {@link
 * CacheIndex} is cached by id already and needs this only for an option.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface IdentityCached {

  /**
   * How long an entry of this entity, of its indexes and of its cached attributes lives at the
   * most, written like the setting {@code hibernate.identity_cache.time_to_live} ({@code 10s},
   * {@code 5m}, {@code 1d}, {@code PT1H}). Empty: that setting's value.
   */
  String timeToLive() default "";
}
