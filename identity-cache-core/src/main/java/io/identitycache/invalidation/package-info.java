/** From changed rows to deleted keys. */
@NullMarked
package io.identitycache.invalidation;

import org.jspecify.annotations.NullMarked;
