package io.identitycache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a repository method that fetches entities: resolves referenced associations of what it
 * fetches, all rows of one level in one batch.
 *
 * <pre>{@code
 * @Include({"variants.prices", "shop"})
 * List<Product> fetchMulti(Collection<? extends Long> ids);
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Include {

  /**
   * Paths of associations, each marked with {@link CacheReference} or {@link CacheEmbed}. A path
   * includes everything on its way.
   */
  String[] value();
}
