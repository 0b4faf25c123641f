package io.identitycache.shop;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The back office, where products are changed; their prices have a desk of their own. */
public final class Office {

  private final Catalogue catalogue;
  private final Stockroom stockroom;
  private final Assortment assortment;
  private final Pages pages;

  Office(Catalogue catalogue, Stockroom stockroom, Assortment assortment, Pages pages) {
    this.catalogue = catalogue;
    this.stockroom = stockroom;
    this.assortment = assortment;
    this.pages = pages;
  }

  void addTo(RoutesConfig routes, Bookkeeper bookkeeper) {
    routes.get("/office", bookkeeper.noting(this::list));
    routes.get("/office/products/{handle}", bookkeeper.noting(this::edit));
    routes.post("/office/products/{handle}", bookkeeper.noting(this::save));
    routes.post("/office/products/{handle}/images/{image}", bookkeeper.noting(this::moveImage));
  }

  private void list(Context context) {
    Shelf shelf = Storefront.shelf(context, catalogue);
    pages.show(context, "office/list", Map.of("shelf", shelf, "assortment", assortment));
  }

  private void edit(Context context) {
    Optional<Product> product = stockroom.product(context.pathParam("handle"));
    if (product.isEmpty()) {
      Storefront.noSuchProduct(context, pages);
      return;
    }
    show(context, HttpStatus.OK, product.get(), ProductForm.of(product.get()), Notice.of(context));
  }

  private void save(Context context) {
    String handle = context.pathParam("handle");
    ProductForm form =
        ProductForm.filledIn(
            context.formParam("version"), context.formParam("title"), context.formParam("stock"));
    Optional<ProductChange> change = form.change();
    if (change.isEmpty()) {
      showAgain(context, handle, form, HttpStatus.UNPROCESSABLE_CONTENT, Notice.INVALID);
      return;
    }
    switch (stockroom.change(handle, change.get())) {
      case SAVED -> context.redirect(addressOf(handle) + "?saved", HttpStatus.SEE_OTHER);
      case CONFLICT -> showAgain(context, handle, form, HttpStatus.CONFLICT, Notice.CONFLICT);
      case UNKNOWN -> Storefront.noSuchProduct(context, pages);
    }
  }

  private void moveImage(Context context) {
    String handle = context.pathParam("handle");
    Optional<Long> image = number(context.pathParam("image"));
    Optional<Step> step = Step.named(context.formParam("move"));
    if (image.isPresent()
        && step.isPresent()
        && stockroom.moveImage(handle, image.get(), step.get()) == Outcome.SAVED) {
      context.redirect(addressOf(handle) + "?moved#pictures", HttpStatus.SEE_OTHER);
    } else {
      Storefront.noSuchProduct(context, pages);
    }
  }

  private void showAgain(
      Context context, String handle, ProductForm form, HttpStatus status, Notice notice) {
    stockroom
        .product(handle)
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

  /** Where a product is changed. */
  static String addressOf(String handle) {
    return "/office/products/" + URLEncoder.encode(handle, StandardCharsets.UTF_8);
  }

  /** The id in an address; empty if it cannot be one. */
  static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
