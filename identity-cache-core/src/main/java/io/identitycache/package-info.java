/** The entrance to Identity Cache: start with {@code IdentityCache}. */
@NullMarked
package io.identitycache;

import org.jspecify.annotations.NullMarked;
