/**
 * From changed rows to deleted keys. Start with {@link io.identitycache.invalidation.AffectedKeys},
 * which says what a change affects.
 */
@NullMarked
package io.identitycache.invalidation;

import org.jspecify.annotations.NullMarked;
