package io.identitycache.hibernate.testing;

import io.identitycache.hibernate.activation.ActiveCaches;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * The one thread on which a factory's cache asks for owners after commits. Nobody but a test has to
 * wait for it, so there is no way to it but by reflection.
 */
final class OwnersWorker {

  private OwnersWorker() {}

  /** What it is given, it does in order. */
  static ExecutorService of(SessionFactoryImplementor factory) {
    ActiveCaches caches = factory.getServiceRegistry().requireService(ActiveCaches.class);
    Object cache = ((Map<?, ?>) read(caches, "caches")).get(factory.getUuid());
    return (ExecutorService) read(read(cache, "ownersAfterCommit"), "executor");
  }

  private static Object read(Object object, String field) {
    try {
      Field found = object.getClass().getDeclaredField(field);
      found.setAccessible(true);
      return found.get(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
