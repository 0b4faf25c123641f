/**
 * What is cached, after validation, and the port to the ORM that it is read from. Start with {@link
 * io.identitycache.model.CachedEntity}; the ORM implements {@link
 * io.identitycache.model.EntitySource}.
 */
@NullMarked
package io.identitycache.model;

import org.jspecify.annotations.NullMarked;
