package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.store.CacheStore;
import io.identitycache.store.InProcessStore;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that an application has brought along, and that throws where it must not. */
class UnfriendlyStoreTest {

  private static final class ThrowingStore implements CacheStore {

    private final CacheStore store = new InProcessStore(1 << 20);
    private Supplier<Throwable> failure = IllegalStateException::new;

    @Override
    public StoreRead read(Collection<CacheKey> keys) {
      return store.read(keys);
    }

    @Override
    public Map<CacheKey, SwapOutcome> swap(List<Swap> swaps) {
      return store.swap(swaps);
    }

    @Override
    public Set<CacheKey> delete(Collection<CacheKey> keys) {
      throw ThrowingStore.<RuntimeException>unchecked(failure.get());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
      throw (T) failure;
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        NoClassDefFoundError.class,
        InterruptedException.class
      })
  @DisplayName("No exception of the store reaches the caller of a commit; the failure is reported")
  void throwingStore_isNoFailureOfTheCommit(Class<? extends Throwable> type) {
    ThrowingStore store = new ThrowingStore();
    store.failure =
        () -> {
          try {
            return type.getConstructor().newInstance();
          } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
          }
        };
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Product.class, Shop.class)
            .with("hibernate.identity_cache.store", store)
            .start()) {
      ProductRepository products = shop.repository(ProductRepository.class);

      Long teapot = shop.fromTransaction(session -> TeapotScenario.persist(session, "teapot"));
      shop.inTransaction(session -> session.find(Product.class, teapot).title = "A kettle");
      products.invalidateById(teapot);

      assertThat(shop.events())
          .extracting(CacheEvent::kind)
          .contains(Kind.INVALIDATION_FAILED)
          .doesNotContain(Kind.INVALIDATION_SENT);
      assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
      store.close();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
  @DisplayName("A listener that throws harms neither commit nor fetch")
  void throwingListener_harmsNobody(Class<? extends Throwable> type) {
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Product.class, Shop.class).start()) {
      shop.cache()
          .addListener(
              event -> {
                if (type == IllegalStateException.class) {
                  throw new IllegalStateException("no metrics");
                }
                throw new NoClassDefFoundError("no metrics");
              });
      ProductRepository products = shop.repository(ProductRepository.class);

      Long teapot = shop.fromTransaction(session -> TeapotScenario.persist(session, "teapot"));
      products.fetch(teapot);
      shop.inTransaction(session -> session.find(Product.class, teapot).title = "A kettle");

      assertThat(products.fetch(teapot).title).isEqualTo("A kettle");
    }
  }
}
