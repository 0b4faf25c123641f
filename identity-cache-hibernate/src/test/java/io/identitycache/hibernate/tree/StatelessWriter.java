package io.identitycache.hibernate.tree;

import io.identitycache.hibernate.tree.Domain.Details;
import io.identitycache.hibernate.tree.Domain.Image;
import io.identitycache.hibernate.tree.Domain.Label;
import io.identitycache.hibernate.tree.Domain.Part;
import io.identitycache.hibernate.tree.Domain.Price;
import io.identitycache.hibernate.tree.Domain.Product;
import io.identitycache.hibernate.tree.Domain.Review;
import io.identitycache.hibernate.tree.Domain.Shop;
import io.identitycache.hibernate.tree.Domain.Step;
import io.identitycache.hibernate.tree.Domain.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.StatelessSession;

/**
 * Changes children at random in one transaction of a stateless session, whose events do not tell
 * what a row was like before. Every change is written at once.
 */
final class StatelessWriter {

  private final StatelessSession session;
  private final Random random;
  private final AtomicLong ids;
  private final List<Tables> moments = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private Tables tables;

  /**
   * Writes in the transaction that a session is in.
   *
   * @param ids for rows that are no roots
   * @param before the tables before it
   */
  StatelessWriter(StatelessSession session, Random random, AtomicLong ids, Tables before) {
    this.session = session;
    this.random = random;
    this.ids = ids;
    this.tables = before;
    moments.add(before);
  }

  /** The tables before the transaction, and after each of its changes. */
  List<Tables> moments() {
    return moments;
  }

  /** What was done. */
  List<String> log() {
    return log;
  }

  /** Makes one change. It may find nothing to change. */
  void change() {
    switch (random.nextInt(10)) {
      case 0 -> update(any(Image.class));
      case 1 -> update(any(Variant.class));
      case 2 -> update(any(Price.class));
      case 3 -> update(any(Review.class));
      case 4 -> rename();
      case 5 -> delete(any(Image.class));
      case 6 -> delete(any(Price.class));
      case 7 -> delete(any(Review.class));
      case 8 -> delete(any(Part.class));
      default -> insert();
    }
    tables = session.doReturningWork(Tables::read);
    moments.add(tables);
  }

  private <E> E any(Class<E> type) {
    List<Long> known = tables.ids(type.getSimpleName().toLowerCase(Locale.ROOT));
    return known.isEmpty()
        ? null
        : type.cast(session.get(type, known.get(random.nextInt(known.size()))));
  }

  private <E> E anyOrNone(Class<E> type) {
    return random.nextInt(4) == 0 ? null : any(type);
  }

  /** Never the one that was there: what is the same is written all the same. */
  private String word() {
    return (char) ('a' + random.nextInt(5)) + String.valueOf(ids.incrementAndGet());
  }

  private void update(Object row) {
    if (row instanceof Image image) {
      image.url = word();
      image.position = random.nextInt(5);
      image.product = anyOrNone(Product.class);
      note("image", image.id, "updated");
    } else if (row instanceof Variant variant) {
      variant.sku = word();
      variant.product = anyOrNone(Product.class);
      note("variant", variant.id, "updated");
    } else if (row instanceof Price price) {
      price.currency = word();
      price.amount = random.nextInt(5);
      price.variant = anyOrNone(Variant.class);
      note("price", price.id, "updated");
    } else if (row instanceof Review review) {
      review.stars++;
      review.product = anyOrNone(Product.class);
      review.shop = anyOrNone(Shop.class);
      note("review", review.id, "updated");
    }
    if (row != null) {
      session.update(row);
    }
  }

  /** Rows that do not know their owners. */
  private void rename() {
    Label label = any(Label.class);
    Step step = any(Step.class);
    Part part = any(Part.class);
    Details details = any(Details.class);
    if (label != null) {
      label.name = word();
      session.update(label);
      note("label", label.id, "updated");
    }
    if (step != null) {
      step.wording = word();
      session.update(step);
      note("step", step.id, "updated");
    }
    if (part != null) {
      part.name = word();
      session.update(part);
      note("part", part.id, "updated");
    }
    if (details != null) {
      details.material = word();
      session.update(details);
      note("details", details.id, "updated");
    }
  }

  private void delete(Object row) {
    if (row != null) {
      session.delete(row);
      note(row.getClass().getSimpleName(), session.getIdentifier(row), "deleted");
    }
  }

  private void insert() {
    Image image = new Image();
    image.id = ids.incrementAndGet();
    image.product = anyOrNone(Product.class);
    session.insert(image);
    note("image", image.id, "inserted");
    Price price = new Price();
    price.id = ids.incrementAndGet();
    price.variant = anyOrNone(Variant.class);
    session.insert(price);
    note("price", price.id, "inserted");
  }

  private void note(String table, Object id, String what) {
    log.add("stateless: " + table + " " + id + " " + what);
  }
}
