package io.identitycache.hibernate.mappings;

import io.identitycache.hibernate.mappings.Trees.Audit;
import io.identitycache.hibernate.mappings.Trees.Catalog;
import io.identitycache.hibernate.mappings.Trees.Contents;
import io.identitycache.hibernate.mappings.Trees.Cover;
import io.identitycache.hibernate.mappings.Trees.Entry;
import io.identitycache.hibernate.mappings.Trees.EntryId;
import io.identitycache.hibernate.mappings.Trees.Extra;
import io.identitycache.hibernate.mappings.Trees.Item;
import io.identitycache.hibernate.mappings.Trees.Label;
import io.identitycache.hibernate.mappings.Trees.Note;
import io.identitycache.hibernate.mappings.Trees.Offer;
import io.identitycache.hibernate.mappings.Trees.Page;
import io.identitycache.hibernate.mappings.Trees.Price;
import io.identitycache.hibernate.mappings.Trees.Remark;
import io.identitycache.hibernate.mappings.Trees.Row;
import io.identitycache.hibernate.mappings.Trees.Size;
import io.identitycache.hibernate.mappings.Trees.Twin;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Catalog 1 with something in every association, and catalog 2 with nothing. */
public final class TreeRows {

  private TreeRows() {}

  /** Persists all rows; the transaction is the caller's. */
  public static void persist(EntityManager entities) {
    Catalog nothing = new Catalog();
    nothing.id = 2L;
    entities.persist(nothing);

    Catalog catalog = new Catalog();
    catalog.id = 1L;
    catalog.name = "spring";
    catalog.day = LocalDate.of(2024, 2, 29);
    catalog.moment = Instant.parse("2026-03-29T01:30:00.000001Z");

    List<Item> items = new ArrayList<>();
    for (long id = 1; id <= 3; id++) {
      Item item = new Item();
      item.id = id;
      item.code = "i" + id;
      items.add(item);
    }
    catalog.items.addAll(Arrays.asList(items.get(2), null, items.get(0)));
    entities.persist(items.get(1));
    catalog.favourites.addAll(List.of(items.get(0), items.get(1)));
    catalog.byCode.put("i3", items.get(2));

    List<Label> labels = new ArrayList<>();
    for (long id = 1; id <= 3; id++) {
      Label label = new Label();
      label.id = id;
      label.name = "l" + (4 - id);
      labels.add(label);
    }
    catalog.labels.addAll(labels);
    catalog.linked.addAll(labels);
    labels.forEach(label -> catalog.linkedByName.put(label.name, label));
    catalog.sorted.put(7, labels.get(0));
    catalog.sorted.put(-7, labels.get(1));
    catalog.main = labels.get(1);
    catalog.ranked.addAll(Arrays.asList(labels.get(1), null, labels.get(0)));
    catalog.keyed.put(3, labels.get(0));
    catalog.keyed.put(1, labels.get(2));

    for (int section = 1; section <= 2; section++) {
      Entry entry = new Entry();
      entry.id = new EntryId(1, section);
      entry.text = "e" + section;
      entry.catalog = catalog;
      catalog.entries.add(entry);
    }
    catalog.tags.addAll(List.of("a", "b", "c"));
    catalog.lines.addAll(Arrays.asList("x", null, "z"));
    Price price = new Price();
    price.cents = 995;
    price.catalog = catalog;
    catalog.prices.put("CHF", price);
    catalog.sizes.put(new Size(1, 2), "small");
    catalog.sizes.put(new Size(3, 4), "large");
    catalog.rows.add(new Row(2, items.get(0), catalog));
    catalog.rows.add(new Row(1, null, null));

    catalog.cover = new Cover();
    catalog.cover.id = 11L;
    catalog.cover.color = "red";
    catalog.cover.catalog = catalog;
    catalog.contents = new Contents();
    catalog.contents.id = 12L;
    catalog.contents.chapters = 3;
    catalog.contents.catalog = catalog;
    catalog.extra = new Extra();
    catalog.extra.text = "extra";
    catalog.extra.catalog = catalog;
    Twin twin = new Twin();
    twin.id = 1L;
    twin.text = "twin";
    entities.persist(twin);
    catalog.twin = twin;
    addPages(catalog);
    entities.persist(catalog);
    addOffers(entities, catalog);
  }

  private static void addPages(Catalog catalog) {
    for (int position = 1; position <= 3; position++) {
      Page page = new Page();
      page.id = 30L - position;
      page.position = position;
      page.catalog = catalog;
      catalog.pages.add(page);
      for (int number = 1; number < position; number++) {
        Note note = number == 1 ? new Note() : new Remark();
        note.id = 100L * position + number;
        note.text = "n" + number;
        note.page = page;
        if (note instanceof Remark remark) {
          remark.author = "me";
        }
        page.notes.add(note);
      }
    }
    // to a later one, to an earlier one, to itself
    catalog.pages.get(0).next = catalog.pages.get(2);
    catalog.pages.get(1).next = catalog.pages.get(0);
    catalog.pages.get(2).next = catalog.pages.get(2);
  }

  private static void addOffers(EntityManager entities, Catalog catalog) {
    for (long id = 41; id <= 42; id++) {
      Offer offer = new Offer();
      offer.id = id;
      offer.catalog = catalog;
      offer.page = catalog.pages.get(0);
      entities.persist(offer);
    }
    Audit audit = new Audit();
    audit.id = 51L;
    audit.catalog = catalog;
    entities.persist(audit);
  }
}
