/**
 * Fixtures of the Hibernate module's tests. Start with {@link
 * io.identitycache.hibernate.testing.TestDatabase}.
 */
@NullMarked
package io.identitycache.hibernate.testing;

import org.jspecify.annotations.NullMarked;
