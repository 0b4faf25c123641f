package io.identitycache.hibernate.tree;

import io.identitycache.hibernate.tree.Domain.Bundle;
import io.identitycache.hibernate.tree.Domain.Details;
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
import io.identitycache.hibernate.tree.Domain.Visit;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows at random in one transaction of a session, in the ways of an application: through
 * lists or by foreign keys, by cascades, by the database. Notes what it does, and what the tables
 * are like after each flush.
 */
final class Writer {

  /** Tables stay small: then the same rows are met again. */
  private static final int MOST_ROWS = 12;

  /** What can be done, by its name. */
  static final Map<String, Consumer<Writer>> CHANGES = new LinkedHashMap<>();

  static {
    CHANGES.put("insert a shop", Writer::insertShop);
    CHANGES.put("change a shop", Writer::changeShop);
    CHANGES.put("delete a shop", Writer::deleteShop);
    CHANGES.put("insert a product", Writer::insertProduct);
    CHANGES.put("change a product's title", Writer::changeTitle);
    CHANGES.put("change a product's note", Writer::changeNote);
    CHANGES.put("move a product to another shop", Writer::moveProduct);
    CHANGES.put("relate a product to another", Writer::relateProduct);
    CHANGES.put("delete a product", Writer::deleteProduct);
    CHANGES.put("insert a bundle", Writer::insertBundle);
    CHANGES.put("change a bundle's name", Writer::changeBundle);
    CHANGES.put("change a bundle's priority", Writer::prioritizeBundle);
    CHANGES.put("move a bundle to another product", Writer::moveBundleToProduct);
    CHANGES.put("move a bundle to another shop", Writer::moveBundleToShop);
    CHANGES.put("delete a bundle", Writer::deleteBundle);
    CHANGES.put("insert a part", Writer::insertPart);
    CHANGES.put("change a part", Writer::changePart);
    CHANGES.put("move a part to another bundle", Writer::movePart);
    CHANGES.put("delete a part", Writer::deletePart);
    CHANGES.put("insert an image", Writer::insertImage);
    CHANGES.put("change an image", Writer::changeImage);
    CHANGES.put("move an image to another product", Writer::moveImage);
    CHANGES.put("reorder images", Writer::reorderImages);
    CHANGES.put("orphan an image", Writer::orphanImage);
    CHANGES.put("replace all images", Writer::replaceImages);
    CHANGES.put("merge a detached image", Writer::mergeImage);
    CHANGES.put("insert a variant", Writer::insertVariant);
    CHANGES.put("change a variant", Writer::changeVariant);
    CHANGES.put("increase a variant's version", Writer::lockVariant);
    CHANGES.put("move a variant to another product", Writer::moveVariant);
    CHANGES.put("delete a variant", Writer::deleteVariant);
    CHANGES.put("replace the variants in memory", Writer::replaceVariants);
    CHANGES.put("insert a price", Writer::insertPrice);
    CHANGES.put("change a price's amount", Writer::changeAmount);
    CHANGES.put("change a price's currency", Writer::changeCurrency);
    CHANGES.put("move a price to another variant", Writer::movePrice);
    CHANGES.put("delete a price", Writer::deletePrice);
    CHANGES.put("change a price there and back", Writer::changePriceAndBack);
    CHANGES.put("add or remove a tag", Writer::changeTags);
    CHANGES.put("replace the tags", Writer::replaceTags);
    CHANGES.put("change a fact", Writer::changeFacts);
    CHANGES.put("replace the facts", Writer::replaceFacts);
    CHANGES.put("insert a label", Writer::insertLabel);
    CHANGES.put("rename a label", Writer::renameLabel);
    CHANGES.put("label a product", Writer::labelProduct);
    CHANGES.put("label a shop", Writer::labelShop);
    CHANGES.put("replace a product's labels", Writer::replaceLabels);
    CHANGES.put("delete a label", Writer::deleteLabel);
    CHANGES.put("insert a theme", Writer::insertTheme);
    CHANGES.put("rename a theme", Writer::renameTheme);
    CHANGES.put("change a product's themes", Writer::changeThemes);
    CHANGES.put("replace a product's themes", Writer::replaceThemes);
    CHANGES.put("delete a theme", Writer::deleteTheme);
    CHANGES.put("recommend a product", Writer::recommend);
    CHANGES.put("reorder recommendations", Writer::reorderRecommended);
    CHANGES.put("replace recommendations", Writer::replaceRecommended);
    CHANGES.put("give new details", Writer::giveDetails);
    CHANGES.put("change details", Writer::changeDetails);
    CHANGES.put("swap details", Writer::swapDetails);
    CHANGES.put("insert a manual", Writer::insertManual);
    CHANGES.put("change a manual", Writer::changeManual);
    CHANGES.put("move a manual", Writer::moveManual);
    CHANGES.put("delete a manual", Writer::deleteManual);
    CHANGES.put("insert a step", Writer::insertStep);
    CHANGES.put("change a step", Writer::changeStep);
    CHANGES.put("reorder steps", Writer::reorderSteps);
    CHANGES.put("orphan a step", Writer::orphanStep);
    CHANGES.put("insert a review", Writer::insertReview);
    CHANGES.put("change a review", Writer::changeReview);
    CHANGES.put("move a review", Writer::moveReview);
    CHANGES.put("delete a review", Writer::deleteReview);
    CHANGES.put("insert or change a visit", Writer::visit);
    CHANGES.put("change nothing", Writer::changeNothing);
    CHANGES.put("flush", Writer::flushAlone);
  }

