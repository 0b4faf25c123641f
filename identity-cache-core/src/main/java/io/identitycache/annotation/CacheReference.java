package io.identitycache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps only the ids of what an association leads to inside its owner's entry; the rows themselves
 * come from their own entries, all in one batch, when they are asked for.
 *
 * <p>The other entity must be cached by itself. On an association whose foreign key is in the
 * owner's row, nothing is stored. A change of a referenced row leaves its owners' entries alone,
 * unless it can change which rows belong to an owner, or their order.
 *
 * <p>An association that is fetched eagerly by its mapping is resolved with every fetch of its
 * owner; a lazy one by {@link Include}, or by a {@code fetch<Association>} method.
 *
 * @see CacheEmbed
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CacheReference {}
