package io.identitycache.shop;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The page of the back office where the prices of a variant are changed. */
final class PriceDesk {

  private static final String ADDRESS = "/office/products/{handle}/variants/{variant}";

  private final Stockroom stockroom;
  private final Pages pages;

  PriceDesk(Stockroom stockroom, Pages pages) {
    this.stockroom = stockroom;
    this.pages = pages;
  }

  void addTo(RoutesConfig routes, Bookkeeper bookkeeper) {
    routes.get(ADDRESS, bookkeeper.noting(this::edit));
    routes.post(ADDRESS, bookkeeper.noting(this::save));
  }

  private void edit(Context context) {
    show(context, HttpStatus.OK, PriceForm::of, Notice.of(context));
  }

  private void save(Context context) {
    PriceForm form = PriceForm.filledIn(context::formParam);
    Optional<Long> variant = variantIn(context);
    Optional<PriceChange> change = form.change();
    if (change.isEmpty()) {
      show(context, HttpStatus.UNPROCESSABLE_CONTENT, current -> form, Notice.INVALID);
      return;
    }
    String handle = context.pathParam("handle");
    Outcome outcome =
        variant.map(id -> stockroom.changePrices(handle, id, change.get())).orElse(Outcome.UNKNOWN);
    switch (outcome) {
      case SAVED -> context.redirect(context.path() + "?saved", HttpStatus.SEE_OTHER);
      // After a conflict has been shown, saving again is meant.
      case CONFLICT -> show(context, HttpStatus.CONFLICT, form::onTopOf, Notice.CONFLICT);
      case UNKNOWN -> Storefront.noSuchProduct(context, pages);
    }
  }

  private void show(
      Context context, HttpStatus status, Function<Variant, PriceForm> form, Notice notice) {
    Optional<Product> product = stockroom.product(context.pathParam("handle"));
    Optional<Variant> variant =
        product.flatMap(whole -> variantIn(context).flatMap(id -> Stockroom.variantOf(whole, id)));
    if (product.isEmpty() || variant.isEmpty()) {
      Storefront.noSuchProduct(context, pages);
      return;
    }
    pages.show(
        context,
        status,
        "office/prices",
        Map.of(
            "product", product.get(),
            "variant", variant.get(),
            "form", form.apply(variant.get()),
            "notice", notice));
  }

  private static Optional<Long> variantIn(Context context) {
    return Office.number(context.pathParam("variant"));
  }
}