  private final Session session;
  private final Random random;
  private final AtomicLong ids;
  private final BooleanSupplier hasWritten;
  private final List<Tables> moments = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final Set<Root> perhaps = new HashSet<>();
  private Tables tables;

  /**
   * Writes in the transaction that a session is in.
   *
   * @param ids for rows that are no roots
   * @param before the tables before it
   * @param hasWritten whether rows have been written since it was asked last
   */
  Writer(
      Session session, Random random, AtomicLong ids, Tables before, BooleanSupplier hasWritten) {
    this.session = session;
    this.random = random;
    this.ids = ids;
    this.hasWritten = hasWritten;
    this.tables = before;
    moments.add(before);
  }

  /** The tables before the transaction, and after each of its flushes. */
  List<Tables> moments() {
    return moments;
  }

  /** What was done. */
  List<String> log() {
    return log;
  }

  /**
   * Roots that may be invalidated although the tables say the same of them: Hibernate itself takes
   * a collection for changed that was replaced by an equal one, had an element removed and put
   * back, or is only the mirror of the other side's foreign keys; and it forgets a version that it
   * was to increase at the commit, if its session is cleared before.
   */
  Set<Root> perhaps() {
    return perhaps;
  }

  /**
   * Makes one change.
   *
   * @return whether it has found anything to change
   */
  boolean change(String name) {
    int before = log.size();
    CHANGES.get(name).accept(this);
    if (log.size() == before) {
      return false;
    }
    log.add(before, name);
    return true;
  }

  /** Writes out what has been changed so far. */
  void flush() {
    session.flush();
    if (hasWritten.getAsBoolean()) {
      tables = session.doReturningWork(Tables::read);
      moments.add(tables);
    }
  }

  private void note(String what, Object... values) {
    log.add("  " + String.format(Locale.ROOT, what, values));
  }

  // What is there.

  /** A row of a table as it was at the last flush, if it still is. */
  private <E> @Nullable E any(Class<E> type) {
    return find(type, anyOf(tables.ids(type.getSimpleName().toLowerCase(Locale.ROOT))));
  }

  /** The same, or none at all. */
  private <E> @Nullable E anyOrNone(Class<E> type) {
    return random.nextInt(4) == 0 ? null : any(type);
  }

  /** The instance itself, not a proxy: its attributes are used directly. */
  private <E> @Nullable E find(Class<E> type, @Nullable Object id) {
    if (id == null) {
      return null;
    }
    E found = session.find(type, id);
    @SuppressWarnings("unchecked") // the instance behind a proxy is of its class
    E instance = (E) Hibernate.unproxy(found);
    return instance;
  }

  private <E> @Nullable E anyOf(Collection<E> elements) {
    return elements.isEmpty()
        ? null
        : new ArrayList<>(elements).get(random.nextInt(elements.size()));
  }

  private boolean isFull(String table) {
    return tables.all(table).size() >= MOST_ROWS;
  }

  private String word() {
    return String.valueOf((char) ('a' + random.nextInt(5)));
  }

