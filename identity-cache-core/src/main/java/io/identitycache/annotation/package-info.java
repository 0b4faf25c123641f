/**
 * What an application writes on its entities. Start with {@link
 * io.identitycache.annotation.CacheIndex}.
 */
@NullMarked
package io.identitycache.annotation;

import org.jspecify.annotations.NullMarked;
