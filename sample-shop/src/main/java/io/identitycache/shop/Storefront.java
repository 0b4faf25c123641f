package io.identitycache.shop;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What customers see: the list of products, and a page for each. */
final class Storefront {

  private static final int LAST_PAGE = 1_000_000;

  private final Catalogue catalogue;
  private final Assortment assortment;
  private final Pages pages;

  Storefront(Catalogue catalogue, Assortment assortment, Pages pages) {
    this.catalogue = catalogue;
    this.assortment = assortment;
    this.pages = pages;
  }

  void addTo(RoutesConfig routes, Bookkeeper bookkeeper) {
    routes.get("/", bookkeeper.noting(this::list));
    routes.get("/products/{handle}", bookkeeper.noting(this::product));
  }

  private void list(Context context) {
    Shelf shelf = shelf(context, catalogue);
    pages.show(context, "list", Map.of("shelf", shelf, "assortment", assortment));
  }

  private void product(Context context) {
    catalogue
        .byHandle(context.pathParam("handle"))
        .ifPresentOrElse(
            product -> pages.show(context, "product", Map.of("product", product)),
            () -> noSuchProduct(context, pages));
  }

  /** The products that the address asks for. */
  static Shelf shelf(Context context, Catalogue catalogue) {
    String vendor = clean(context.queryParam("vendor"));
    String productType = clean(context.queryParam("type"));
    if (!vendor.isEmpty() && !productType.isEmpty()) {
      return catalogue.search(vendor, productType);
    }
    return catalogue.browse(vendor, productType, page(context.queryParam("page")));
  }

  static void noSuchProduct(Context context, Pages pages) {
    pages.apologise(
        context,
        HttpStatus.NOT_FOUND,
        "We do not have that one",
        "Perhaps it was sold long ago, or the address has a typing mistake in it.");
  }

  private static int page(@Nullable String number) {
    if (number == null || !number.matches("[0-9]{1,7}")) {
      return 1;
    }
    return Math.max(1, Math.min(Integer.parseInt(number), LAST_PAGE));
  }

  private static String clean(@Nullable String parameter) {
    return parameter == null ? "" : parameter.strip();
  }
}
