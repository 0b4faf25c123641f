package io.identitycache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps what an association leads to inside its owner's entry, so that one read brings both.
 *
 * <p>It stands on a one-to-many, a many-to-many, a one-to-one from either side, or an element
 * collection. The other entity needs no annotation of its own, and what it embeds itself is
 * embedded too. Any committed change of an embedded row makes the entries of all its owners
 * unreachable. A many-to-one is referenced instead: the one row would be kept with every owner.
 *
 * @see CacheReference
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CacheEmbed {}