  private int number() {
    return random.nextInt(5);
  }

  /** An id of a root that no row has, and had at the last flush. */
  private <E> @Nullable Long free(Root.Kind kind, Class<E> type) {
    List<Long> free = new ArrayList<>(kind.all());
    free.removeAll(tables.ids(kind.table()));
    Long id = anyOf(free);
    return id == null || session.find(type, id) != null ? null : id;
  }

  // Shops and products.

  private void insertShop() {
    Long id = free(Root.Kind.SHOP, Shop.class);
    if (id != null) {
      Shop shop = new Shop();
      shop.id = id;
      shop.name = word();
      session.persist(shop);
      note("shop %d", id);
    }
  }

  private void changeShop() {
    Shop shop = any(Shop.class);
    if (shop != null) {
      shop.name = word();
      note("shop %d: name = %s", shop.id, shop.name);
    }
  }

  private void deleteShop() {
    flush();
    session.clear();
    Shop shop = random.nextInt(4) == 0 ? any(Shop.class) : null;
    if (shop != null) {
      for (Tables.Row row : tables.where("product", "shop_id", shop.id)) {
        find(Product.class, row.id()).shop = null;
      }
      for (Tables.Row row : tables.where("bundle", "shop_id", shop.id)) {
        find(Bundle.class, row.id()).shop = null;
      }
      for (Tables.Row row : tables.where("review", "shop_id", shop.id)) {
        find(Review.class, row.id()).shop = null;
      }
      session.remove(shop);
      note("shop %d", shop.id);
      flush();
    }
  }

  private void insertProduct() {
    Long id = free(Root.Kind.PRODUCT, Product.class);
    if (id == null) {
      return;
    }
    Product product = new Product();
    product.id = id;
    product.title = word();
    product.shop = anyOrNone(Shop.class);
    product.tags.add(word());
    product.images.add(newImage(product));
    Variant variant = newVariant(product);
    variant.prices.add(newPrice(variant));
    product.variants.add(variant);
    Step step = new Step();
    step.id = ids.incrementAndGet();
    product.steps.add(step);
    product.details = new Details();
    product.details.id = ids.incrementAndGet();
    Label label = any(Label.class);
    if (label != null) {
      product.labels.add(label);
    }
    session.persist(product);
    note("product %d", id);
  }

  private void changeTitle() {
    Product product = any(Product.class);
    if (product != null) {
      product.title = word();
      note("product %d: title = %s", product.id, product.title);
    }
  }

  private void changeNote() {
    Product product = any(Product.class);
    if (product != null) {
      product.note = word();
      note("product %d: note = %s", product.id, product.note);
    }
  }

  private void moveProduct() {
    Product product = any(Product.class);
    if (product != null) {
      Shop from = find(Shop.class, id(product.shop));
      product.shop = anyOrNone(Shop.class);
      note("product %d: shop = %s", product.id, id(product.shop));
      if (random.nextBoolean()) {
        if (from != null) {
          from.products.remove(product);
          perhaps.add(Root.shop(from.getId()));
        }
        if (product.shop != null) {
          product.shop.products.add(product);
          perhaps.add(Root.shop(product.shop.getId()));
        }
      }
    }
  }

  private static @Nullable Object id(@Nullable Shop shop) {
    return shop == null ? null : shop.getId();
  }

  private static @Nullable Object id(@Nullable Product product) {
    return product == null ? null : product.getId();
  }

  private void relateProduct() {
    Product product = any(Product.class);
    if (product != null) {
      product.related = anyOrNone(Product.class);
      note("product %d: related = %s", product.id, id(product.related));
    }
  }

  /** With all that its mapping cascades to, and what the database deletes by itself. */
  private void deleteProduct() {
    flush();
    // what the database deletes must not stay managed
    session.clear();
    Product product = random.nextInt(3) == 0 ? any(Product.class) : null;
    if (product == null) {
      return;
    }
    for (Tables.Row row : tables.where("product", "related_id", product.id)) {
      find(Product.class, row.id()).related = null;
    }
    for (Tables.Row row : tables.where("product_recommended", "recommended_id", product.id)) {
      find(Product.class, row.get("product_id"))
          .recommended
          .removeIf(each -> each.getId().equals(product.id));
    }
    for (Tables.Row row : tables.where("bundle", "product_id", product.id)) {
      find(Bundle.class, row.id()).product = null;
    }
    session.remove(product);
    note("product %d", product.id);
    flush();
  }

