package io.identitycache.hibernate.change;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The session that an event comes from. The accessor is declared on different classes with
 * different return types in Hibernate 6.6 and 7, and gives null for a stateless session in 6.6.
 */
final class EventSession {

  private static final ClassValue<MethodHandle> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> event) {
          try {
            return MethodHandles.publicLookup()
                .unreflect(event.getMethod("getSession"))
                .asType(
                    MethodType.methodType(SharedSessionContractImplementor.class, Object.class));
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(event + " has no getSession()", e);
          }
        }
      };

  private EventSession() {}

  /** Null only for a stateless session of 6.6. */
  static @Nullable SharedSessionContractImplementor of(Object event) {
    try {
      return (SharedSessionContractImplementor) ACCESSORS.get(event.getClass()).invokeExact(event);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("An accessor threw a checked exception", e);
    }
  }
}
