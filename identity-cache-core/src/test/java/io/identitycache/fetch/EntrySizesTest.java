package io.identitycache.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListeners;
import io.identitycache.fetch.Loaded.Storing;
import io.identitycache.model.RowState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of large entries. */
class EntrySizesTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(ReadThrough.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<CacheEvent> events = new ArrayList<>();
  private final CacheListeners listeners = new CacheListeners();
  private final EntrySizes sizes = new EntrySizes(listeners, 1000);

  @BeforeEach
  void listen() {
    listeners.add(events::add);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  @Test
  void stored_aboveTheLimit_warnsOnceForEachEntity_withTheLargestAssociation() {
    sizes.stored("Product", row(1000, "variants", 900));
    assertThat(warnings()).isEmpty();

    sizes.stored("Product", row(1001, "variants", 900));
    sizes.stored("Product", row(5000, "images", 4000));
    sizes.stored("Vendor", row(2000, null, 0));

    assertThat(warnings())
        .containsExactly(
            "Product: an entry of 1001 bytes was stored, more than"
                + " hibernate.identity_cache.entry_size_warning (1000): every fetch of it moves and"
                + " reads all of them. Its largest embedded association is variants with 900 bytes:"
                + " with @CacheReference there, only ids would be in the entry (a collection of values has none, and can only be left unmarked)",
            "Vendor: an entry of 2000 bytes was stored, more than"
                + " hibernate.identity_cache.entry_size_warning (1000): every fetch of it moves and"
                + " reads all of them.");
    assertThat(events).isEmpty();
  }

  @Test
  void stored_withoutALimit_warnsOfNothing() {
    new EntrySizes(listeners, 0).stored("Product", row(5_000_000, "variants", 4_000_000));
    assertThat(warnings()).isEmpty();
  }

  @Test
  void tooLarge_isCountedEachTime_andWarnsOnceForEachEntity() {
    sizes.stored("Product", row(2000, null, 0));
    sizes.tooLargeForTheStore("Product", row(3_000_000, "variants", 2_500_000), 1_400_000);
    sizes.tooLargeForTheStore("Product", row(4_000_000, "images", 2_500_000), 4_000_006);
    sizes.tooLargeForTheStore("Vendor", row(4_000_000, null, 0), 4_000_006);

    assertThat(warnings().subList(1, 3))
        .containsExactly(
            "Product: an entry of 3000000 bytes (1400000 compressed) is too large and is not"
                + " stored; each fetch of it reads the database. Its largest embedded association"
                + " is variants with 2500000 bytes: with @CacheReference there, only ids would be"
                + " in the entry (a collection of values has none, and can only be left unmarked)",
            "Vendor: an entry of 4000000 bytes is too large and is not stored; each fetch of it"
                + " reads the database.");
    assertThat(warnings()).hasSize(3);
    assertThat(events)
        .extracting(CacheEvent::kind, CacheEvent::name, CacheEvent::keys)
        .containsExactly(
            tuple(Kind.TOO_LARGE, "Product", 1),
            tuple(Kind.TOO_LARGE, "Product", 1),
            tuple(Kind.TOO_LARGE, "Vendor", 1));
  }

  @Test
  void tooManyRows_areCounted_andSaidToBeIds() {
    sizes.tooManyRows("Product.vendor", new Loaded(new byte[30_000], Storing.TOO_LARGE));

    assertThat(warnings())
        .containsExactly(
            "Product.vendor: an entry of 30000 bytes of ids is too large and is not stored; each"
                + " fetch of it reads the database.");
    assertThat(events).hasSize(1);
  }

  private static Loaded row(int size, String largestAssociation, int largestSize) {
    return Loaded.of(new RowState(new byte[size], largestAssociation, largestSize));
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
