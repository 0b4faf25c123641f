package io.identitycache.hibernate.state;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistenceContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a session where Hibernate asks for one while an instance is made: it has a factory,
 * holds no entity, and "loads" uninitialised instances.
 */
final class NoSession implements InvocationHandler {

  private final SessionFactoryImplementor factory;
  private final PersistenceContext empty;

  private NoSession(SessionFactoryImplementor factory) {
    this.factory = factory;
    this.empty =
        (PersistenceContext)
            Proxy.newProxyInstance(
                NoSession.class.getClassLoader(),
                new Class<?>[] {PersistenceContext.class},
                (proxy, method, arguments) -> emptyAnswer(method));
  }

  static SharedSessionContractImplementor of(SessionFactoryImplementor factory) {
    return (SharedSessionContractImplementor)
        Proxy.newProxyInstance(
            NoSession.class.getClassLoader(),
            new Class<?>[] {SharedSessionContractImplementor.class},
            new NoSession(factory));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getFactory", "getSessionFactory" -> factory;
      case "getPersistenceContext", "getPersistenceContextInternal" -> empty;
      // Hibernate 7 keeps these instead of the session; null is its word for none
      case "getSessionAssociationMarkers" -> null;
      case "generateEntityKey" -> new EntityKey(arguments[0], (EntityPersister) arguments[1]);
      case "internalLoad" -> uninitialised((String) arguments[0], arguments[1]);
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private Object uninitialised(String entityName, Object id) {
    EntityPersister target =
        factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(entityName);
    return Reference.to(target, factory)
        .orElseThrow(() -> new UnsupportedOperationException(entityName))
        .to(id);
  }

  private static @Nullable Object emptyAnswer(Method method) {
    if (method.getName().equals("getEntityHolder")) {
      return null;
    }
    throw new UnsupportedOperationException(method.getName());
  }
}