  // Bundles and their parts.

  private void insertBundle() {
    Long id = free(Root.Kind.BUNDLE, Bundle.class);
    if (id != null) {
      Bundle bundle = new Bundle();
      bundle.id = id;
      bundle.name = word();
      bundle.priority = number();
      bundle.product = anyOrNone(Product.class);
      bundle.shop = anyOrNone(Shop.class);
      bundle.parts.add(newPart());
      session.persist(bundle);
      note("bundle %d of product %s, shop %s", id, id(bundle.product), id(bundle.shop));
    }
  }

  private void changeBundle() {
    Bundle bundle = any(Bundle.class);
    if (bundle != null) {
      bundle.name = word();
      note("bundle %d: name = %s", bundle.id, bundle.name);
    }
  }

  private void prioritizeBundle() {
    Bundle bundle = any(Bundle.class);
    if (bundle != null) {
      bundle.priority = number();
      note("bundle %d: priority = %d", bundle.id, bundle.priority);
    }
  }

  private void moveBundleToProduct() {
    Bundle bundle = any(Bundle.class);
    if (bundle != null) {
      Product from = find(Product.class, id(bundle.product));
      bundle.product = anyOrNone(Product.class);
      note("bundle %d: product = %s", bundle.id, id(bundle.product));
      if (random.nextBoolean()) {
        if (from != null) {
          from.bundles.remove(bundle);
          perhaps.add(Root.product(from.getId()));
        }
        if (bundle.product != null) {
          bundle.product.bundles.add(bundle);
          perhaps.add(Root.product(bundle.product.getId()));
        }
      }
    }
  }

  private void moveBundleToShop() {
    Bundle bundle = any(Bundle.class);
    if (bundle != null) {
      bundle.shop = anyOrNone(Shop.class);
      note("bundle %d: shop = %s", bundle.id, id(bundle.shop));
    }
  }

  private void deleteBundle() {
    flush();
    session.clear();
    Bundle bundle = random.nextInt(3) == 0 ? any(Bundle.class) : null;
    if (bundle != null) {
      session.remove(bundle);
      note("bundle %d", bundle.id);
      flush();
    }
  }

  private Part newPart() {
    Part part = new Part();
    part.id = ids.incrementAndGet();
    part.name = word();
    return part;
  }

  private void insertPart() {
    Bundle bundle = isFull("part") ? null : anyOrNone(Bundle.class);
    Part part = newPart();
    if (bundle != null) {
      bundle.parts.add(part);
    }
    session.persist(part);
    note("part %d of bundle %s", part.id, bundle == null ? null : bundle.id);
  }

  private void changePart() {
    Part part = any(Part.class);
    if (part != null) {
      part.name = word();
      note("part %d: name = %s", part.id, part.name);
    }
  }

  private void movePart() {
    flush();
    Part part = any(Part.class);
    if (part != null) {
      Bundle from = find(Bundle.class, tables.find("part", part.id).get("bundle_id"));
      Bundle to = anyOrNone(Bundle.class);
      if (from != null && from != to) {
        from.parts.remove(part);
      }
      if (to != null && from != to) {
        to.parts.add(part);
      }
      note("part %d to bundle %s", part.id, to == null ? null : to.id);
      flush();
    }
  }

  /** Without a word to the bundle that has it. */
  private void deletePart() {
    flush();
    session.clear();
    Part part = any(Part.class);
    if (part != null) {
      session.remove(part);
      note("part %d", part.id);
      flush();
    }
  }

  // Images: ordered by an attribute, orphans are removed.

  private Image newImage(Product product) {
    Image image = new Image();
    image.id = ids.incrementAndGet();
    image.url = word();
    image.position = number();
    image.product = product;
    return image;
  }

  private void insertImage() {
    Product product = isFull("image") ? null : any(Product.class);
    if (product != null) {
      Image image = newImage(product);
      if (random.nextBoolean()) {
        product.images.add(image);
      } else {
        session.persist(image);
      }
      note("image %d of product %d", image.id, product.id);
    }
  }

  private void changeImage() {
    Image image = any(Image.class);
    if (image != null) {
      image.url = word();
      image.position = number();
      note("image %d: url = %s, position = %d", image.id, image.url, image.position);
    }
  }

