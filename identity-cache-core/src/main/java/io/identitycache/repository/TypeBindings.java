package io.identitycache.repository;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the type variables of an interface and of those it extends stand for. */
final class TypeBindings {

  /**
   * A type whose variables are replaced.
   *
   * @param raw its class; Object where that is not known
   * @param arguments its type arguments
   */
  record Resolved(Class<?> raw, List<Resolved> arguments) {

    /** The same, where arguments of a class lose their own arguments: {@code List<Map>}. */
    Resolved withPlain(Class<?> argument) {
      return new Resolved(
          raw,
          arguments.stream()
              .map(
                  a ->
                      a.raw == argument ? new Resolved(argument, List.of()) : a.withPlain(argument))
              .toList());
    }

    @Override
    public String toString() {
      return arguments.isEmpty()
          ? raw.getSimpleName()
          : raw.getSimpleName()
              + "<"
              + String.join(", ", arguments.stream().map(Resolved::toString).toList())
              + ">";
    }
  }

  private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

  TypeBindings(Class<?> type) {
    collect(type);
  }

  private void collect(Class<?> type) {
    for (Type parent : type.getGenericInterfaces()) {
      if (parent instanceof ParameterizedType parameterized) {
        Class<?> raw = (Class<?>) parameterized.getRawType();
        for (int i = 0; i < raw.getTypeParameters().length; i++) {
          bindings.put(raw.getTypeParameters()[i], parameterized.getActualTypeArguments()[i]);
        }
        collect(raw);
      } else if (parent instanceof Class<?> raw) {
        collect(raw);
      }
    }
  }

  Resolved resolve(Type type) {
    if (type instanceof Class<?> plain) {
      return new Resolved(plain, List.of());
    }
    if (type instanceof ParameterizedType parameterized) {
      return new Resolved(
          (Class<?>) parameterized.getRawType(),
          Stream.of(parameterized.getActualTypeArguments()).map(this::resolve).toList());
    }
    if (type instanceof WildcardType wildcard) {
      return resolve(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      Type bound = bindings.get(variable);
      return bound == null ? new Resolved(Object.class, List.of()) : resolve(bound);
    }
    return new Resolved(Object.class, List.of());
  }
}
