package io.identitycache.repository;

import org.jspecify.annotations.Nullable;

/** What one method of a repository does. */
@FunctionalInterface
interface RepositoryCall {

  @Nullable Object answer(Object repository, @Nullable Object[] arguments) throws Throwable;
}
