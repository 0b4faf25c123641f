package io.identitycache.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.event.CacheListeners;
import io.identitycache.model.AssociatedType;
import io.identitycache.model.AssociationAccess;
import io.identitycache.model.AssociationGraph;
import io.identitycache.model.CachedAssociation;
import io.identitycache.store.NoStore;
import io.identitycache.testing.FailingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OwnersAfterCommitTest {

  private static final AssociatedType PRODUCT =
      new AssociatedType("Product", Number.class, List.of());
  private static final AssociatedType IMAGE = new AssociatedType("Image", String.class, List.of());
  private static final CachedAssociation IMAGES =
      new CachedAssociation(
          "images",
          PRODUCT,
          IMAGE,
          String.class,
          CachedAssociation.Kind.EMBEDDED,
          CachedAssociation.Shape.MANY,
          false,
          new NoAccess(),
          null);
  private static final AssociationGraph GRAPH =
      new AssociationGraph(List.of(PRODUCT, IMAGE), List.of(IMAGES));

  private final List<List<Object>> searches = new CopyOnWriteArrayList<>();
  private final Invalidator invalidator = new Invalidator(new NoStore(), new CacheListeners());

  private static AffectedRows changed(long image) {
    AffectedRows rows = new AffectedRows(GRAPH);
    rows.addTarget(IMAGES, null, image);
    return rows;
  }

  @Test
  void whatComesDuringASearch_isAskedForTogether() {
    FailingStore.Stop stop = new FailingStore.Stop();
    OwnersAfterCommit owners =
        new OwnersAfterCommit(
            (association, tenant, ids) -> {
              searches.add(new ArrayList<>(ids));
              stop.hold();
              return Set.of();
            },
            invalidator);

    owners.ask(changed(1));
    stop.awaitReached();
    owners.ask(changed(2));
    owners.ask(changed(3));
    owners.ask(changed(2));
    stop.release();
    owners.close();

    assertThat(searches).containsExactly(List.of(1L), List.of(2L, 3L));
  }

  @Test
  void failedSearch_isLoggedWithItsAssociation() {
    OwnersAfterCommit owners =
        new OwnersAfterCommit(
            (association, tenant, ids) -> {
              throw new IllegalStateException("no connection");
            },
            invalidator);

    List<String> errors =
        errorsDuring(
            () -> {
              owners.ask(changed(1));
              owners.close();
            });

    assertThat(errors).singleElement().asString().contains("Product.images");
  }

  @Test
  void closed_logsWhatItCannotAskFor() {
    OwnersAfterCommit owners =
        new OwnersAfterCommit((association, tenant, ids) -> Set.of(), invalidator);
    owners.close();

    List<String> errors = errorsDuring(() -> owners.ask(changed(1)));

    assertThat(errors).singleElement().asString().contains("Product.images", "closed");
  }

  private static List<String> errorsDuring(Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger("io.identitycache.invalidation");
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

  /** What is invalidated is never looked at. */
  private static final class NoAccess implements AssociationAccess {

    @Override
    public boolean isOf(Object instance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isLoaded(Object owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object value(Object owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Object> targets(Object owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable List<Object> ids(Object owner) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resolve(Object owner, Function<Object, @Nullable Object> target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object resolved(Object owner, Function<Object, @Nullable Object> target) {
      throw new UnsupportedOperationException();
    }
  }
}