  /** By its foreign key alone: taken out of the list, it would be an orphan. */
  private void moveImage() {
    flush();
    session.clear();
    Image image = any(Image.class);
    if (image != null) {
      image.product = anyOrNone(Product.class);
      note("image %d: product = %s", image.id, id(image.product));
      flush();
    }
  }

  private void reorderImages() {
    Product product = any(Product.class);
    if (product != null) {
      List<Image> images = new ArrayList<>(product.images);
      Collections.shuffle(images, random);
      for (int i = 0; i < images.size(); i++) {
        images.get(i).position = i;
      }
      note("product %d: images", product.id);
    }
  }

  private void orphanImage() {
    Product product = any(Product.class);
    if (product != null && !product.images.isEmpty()) {
      Image image = product.images.remove(random.nextInt(product.images.size()));
      note("product %d: image %d", product.id, image.id);
    }
  }

  private void replaceImages() {
    Product product = any(Product.class);
    if (product != null) {
      product.images.clear();
      product.images.add(newImage(product));
      perhaps.add(Root.product(product.id));
      note("product %d: images", product.id);
    }
  }

  private void mergeImage() {
    flush();
    session.clear();
    Image image = any(Image.class);
    if (image != null) {
      session.clear();
      Image detached = new Image();
      detached.id = image.id;
      detached.position = image.position;
      detached.product =
          random.nextBoolean() ? find(Product.class, id(image.product)) : any(Product.class);
      detached.url = word();
      session.merge(detached);
      note("image %d: product = %s", image.id, id(detached.product));
      flush();
      session.clear();
    }
  }

  // Variants and their prices.

  private Variant newVariant(@Nullable Product product) {
    Variant variant = new Variant();
    variant.id = ids.incrementAndGet();
    variant.sku = word();
    variant.product = product;
    return variant;
  }

  private void insertVariant() {
    if (isFull("variant")) {
      return;
    }
    Variant variant = newVariant(anyOrNone(Product.class));
    variant.prices.add(newPrice(variant));
    if (variant.product != null && random.nextBoolean()) {
      variant.product.variants.add(variant);
    }
    session.persist(variant);
    note("variant %d of product %s", variant.id, id(variant.product));
  }

  private void changeVariant() {
    Variant variant = any(Variant.class);
    if (variant != null) {
      variant.sku = word();
      note("variant %d: sku = %s", variant.id, variant.sku);
    }
  }

  private void lockVariant() {
    flush();
    Variant variant = any(Variant.class);
    if (variant != null) {
      LockModeType mode =
          random.nextBoolean()
              ? LockModeType.PESSIMISTIC_FORCE_INCREMENT
              : LockModeType.OPTIMISTIC_FORCE_INCREMENT;
      session.lock(variant, mode);
      if (variant.product != null) {
        perhaps.add(Root.product(variant.product.getId()));
      }
      note("variant %d: %s", variant.id, mode);
      flush();
    }
  }

  private void moveVariant() {
    Variant variant = any(Variant.class);
    if (variant != null) {
      Product from = find(Product.class, id(variant.product));
      variant.product = anyOrNone(Product.class);
      note("variant %d: product = %s", variant.id, id(variant.product));
      if (random.nextBoolean()) {
        if (from != null) {
          from.variants.remove(variant);
          perhaps.add(Root.product(from.getId()));
        }
        if (variant.product != null) {
          variant.product.variants.add(variant);
          perhaps.add(Root.product(variant.product.getId()));
        }
      }
    }
  }

  private void deleteVariant() {
    flush();
    session.clear();
    Variant variant = any(Variant.class);
    if (variant != null) {
      session.remove(variant);
      note("variant %d", variant.id);
      flush();
    }
  }

  /** Of no consequence to the rows, whose foreign keys say otherwise. */
  private void replaceVariants() {
    flush();
    Product product = any(Product.class);
    if (product != null) {
      product.variants = random.nextBoolean() ? null : new HashSet<>(product.variants);
      perhaps.add(Root.product(product.id));
      note("product %d: variants = %s", product.id, product.variants == null ? null : "equal");
      flush();
      session.clear();
    }
  }

