package io.identitycache.shop;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The back office, where titles, prices and stocks are changed. */
public final class Office {

  private final Catalogue catalogue;
  private final Assortment assortment;
  private final Pages pages;

  Office(Catalogue catalogue, Assortment assortment, Pages pages) {
    this.catalogue = catalogue;
    this.assortment = assortment;
    this.pages = pages;
  }

  void addTo(RoutesConfig routes, Bookkeeper bookkeeper) {
    routes.get("/office", bookkeeper.noting(this::list));
    routes.get("/office/products/{handle}", bookkeeper.noting(this::edit));
    routes.post("/office/products/{handle}", bookkeeper.noting(this::save));
  }

  private void list(Context context) {
    Shelf shelf = Storefront.shelf(context, catalogue);
    pages.show(context, "office/list", Map.of("shelf", shelf, "assortment", assortment));
  }

  private void edit(Context context) {
    Optional<Product> product = catalogue.toEdit(context.pathParam("handle"));
    if (product.isEmpty()) {
      Storefront.noSuchProduct(context, pages);
      return;
    }
    Notice notice = context.queryParam("saved") == null ? Notice.NONE : Notice.SAVED;
    show(context, HttpStatus.OK, product.get(), ProductForm.of(product.get()), notice);
  }

  private void save(Context context) {
    String handle = context.pathParam("handle");
    ProductForm form =
        ProductForm.filledIn(
            context.formParam("version"),
            context.formParam("title"),
            context.formParam("price"),
            context.formParam("stock"));
    Optional<ProductChange> change = form.change();
    if (change.isEmpty()) {
      showAgain(context, handle, form, HttpStatus.UNPROCESSABLE_CONTENT, Notice.INVALID);
      return;
    }
    switch (catalogue.change(handle, change.get())) {
      case SAVED -> context.redirect(addressOf(handle) + "?saved", HttpStatus.SEE_OTHER);
      case CONFLICT -> showAgain(context, handle, form, HttpStatus.CONFLICT, Notice.CONFLICT);
      case UNKNOWN -> Storefront.noSuchProduct(context, pages);
    }
  }

  private void showAgain(
      Context context, String handle, ProductForm form, HttpStatus status, Notice notice) {
    catalogue
        .toEdit(handle)
        .ifPresentOrElse(
            product -> {
              // After a conflict has been shown, saving again is meant.
              ProductForm shown = notice == Notice.CONFLICT ? form.onTopOf(product) : form;
              show(context, status, product, shown, notice);
            },
            () -> Storefront.noSuchProduct(context, pages));
  }

  private void show(
      Context context, HttpStatus status, Product product, ProductForm form, Notice notice) {
    pages.show(
        context, status, "office/edit", Map.of("product", product, "form", form, "notice", notice));
  }

  private static String addressOf(String handle) {
    return "/office/products/" + URLEncoder.encode(handle, StandardCharsets.UTF_8);
  }

  /** What the page says above the form. */
  public enum Notice {
    NONE,
    SAVED,
    INVALID,
    CONFLICT
  }
}
