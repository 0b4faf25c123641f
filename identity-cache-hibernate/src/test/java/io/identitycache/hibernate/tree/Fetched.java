package io.identitycache.hibernate.tree;

import static java.util.Comparator.comparing;

import io.identitycache.hibernate.tree.Domain.Bundle;
import io.identitycache.hibernate.tree.Domain.Image;
import io.identitycache.hibernate.tree.Domain.Label;
import io.identitycache.hibernate.tree.Domain.Manual;
import io.identitycache.hibernate.tree.Domain.Part;
import io.identitycache.hibernate.tree.Domain.Price;
import io.identitycache.hibernate.tree.Domain.Product;
import io.identitycache.hibernate.tree.Domain.Review;
import io.identitycache.hibernate.tree.Domain.Shop;
import io.identitycache.hibernate.tree.Domain.Step;
import io.identitycache.hibernate.tree.Domain.Theme;
import io.identitycache.hibernate.tree.Domain.Variant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.collection.spi.PersistentCollection;

/**
 * What a fetched instance holds, in the words of {@link Oracle}. What has no order is sorted by
 * ids; what has one is taken as it comes. An inverse side is told by its id if it is the owner's
 * own instance, and else called a stranger.
 */
final class Fetched {

  private final boolean detached;

  private Fetched(boolean detached) {
    this.detached = detached;
  }

  /** The content of an instance from the cache, whose embedded collections are plain ones. */
  static Object content(Object root) {
    return new Fetched(true).root(root);
  }

  /** The content of an instance of a session. */
  static Object managedContent(Object root) {
    return new Fetched(false).root(root);
  }

  private Object root(Object root) {
    if (root instanceof Shop shop) {
      return shop(shop);
    }
    if (root instanceof Product product) {
      return product(product);
    }
    if (root instanceof Bundle bundle) {
      return bundle(bundle, id(bundle.shop));
    }
    return theme((Theme) root);
  }

  private Object shop(Shop shop) {
    return Content.of(
        "id", shop.id,
        "version", shop.version,
        "name", shop.name,
        "products", shop.products.stream().map(Product::getId).toList(),
        "bundles", all(plain(shop.bundles), bundle -> bundle(bundle, owner(bundle.shop, shop))),
        "reviews",
            all(
                byId(plain(shop.reviews), review -> review.id),
                review -> review(review, id(review.product), owner(review.shop, shop))),
        "labels", all(plain(shop.labels), Fetched::label));
  }

  private Object product(Product product) {
    if (detached && Hibernate.isInitialized(product.visits)) {
      throw new AssertionError("an association that is not marked was loaded or stored");
    }
    return Content.of(
        "id", product.id,
        "title", product.title,
        "note", product.note,
        "shop", id(product.shop),
        "related", product.related == null ? null : product.related.getId(),
        "images", all(plain(product.images), image -> image(image, product)),
        "variants",
            all(
                byId(plain(product.variants), variant -> variant.id),
                variant -> variant(variant, product)),
        "bundles", product.bundles.stream().map(Bundle::getId).toList(),
        "reviews",
            all(
                byId(plain(product.reviews), review -> review.id),
                review -> review(review, owner(review.product, product), id(review.shop))),
        "tags", List.copyOf((SortedSet<String>) plain(product.tags)),
        "facts", facts(product.facts),
        "labels", all(plain(product.labels), Fetched::label),
        "recommended", product.recommended.stream().map(Product::getId).toList(),
        "details",
            product.details == null
                ? null
                : Content.of(
                    "id",
                    initialized(product.details).id,
                    "material",
                    initialized(product.details).material),
        "manual", product.manual == null ? null : manual(product.manual, product),
        "steps", all(plain(product.steps), Fetched::step));
  }

  private Object image(Image image, Product product) {
    return Content.of(
        "id", image.id,
        "url", image.url,
        "position", image.position,
        "product", owner(image.product, product));
  }

  private Object manual(Manual manual, Product product) {
    return Content.of(
        "id", manual.id,
        "wording", manual.wording,
        "product", owner(manual.product, product));
  }

  private Object variant(Variant variant, Product product) {
    return Content.of(
        "id", variant.id,
        "version", variant.version,
        "sku", variant.sku,
        "product", owner(variant.product, product),
        "prices", all(plain(variant.prices), price -> price(price, variant)));
  }

  private Object price(Price price, Variant variant) {
    return Content.of(
        "id", price.id,
        "amount", price.amount,
        "currency", price.currency,
        "variant", price.variant == variant ? variant.id : "a stranger");
  }

  private Object bundle(Bundle bundle, Object shop) {
    return Content.of(
        "id", bundle.id,
        "version", bundle.version,
        "name", bundle.name,
        "priority", bundle.priority,
        "product", id(bundle.product),
        "shop", shop,
        "parts", all(byId(plain(bundle.parts), part -> part.id), Fetched::part));
  }

  private Object theme(Theme theme) {
    return Content.of(
        "id", theme.id,
        "name", theme.name,
        "products", theme.products.stream().map(Product::getId).toList());
  }

  private static Object review(Review review, Object product, Object shop) {
    return Content.of("id", review.id, "stars", review.stars, "product", product, "shop", shop);
  }

  private static Object part(Part part) {
    return Content.of("id", part.id, "name", part.name);
  }

  private static Object label(Label label) {
    return Content.of("id", label.id, "name", label.name);
  }

  private static Object step(Step step) {
    return Content.of("id", step.id, "wording", step.wording);
  }

  private Object facts(Map<String, String> facts) {
    if (detached && facts instanceof PersistentCollection) {
      throw new AssertionError("an embedded map is a wrapper of Hibernate's");
    }
    return new TreeMap<>(facts);
  }

  private static Object id(Product product) {
    return product == null ? null : product.getId();
  }

  private static Object id(Shop shop) {
    return shop == null ? null : shop.getId();
  }

  private Object owner(Product inverse, Product owner) {
    return inverse == owner || !detached ? id(inverse) : "a stranger";
  }

  private Object owner(Shop inverse, Shop owner) {
    return inverse == owner || !detached ? id(inverse) : "a stranger";
  }

  /** A proxy would answer as well, but an embedded row is to be an instance itself. */
  private <E> E initialized(E entity) {
    if (detached && !Hibernate.isInitialized(entity)) {
      throw new AssertionError("an embedded row is an uninitialised proxy");
    }
    @SuppressWarnings("unchecked") // the instance behind a proxy is of its class
    E instance = (E) Hibernate.unproxy(entity);
    return instance;
  }

  private <C extends Collection<?>> C plain(C collection) {
    if (detached && collection instanceof PersistentCollection) {
      throw new AssertionError("an embedded collection is a wrapper of Hibernate's");
    }
    return collection;
  }

  private static <E> List<E> byId(Collection<E> elements, Function<E, Long> id) {
    return elements.stream().sorted(comparing(id)).toList();
  }

  private static <E> List<Object> all(Collection<E> elements, Function<E, Object> content) {
    return elements.stream().map(content).toList();
  }
}
