package io.identitycache.repository;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind a repository: a call for each method. */
final class RepositoryProxy implements InvocationHandler {

  private static final @Nullable Object[] NONE = {};

  private final Class<?> type;
  private final Map<Method, RepositoryCall> calls;

  RepositoryProxy(Class<?> type, Map<Method, RepositoryCall> calls) {
    this.type = type;
    this.calls = Map.copyOf(calls);
  }

  @Override
  public @Nullable Object invoke(
      Object repository, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    @Nullable Object[] given = arguments == null ? NONE : arguments;
    RepositoryCall call = calls.get(method);
    return call != null ? call.answer(repository, given) : ofObject(repository, method, given);
  }

  private Object ofObject(Object repository, Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> repository == arguments[0];
      case "hashCode" -> System.identityHashCode(repository);
      case "toString" -> type.getSimpleName() + " of the identity cache";
      default -> throw new IllegalStateException("No call was made for " + method);
    };
  }
}