  private Price newPrice(@Nullable Variant variant) {
    Price price = new Price();
    price.id = ids.incrementAndGet();
    price.amount = number();
    price.currency = word();
    price.variant = variant;
    return price;
  }

  private void insertPrice() {
    Variant variant = isFull("price") ? null : anyOrNone(Variant.class);
    Price price = newPrice(variant);
    if (variant != null && random.nextBoolean()) {
      variant.prices.add(price);
    } else {
      session.persist(price);
    }
    note("price %d of variant %s", price.id, variant == null ? null : variant.id);
  }

  private void changeAmount() {
    Price price = any(Price.class);
    if (price != null) {
      price.amount = number();
      note("price %d: amount = %d", price.id, price.amount);
    }
  }

  private void changeCurrency() {
    Price price = any(Price.class);
    if (price != null) {
      price.currency = word();
      note("price %d: currency = %s", price.id, price.currency);
    }
  }

  private void movePrice() {
    flush();
    session.clear();
    Price price = any(Price.class);
    if (price != null) {
      price.variant = anyOrNone(Variant.class);
      note("price %d: variant = %s", price.id, price.variant == null ? null : price.variant.id);
      flush();
    }
  }

  private void deletePrice() {
    flush();
    session.clear();
    Price price = any(Price.class);
    if (price != null) {
      session.remove(price);
      note("price %d", price.id);
      flush();
    }
  }

  private void changePriceAndBack() {
    Price price = any(Price.class);
    if (price != null) {
      String before = price.currency;
      price.currency = "x";
      flush();
      price.currency = before;
      note("price %d", price.id);
    }
  }

  // Collections of values.

  private void changeTags() {
    Product product = any(Product.class);
    if (product != null) {
      String tag = word();
      if (!product.tags.remove(tag)) {
        product.tags.add(tag);
      }
      perhaps.add(Root.product(product.id));
      note("product %d: tag %s", product.id, tag);
    }
  }

  private void replaceTags() {
    Product product = any(Product.class);
    if (product != null) {
      product.tags = random.nextInt(4) == 0 ? null : new TreeSet<>(List.of(word(), "b"));
      perhaps.add(Root.product(product.id));
      note("product %d: tags = %s", product.id, product.tags);
      flush();
      session.clear();
    }
  }

  private void changeFacts() {
    Product product = any(Product.class);
    if (product != null) {
      String fact = word();
      String content = random.nextInt(3) == 0 ? null : word();
      if (content == null) {
        product.facts.remove(fact);
      } else {
        product.facts.put(fact, content);
      }
      perhaps.add(Root.product(product.id));
      note("product %d: fact %s = %s", product.id, fact, content);
    }
  }

  private void replaceFacts() {
    Product product = any(Product.class);
    if (product != null) {
      product.facts = random.nextInt(4) == 0 ? null : new LinkedHashMap<>(Map.of(word(), word()));
      perhaps.add(Root.product(product.id));
      note("product %d: facts = %s", product.id, product.facts);
      flush();
      session.clear();
    }
  }

  // Labels, which have many owners of two types.

  private void insertLabel() {
    if (!isFull("label")) {
      Label label = new Label();
      label.id = ids.incrementAndGet();
      label.name = word();
      session.persist(label);
      note("label %d", label.id);
    }
  }

  private void renameLabel() {
    Label label = any(Label.class);
    if (label != null) {
      label.name = word();
      note("label %d: name = %s", label.id, label.name);
    }
  }

  private void labelProduct() {
    Product product = any(Product.class);
    Label label = any(Label.class);
    if (product != null && label != null) {
      if (!product.labels.remove(label)) {
        product.labels.add(label);
      }
      perhaps.add(Root.product(product.id));
      note("product %d: label %d", product.id, label.id);
    }
  }

  private void labelShop() {
    Shop shop = any(Shop.class);
    Label label = any(Label.class);
    if (shop != null && label != null) {
      if (!shop.labels.remove(label)) {
        shop.labels.add(label);
      }
      perhaps.add(Root.shop(shop.id));
      note("shop %d: label %d", shop.id, label.id);
    }
  }

  private void replaceLabels() {
    Product product = any(Product.class);
    if (product != null) {
      Label label = any(Label.class);
      product.labels = label == null ? null : new LinkedHashSet<>(Set.of(label));
      perhaps.add(Root.product(product.id));
      note("product %d: labels = %s", product.id, label == null ? null : label.id);
      flush();
      session.clear();
    }
  }

