/**
 * What makes the cache a part of every factory that has cached entities, without code in the
 * application. Start with {@link io.identitycache.hibernate.activation.CacheIntegrator}.
 */
@NullMarked
package io.identitycache.hibernate.activation;

import org.jspecify.annotations.NullMarked;
