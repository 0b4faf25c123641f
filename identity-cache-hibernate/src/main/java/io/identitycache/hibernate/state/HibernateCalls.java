package io.identitycache.hibernate.state;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.spi.EmbeddableInstantiator;
import org.hibernate.metamodel.spi.EntityInstantiator;
import org.hibernate.metamodel.spi.ValueAccess;

/** The calls that Hibernate 6.6 and 7 spell differently, looked up once. */
final class HibernateCalls {

  private static final MethodHandle NEW_ENTITY = instantiate(EntityInstantiator.class);
  private static final MethodHandle NEW_EMBEDDABLE =
      instantiate(EmbeddableInstantiator.class, ValueAccess.class);

  private HibernateCalls() {}

  static Object newEntity(EntityInstantiator instantiator, SessionFactoryImplementor factory) {
    try {
      return (Object) NEW_ENTITY.invokeExact(instantiator, factory);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  static Object newEmbeddable(
      EmbeddableInstantiator instantiator, ValueAccess values, SessionFactoryImplementor factory) {
    try {
      return (Object) NEW_EMBEDDABLE.invokeExact(instantiator, values, factory);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** The method, which took the factory as its last argument until Hibernate 7. */
  private static MethodHandle instantiate(Class<?> instantiator, Class<?>... arguments) {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodType now = MethodType.methodType(Object.class, arguments);
    MethodType formerly = now.appendParameterTypes(SessionFactoryImplementor.class);
    try {
      return lookup.findVirtual(instantiator, "instantiate", formerly);
    } catch (NoSuchMethodException e) {
      try {
        MethodHandle handle = lookup.findVirtual(instantiator, "instantiate", now);
        return MethodHandles.dropArguments(
            handle, 1 + arguments.length, SessionFactoryImplementor.class);
      } catch (ReflectiveOperationException unknown) {
        throw unsupported(instantiator, unknown);
      }
    } catch (IllegalAccessException e) {
      throw unsupported(instantiator, e);
    }
  }

  private static IllegalStateException unsupported(Class<?> type, Exception cause) {
    return new IllegalStateException(
        "This Hibernate is neither 6.6 nor 7: " + type.getName() + " has no known instantiate",
        cause);
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      return e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return new IllegalStateException(thrown);
  }
}
