package io.identitycache.hibernate.state;

import java.util.Optional;
import org.hibernate.bytecode.enhance.spi.interceptor.SessionAssociableInterceptor;
import org.hibernate.bytecode.spi.BytecodeEnhancementMetadata;
import org.hibernate.engine.spi.EntityKey;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/**
 * Makes uninitialised instances of one entity that belong to no session: they know their id, and
 * anything else asked of them is a LazyInitializationException.
 */
@SuppressWarnings("NullAway") // "no session" is null to Hibernate
abstract class Reference {

  private final EntityPersister target;

  private Reference(EntityPersister target) {
    this.target = target;
  }

  /** The way that the target's class allows; empty if it allows none. */
  static Optional<Reference> to(EntityPersister target, SessionFactoryImplementor factory) {
    if (target.getRepresentationStrategy().getProxyFactory() != null) {
      return Optional.of(new ByProxy(target));
    }
    boolean enhanced = target.getBytecodeEnhancementMetadata().isEnhancedForLazyLoading();
    return enhanced && !target.hasSubclasses() && !target.isAbstract()
        ? Optional.of(new ByEnhancement(target, factory))
        : Optional.empty();
  }

  /** A new uninitialised instance. */
  abstract Object to(Object id);

  /** The id of an instance, which need not be initialised. */
  final Object idOf(Object instance) {
    return idOf(target, instance);
  }

  /** The id of an instance of an entity, which need not be initialised. */
  static Object idOf(EntityPersister target, Object instance) {
    LazyInitializer lazy = HibernateProxy.extractLazyInitializer(instance);
    return lazy == null
        ? target.getIdentifier(instance, (SharedSessionContractImplementor) null)
        : lazy.getInternalIdentifier();
  }

  private static final class ByProxy extends Reference {

    private final EntityPersister target;

    ByProxy(EntityPersister target) {
      super(target);
      this.target = target;
    }

    @Override
    Object to(Object id) {
      return target.createProxy(id, null);
    }
  }

  private static final class ByEnhancement extends Reference {

    private final EntityPersister target;
    private final SessionFactoryImplementor factory;
    private final BytecodeEnhancementMetadata enhancement;

    /** Hibernate 6.6 asks a session for its factory when it makes the interceptor. */
    private final SharedSessionContractImplementor factoryOnly;

    ByEnhancement(EntityPersister target, SessionFactoryImplementor factory) {
      super(target);
      this.target = target;
      this.factory = factory;
      this.enhancement = target.getBytecodeEnhancementMetadata();
      this.factoryOnly = NoSession.of(factory);
    }

    @Override
    Object to(Object id) {
      Object instance =
          HibernateCalls.newEntity(target.getRepresentationStrategy().getInstantiator(), factory);
      target.setIdentifier(instance, id, null);
      enhancement.injectEnhancedEntityAsProxyInterceptor(
          instance, new EntityKey(id, target), factoryOnly);
      Object interceptor =
          ((PersistentAttributeInterceptable) instance).$$_hibernate_getInterceptor();
      ((SessionAssociableInterceptor) interceptor).unsetSession();
      return instance;
    }
  }
}
