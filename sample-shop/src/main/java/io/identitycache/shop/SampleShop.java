package io.identitycache.shop;

import io.identitycache.IdentityCache;
import io.identitycache.hibernate.HibernateIdentityCache;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small storefront. Run it, open it in a browser, and watch the footer and the console. */
public final class SampleShop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SampleShop.class);
  private static final String HOST = "localhost";
  private static final int STOPPED_BY_BAD_SETTINGS = 2;

  /** Everything a page needs comes from the shop itself, and nobody may frame its back office. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Database database;
  private final Javalin server;

  private SampleShop(Database database, Javalin server) {
    this.database = database;
    this.server = server;
  }

  /** Opens a shop as the environment variables {@code SHOP_…} say, until the process is ended. */
  public static void main(String[] arguments) {
    try {
      SampleShop shop = open(ShopSettings.from(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> closeForGood(shop), "close the shop"));
      LOG.info("The shop is open: http://{}:{}", HOST, shop.port());
    } catch (IllegalArgumentException | JavalinBindException e) {
      LOG.error("The shop stays closed. {}", e.getMessage());
      System.exit(STOPPED_BY_BAD_SETTINGS);
    }
  }

  /** Opens a shop; it is ready for customers when this returns. */
  static SampleShop open(ShopSettings settings) {
    Bookkeeper bookkeeper = new Bookkeeper();
    Database database = Database.open(settings, bookkeeper);
    try {
      int added = SampleProducts.fill(database.factory(), settings.products());
      if (added > 0) {
        LOG.info("{} products have been put on the shelves", added);
      }
      IdentityCache cache = HibernateIdentityCache.of(database.factory());
      cache.addListener(bookkeeper);
      Catalogue catalogue =
          new Catalogue(database.factory(), cache.repository(ProductRepository.class));
      Stockroom stockroom = new Stockroom(database.factory());
      return new SampleShop(database, serve(catalogue, stockroom, bookkeeper, settings.port()));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Where it listens. */
  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
    database.close();
  }

  private static Javalin serve(
      Catalogue catalogue, Stockroom stockroom, Bookkeeper bookkeeper, int port) {
    Assortment assortment = catalogue.assortment();
    Pages pages = new Pages(bookkeeper);
    return Javalin.create(
            config -> {
              quiet(config);
              config.staticFiles.add("/public", Location.CLASSPATH);
              config.routes.before(SampleShop::protect);
              new Storefront(catalogue, assortment, pages).addTo(config.routes, bookkeeper);
              new Office(catalogue, stockroom, assortment, pages).addTo(config.routes, bookkeeper);
              new PriceDesk(stockroom, pages).addTo(config.routes, bookkeeper);
              config.routes.exception(
                  Exception.class, (e, context) -> apologise(e, context, pages));
              config.routes.error(
                  HttpStatus.NOT_FOUND.getCode(), context -> nothingHere(context, pages));
            })
        .start(HOST, port);
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
  }

  private static void protect(Context context) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "same-origin");
  }

  private static void apologise(Exception e, Context context, Pages pages) {
    LOG.error("{} {} failed", context.method(), context.path(), e);
    pages.apologise(
        context,
        HttpStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "It is our fault, not yours. Please try again in a moment.");
  }

  private static void nothingHere(Context context, Pages pages) {
    if (!Pages.isShown(context)) {
      pages.apologise(
          context,
          HttpStatus.NOT_FOUND,
          "There is nothing here",
          "The address has a typing mistake in it, or the page has moved.");
    }
  }

  private static void closeForGood(SampleShop shop) {
    shop.close();
    LOG.info("The shop is closed. Good night.");
    // Closing in order is a success, whichever signal asked for it.
    Runtime.getRuntime().halt(0);
  }
}
