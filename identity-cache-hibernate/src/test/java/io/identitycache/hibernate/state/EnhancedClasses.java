package io.identitycache.hibernate.state;

import java.io.IOException;
import java.io.InputStream;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.Enhancer;
import org.hibernate.bytecode.enhance.spi.UnloadedClass;
import org.hibernate.bytecode.enhance.spi.UnloadedField;
import org.hibernate.bytecode.internal.BytecodeProviderInitiator;

/** Loads the classes of one holder as Hibernate's enhancer makes them, all others as they are. */
final class EnhancedClasses extends ClassLoader {

  private final String holder;
  private final Enhancer enhancer;

  EnhancedClasses(Class<?> holder) {
    super(holder.getClassLoader());
    this.holder = holder.getName();
    this.enhancer =
        BytecodeProviderInitiator.buildDefaultBytecodeProvider().getEnhancer(new LazyAndDirty());
  }

  /** The enhanced class of the same name. */
  Class<?> enhanced(Class<?> original) {
    try {
      return loadClass(original.getName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      // the holder too: a class and its nested ones must come from one loader
      if (!name.equals(holder) && !name.startsWith(holder + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        // Hibernate looks for classes that it has yet to generate
        throw new ClassNotFoundException(name);
      }
      byte[] original = in.readAllBytes();
      byte[] enhanced = enhancer.enhance(name, original);
      byte[] bytes = enhanced == null ? original : enhanced;
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static final class LazyAndDirty extends DefaultEnhancementContext {
    @Override
    public boolean hasLazyLoadableAttributes(UnloadedClass type) {
      return true;
    }

    @Override
    public boolean isLazyLoadable(UnloadedField field) {
      return true;
    }

    @Override
    public boolean doDirtyCheckingInline(UnloadedClass type) {
      return true;
    }
  }
}
