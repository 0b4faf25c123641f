package io.identitycache.shop;

import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheListener;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what every request costs, by listening to the cache and to Hibernate, and logs a line of
 * it. Both call on the thread that does the work, which is the request's.
 */
final class Bookkeeper implements CacheListener, StatementInspector {

  private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);

  // Hibernate's interface is Serializable for sessions that are; this one is never written.
  @SuppressWarnings("serial")
  private final transient ThreadLocal<@Nullable Tally> open = new ThreadLocal<>();

  /** The handler, with its cost noted from its first line to its last. */
  Handler noting(Handler handler) {
    return context -> {
      Tally tally = new Tally();
      open.set(tally);
      try {
        handler.handle(context);
      } finally {
        open.remove();
        LOG.info(
            "{} {} {} | {}", context.method(), address(context), context.status().getCode(), tally);
      }
    };
  }

  /** The tally of the request that this thread serves; an empty one outside of requests. */
  Tally current() {
    Tally tally = open.get();
    return tally == null ? new Tally() : tally;
  }

  @Override
  public void on(CacheEvent event) {
    Tally tally = open.get();
    if (tally == null) {
      return;
    }
    switch (event.kind()) {
      case STORE_READ -> tally.storeRead();
      case HIT, ABSENT_HIT -> tally.hit(event.name(), event.keys());
      case MISS -> tally.miss(event.name(), event.keys());
      case INVALIDATION_SENT -> tally.invalidated(event.name(), event.keys());
      default -> {
        // The rest is for operators.
      }
    }
  }

  @Override
  public String inspect(String sql) {
    Tally tally = open.get();
    if (tally != null) {
      tally.statement();
    }
    return sql;
  }

  private static String address(Context context) {
    String query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
  }
}
