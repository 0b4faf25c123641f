package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.testing.MeteredStore;
import java.util.List;
import org.hibernate.FlushMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@ParameterizedClass
@EnumSource(StoreKind.class)
class ManualInvalidationTest extends TeapotScenario {

  ManualInvalidationTest(StoreKind kind) {
    super(TestApplication.of(kind, Product.class, Shop.class));
  }

  private void renameBehindTheLibrary() {
    shop.database().execute("update Product set handle = 'kettle' where id = " + teapot);
  }

  @Test
  @DisplayName("EXP-06 invalidate drops the row's entries for the values it carries, 0 queries")
  void invalidate_dropsWhatTheInstanceCarries() {
    warmUp();
    Product fetched = products.fetch(teapot);
    shop.reset();

    products.invalidate(fetched);

    assertThat(shop.ops()).isEqualTo(1);
    assertThat(shop.queries()).isZero();
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isEqualTo(4);
    products.fetch(teapot);
    products.fetchByHandle("teapot");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    products.fetchTitleById(teapot);
    assertThat(shop.queries()).isEqualTo(4);
  }

  @Test
  @DisplayName("EXP-06 invalidate of a proxy drops the entries for the values of its instance")
  void invalidate_ofAProxy_dropsWhatItsInstanceCarries() {
    warmUp();
    shop.inTransaction(
        session -> {
          Product proxy = session.getReference(Product.class, teapot);
          shop.reset();
          products.invalidate(proxy);
        });

    assertThat(shop.count(Kind.INVALIDATION_SENT, "Product")).isEqualTo(1);
    shop.reset();
    products.fetchByHandle("teapot");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    assertThat(shop.queries()).as("the row, and both indexes").isEqualTo(3);
  }

  @Test
  @DisplayName("In a read-only session that has written, invalidateById waits for the commit")
  void invalidateById_inAManuallyFlushedTransaction_waitsForTheCommit() {
    warmUp();

    shop.inTransaction(
        session -> {
          session.setHibernateFlushMode(FlushMode.MANUAL);
          session
              .createNativeMutationQuery("update Product set handle = 'kettle' where id = :id")
              .setParameter("id", teapot)
              .executeUpdate();
          products.invalidateById(teapot);
          assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isZero();
        });

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("kettle");
  }

  @Test
  @DisplayName("EXP-07 invalidate with the store unreachable: no exception, counted, logged by key")
  void invalidate_withoutStore_isReported() {
    warmUp();
    Product fetched = products.fetch(teapot);
    shop.reset();
    shop.faults().failAll(MeteredStore.Kind.DELETE);

    List<String> errors = errorsDuring(() -> products.invalidate(fetched));

    assertThat(shop.count(Kind.INVALIDATION_FAILED)).isEqualTo(4);
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isZero();
    assertThat(errors).singleElement().satisfies(error -> assertNamesKeys(error, 4));
  }

  private void assertNamesKeys(String error, int number) {
    List<CacheKey> keys = shop.store().operations().get(0).keys();
    assertThat(keys).hasSize(number);
    assertThat(keys).allSatisfy(key -> assertThat(error).contains(key.text()));
  }

  private static List<String> errorsDuring(Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger("io.identitycache");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      action.run();
    } finally {
      logger.detachAppender(log);
    }
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  @DisplayName("EXP-07 one of several deletes fails: the others are done, and that one is reported")
  void invalidate_withOneKeyUnreachable_deletesTheOthers() {
    warmUp();
    Product fetched = products.fetch(teapot);
    shop.reset();
    shop.faults().failDeletesOf(key -> key.text().contains(":Product.title"));

    List<String> errors = errorsDuring(() -> products.invalidate(fetched));

    assertThat(shop.count(Kind.INVALIDATION_FAILED)).isEqualTo(1);
    assertThat(shop.count(Kind.INVALIDATION_SENT)).isEqualTo(3);
    assertThat(errors)
        .singleElement()
        .asString()
        .contains(":Product.title")
        .doesNotContain(":Product.handle:");
    shop.reset();
    products.fetch(teapot);
    products.fetchByHandle("teapot");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    assertThat(shop.queries()).isEqualTo(3);
    products.fetchTitleById(teapot);
    assertThat(shop.queries()).as("still a hit").isEqualTo(3);
  }

  @Test
  @DisplayName("EXP-12 invalidateById after plain JDBC: by id, by old and by new value it is right")
  void invalidateById_findsOldAndNewValues() {
    products.fetchByHandle("kettle");
    warmUp();
    renameBehindTheLibrary();

    products.invalidateById(teapot);

    assertThat(shop.queries()).isLessThanOrEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("kettle");
    assertThat(products.fetchByHandle("kettle").orElseThrow().id).isEqualTo(teapot);
    assertThat(products.fetchByHandle("teapot")).isEmpty();
  }

  @Test
  @DisplayName("In a read-write transaction invalidateById takes effect with the commit")
  void invalidateById_inATransaction_waitsForTheCommit() {
    warmUp();
    renameBehindTheLibrary();

    shop.inTransaction(
        session -> {
          products.invalidateById(teapot);
          assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isZero();
        });

    assertThat(shop.store().count(MeteredStore.Kind.DELETE)).isEqualTo(1);
    assertThat(products.fetch(teapot).handle).isEqualTo("kettle");
  }
}