  private void deleteLabel() {
    flush();
    session.clear();
    Label label = random.nextInt(2) == 0 ? any(Label.class) : null;
    if (label != null) {
      for (Tables.Row row : tables.where("product_labels", "label_id", label.id)) {
        find(Product.class, row.get("product_id")).labels.remove(label);
      }
      for (Tables.Row row : tables.where("shop_labels", "label_id", label.id)) {
        find(Shop.class, row.get("shop_id")).labels.remove(label);
      }
      session.remove(label);
      note("label %d", label.id);
      flush();
    }
  }

  // Themes, whose products' side writes the join table.

  private void insertTheme() {
    Long id = free(Root.Kind.THEME, Theme.class);
    if (id != null) {
      Theme theme = new Theme();
      theme.id = id;
      theme.name = word();
      session.persist(theme);
      note("theme %d", id);
    }
  }

  private void renameTheme() {
    Theme theme = any(Theme.class);
    if (theme != null) {
      theme.name = word();
      note("theme %d: name = %s", theme.id, theme.name);
    }
  }

  private void changeThemes() {
    Product product = any(Product.class);
    Theme theme = any(Theme.class);
    if (product != null && theme != null) {
      if (!product.themes.remove(theme)) {
        product.themes.add(theme);
      }
      perhaps.add(Root.theme(theme.id));
      note("product %d: theme %d", product.id, theme.id);
    }
  }

  private void replaceThemes() {
    flush();
    Product product = any(Product.class);
    if (product != null) {
      product.themes.forEach(theme -> perhaps.add(Root.theme(theme.id)));
      // Hibernate does not say which of the product's collections it was
      perhaps.add(Root.product(product.id));
      Theme theme = any(Theme.class);
      product.themes = theme == null ? null : new HashSet<>(Set.of(theme));
      note("product %d: themes = %s", product.id, theme == null ? null : theme.id);
      flush();
      session.clear();
    }
  }

  private void deleteTheme() {
    flush();
    session.clear();
    Theme theme = random.nextInt(3) == 0 ? any(Theme.class) : null;
    if (theme != null) {
      for (Tables.Row row : tables.where("product_themes", "theme_id", theme.id)) {
        find(Product.class, row.get("product_id")).themes.remove(theme);
      }
      session.remove(theme);
      note("theme %d", theme.id);
      flush();
    }
  }

  // Recommended products, in an order of their own.

  private void recommend() {
    Product product = any(Product.class);
    Product other = any(Product.class);
    if (product != null && other != null) {
      if (!product.recommended.removeIf(each -> each.getId().equals(other.id))) {
        product.recommended.add(random.nextInt(product.recommended.size() + 1), other);
      }
      perhaps.add(Root.product(product.id));
      note("product %d: recommended %d", product.id, other.id);
    }
  }

  private void reorderRecommended() {
    Product product = any(Product.class);
    if (product != null) {
      Collections.shuffle(product.recommended, random);
      perhaps.add(Root.product(product.id));
      note("product %d", product.id);
    }
  }

  private void replaceRecommended() {
    Product product = any(Product.class);
    if (product != null) {
      Product other = anyOrNone(Product.class);
      product.recommended = other == null ? null : new ArrayList<>(List.of(other));
      perhaps.add(Root.product(product.id));
      note("product %d: recommended = %s", product.id, id(other));
      flush();
      session.clear();
    }
  }

  // One-to-one, from either side. Their keys are unique: one step at a time.

  private void giveDetails() {
    Product product = any(Product.class);
    if (product != null) {
      Details before = product.details;
      product.details = null;
      if (random.nextInt(4) > 0) {
        product.details = new Details();
        product.details.id = ids.incrementAndGet();
        product.details.material = word();
      }
      flush();
      if (before != null) {
        session.remove(before);
        flush();
      }
      note("product %d", product.id);
    }
  }

  private void changeDetails() {
    Details details = any(Details.class);
    if (details != null) {
      details.material = word();
      note("details %d: material = %s", details.id, details.material);
    }
  }

