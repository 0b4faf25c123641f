package io.identitycache.repository;

import io.identitycache.repository.TypeBindings.Resolved;
import io.identitycache.validation.Problems;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes repositories of an application's interfaces. Every method is resolved and checked when the
 * repository is made; a call is one look-up. Safe for use by several threads.
 */
public final class RepositoryFactory {

  private final EntityCaches caches;

  /** Makes repositories of these entities. */
  public RepositoryFactory(EntityCaches caches) {
    this.caches = caches;
  }

  /**
   * Makes a repository.
   *
   * @param type an interface that extends {@link CacheRepository} for a cached entity
   * @throws io.identitycache.validation.InvalidConfigurationException listing every method that
   *     cannot be used, each with what is allowed
   */
  public <R extends CacheRepository<?, ?>> R make(Class<R> type) {
    Problems problems = new Problems();
    Map<Method, RepositoryCall> calls = calls(type, problems);
    problems.throwIfAny();
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new RepositoryProxy(type, calls)));
  }

  private Map<Method, RepositoryCall> calls(Class<?> type, Problems problems) {
    if (!type.isInterface() || type == CacheRepository.class) {
      problems.add(
          type.getName(),
          "A repository is an interface of your own that extends CacheRepository<Entity, Id>.");
      return Map.of();
    }
    TypeBindings bindings = new TypeBindings(type);
    List<Resolved> arguments =
        Arrays.stream(CacheRepository.class.getTypeParameters()).map(bindings::resolve).toList();
    Class<?> entityType = arguments.get(0).raw();
    if (entityType == Object.class) {
      problems.add(
          type.getName(),
          "It does not say whose rows it fetches: extend CacheRepository<Entity, Id> with the two"
              + " classes filled in.");
      return Map.of();
    }
    Optional<? extends EntityView<?>> view = caches.find(entityType);
    if (view.isEmpty()) {
      problems.add(type.getName(), caches.notCached(entityType));
      return Map.of();
    }
    return calls(type, bindings, view.get(), arguments.get(1), problems);
  }

  private static <E> Map<Method, RepositoryCall> calls(
      Class<?> type, TypeBindings bindings, EntityView<E> view, Resolved id, Problems problems) {
    Class<?> idType = view.entity().id().type();
    if (id.raw() != idType) {
      problems.add(
          type.getName(),
          "The id of %s is of type %s: extend CacheRepository<%s, %s>, not <%s, %s>."
              .formatted(
                  view.name(),
                  idType.getSimpleName(),
                  view.type().getSimpleName(),
                  idType.getSimpleName(),
                  view.type().getSimpleName(),
                  id));
    }
    MethodReader<E> reader = new MethodReader<>(type, bindings, view, problems);
    Map<Method, RepositoryCall> calls = new HashMap<>();
    // sorted, so that the report is the same every time
    Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .sorted(Comparator.comparing(Method::toGenericString))
        .forEach(method -> reader.read(method).ifPresent(call -> calls.put(method, call)));
    return calls;
  }
}
