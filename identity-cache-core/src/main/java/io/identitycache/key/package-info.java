/**
 * Names for stored entries: readable while short, legal for memcached always, and never shared by
 * two different values. Start with {@link io.identitycache.key.KeySpace}.
 */
@NullMarked
package io.identitycache.key;

import org.jspecify.annotations.NullMarked;