  private void swapDetails() {
    flush();
    Product one = any(Product.class);
    Product other = any(Product.class);
    if (one != null && other != null && one != other) {
      Details ofOne = one.details;
      Details ofOther = other.details;
      one.details = null;
      other.details = null;
      flush();
      one.details = ofOther;
      other.details = ofOne;
      flush();
      note("products %d and %d", one.id, other.id);
    }
  }

  /** A product without a manual. */
  private @Nullable Product withoutManual() {
    Product product = any(Product.class);
    return product == null || !tables.where("manual", "product_id", product.id).isEmpty()
        ? null
        : product;
  }

  private void insertManual() {
    flush();
    Product product = isFull("manual") ? null : withoutManual();
    if (product != null) {
      Manual manual = new Manual();
      manual.id = ids.incrementAndGet();
      manual.wording = word();
      manual.product = product;
      if (random.nextBoolean()) {
        product.manual = manual;
      }
      session.persist(manual);
      note("manual %d of product %d", manual.id, product.id);
      flush();
      session.clear();
    }
  }

  private void changeManual() {
    Manual manual = any(Manual.class);
    if (manual != null) {
      manual.wording = word();
      note("manual %d: wording = %s", manual.id, manual.wording);
    }
  }

  private void moveManual() {
    flush();
    session.clear();
    Manual manual = any(Manual.class);
    if (manual != null) {
      manual.product = withoutManual();
      note("manual %d: product = %s", manual.id, id(manual.product));
      flush();
      session.clear();
    }
  }

  private void deleteManual() {
    flush();
    session.clear();
    Manual manual = any(Manual.class);
    if (manual != null) {
      session.remove(manual);
      note("manual %d", manual.id);
      flush();
      session.clear();
    }
  }

  // Steps, in a column's order, whose foreign key no attribute of theirs has.

  private void insertStep() {
    Product product = isFull("step") ? null : any(Product.class);
    if (product != null) {
      Step step = new Step();
      step.id = ids.incrementAndGet();
      step.wording = word();
      product.steps.add(random.nextInt(product.steps.size() + 1), step);
      note("step %d of product %d", step.id, product.id);
    }
  }

  private void changeStep() {
    Step step = any(Step.class);
    if (step != null) {
      step.wording = word();
      note("step %d: wording = %s", step.id, step.wording);
    }
  }

  private void reorderSteps() {
    Product product = any(Product.class);
    if (product != null) {
      Collections.shuffle(product.steps, random);
      perhaps.add(Root.product(product.id));
      note("product %d: steps", product.id);
    }
  }

  private void orphanStep() {
    Product product = any(Product.class);
    if (product != null && !product.steps.isEmpty()) {
      Step step = product.steps.remove(random.nextInt(product.steps.size()));
      note("product %d: step %d", product.id, step.id);
    }
  }

  // Reviews and visits.

  private void insertReview() {
    if (!isFull("review")) {
      Review review = new Review();
      review.id = ids.incrementAndGet();
      review.stars = number();
      review.product = anyOrNone(Product.class);
      review.shop = anyOrNone(Shop.class);
      session.persist(review);
      note("review %d of product %s, shop %s", review.id, id(review.product), id(review.shop));
    }
  }

  private void changeReview() {
    Review review = any(Review.class);
    if (review != null) {
      review.stars = number();
      note("review %d: stars = %d", review.id, review.stars);
    }
  }

  private void moveReview() {
    Review review = any(Review.class);
    if (review != null) {
      review.product = anyOrNone(Product.class);
      review.shop = anyOrNone(Shop.class);
      note("review %d: product = %s, shop = %s", review.id, id(review.product), id(review.shop));
    }
  }

  private void deleteReview() {
    Review review = any(Review.class);
    if (review != null) {
      session.remove(review);
      note("review %d", review.id);
    }
  }

  private void visit() {
    Visit visit = random.nextBoolean() ? any(Visit.class) : null;
    if (visit == null && !isFull("visit")) {
      visit = new Visit();
      visit.id = ids.incrementAndGet();
      session.persist(visit);
    }
    if (visit != null) {
      visit.product = anyOrNone(Product.class);
      visit.seconds = number();
      note("visit %d", visit.id);
    }
  }

  private void flushAlone() {
    flush();
    note("for its own sake");
  }

  private void changeNothing() {
    Product product = any(Product.class);
    if (product != null) {
      String before = product.note;
      product.note = "x";
      product.note = before;
      note("product %d", product.id);
    }
  }
}
