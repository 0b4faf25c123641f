package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKey;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.annotations.Parent;
import org.hibernate.annotations.SortNatural;

/** Associations of every shape that are kept with their owner. */
public final class Trees {

  /** Every entity. */
  public static final List<Class<?>> ENTITIES =
      List.of(
          Catalog.class,
          Page.class,
          Note.class,
          Remark.class,
          Item.class,
          Label.class,
          Cover.class,
          Contents.class,
          Extra.class,
          Twin.class,
          Entry.class,
          Offer.class,
          Audit.class);

  private Trees() {}

  /** The root. */
  @Entity(name = "Catalog")
  @IdentityCached
  public static class Catalog {
    @Id public Long id;
    public String name;
    public LocalDate day;
    public Instant moment;

    @OneToMany(mappedBy = "catalog", cascade = CascadeType.ALL)
    @OrderBy("position")
    @CacheEmbed
    public List<Page> pages = new ArrayList<>();

    @ManyToMany(cascade = CascadeType.PERSIST)
    @JoinTable(name = "catalog_items")
    @OrderColumn(name = "place")
    @CacheEmbed
    public List<Item> items = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "catalog_favourites")
    @CacheEmbed
    public List<Item> favourites = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "catalog_by_code")
    @MapKey(name = "code")
    @CacheEmbed
    public Map<String, Item> byCode = new HashMap<>();

    @ManyToMany(cascade = CascadeType.PERSIST)
    @JoinTable(name = "catalog_labels")
    @SortNatural
    @CacheEmbed
    public SortedSet<Label> labels = new TreeSet<>();

    @ManyToMany
    @JoinTable(name = "catalog_linked")
    @OrderBy("name desc")
    @CacheEmbed
    public Set<Label> linked = new LinkedHashSet<>();

    @ManyToMany
    @JoinTable(name = "catalog_linked_by_name")
    @MapKey(name = "name")
    @OrderBy("name desc")
    @CacheEmbed
    public Map<String, Label> linkedByName = new LinkedHashMap<>();

    @ManyToMany
    @JoinTable(name = "catalog_sorted")
    @MapKeyColumn(name = "place")
    @SortNatural
    @CacheEmbed
    public SortedMap<Integer, Label> sorted = new TreeMap<>();

    @OneToMany(mappedBy = "catalog", cascade = CascadeType.ALL)
    @CacheEmbed
    public Set<Entry> entries = new HashSet<>();

    @ElementCollection @CacheEmbed public Set<String> tags = new HashSet<>();

    @ElementCollection
    @OrderColumn(name = "place")
    @CacheEmbed
    public List<String> lines = new ArrayList<>();

    @ElementCollection @CacheEmbed public Map<String, Price> prices = new HashMap<>();
    @ElementCollection @CacheEmbed public Map<Size, String> sizes = new HashMap<>();

    @ElementCollection
    @OrderBy("amount")
    @CacheEmbed
    public List<Row> rows = new ArrayList<>();

    @OneToOne(mappedBy = "catalog", cascade = CascadeType.ALL)
    @CacheEmbed
    public Cover cover;

    @OneToOne(cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @CacheEmbed
    public Contents contents;

    @OneToOne(mappedBy = "catalog", cascade = CascadeType.ALL)
    @CacheEmbed
    public Extra extra;

    @OneToOne @PrimaryKeyJoinColumn @CacheEmbed public Twin twin;

    @ManyToOne(fetch = FetchType.LAZY)
    @CacheReference
    public Label main;

    @OneToMany(mappedBy = "catalog")
    @OrderBy("id")
    @CacheReference
    public List<Offer> offers = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "catalog_ranked")
    @OrderColumn(name = "place")
    @CacheReference
    public List<Label> ranked = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "catalog_keyed")
    @MapKeyColumn(name = "place")
    @SortNatural
    @CacheReference
    public SortedMap<Integer, Label> keyed = new TreeMap<>();

    @OneToOne(mappedBy = "catalog")
    @CacheReference
    public Audit audit;

    @OneToMany(mappedBy = "catalog")
    public Set<Offer> unmarked = new HashSet<>();
  }

  /** The first level. */
  @Entity(name = "Page")
  public static class Page {
    @Id public Long id;
    public int position;

    @ManyToOne(fetch = FetchType.LAZY)
    public Catalog catalog;

    /** May be in the same tree, before this page or after it. */
    @ManyToOne(fetch = FetchType.LAZY)
    public Page next;

    @OneToMany(mappedBy = "page", cascade = CascadeType.ALL)
    @CacheEmbed
    public Set<Note> notes = new HashSet<>();

    @OneToMany(mappedBy = "page")
    public List<Offer> offers = new ArrayList<>();

    /** How many notes there were when it was called. */
    @Transient public int notesAtCallback = -1;

    /** Not the field, which is empty in a proxy. */
    public int getPosition() {
      return position;
    }

    @PostLoad
    void count() {
      notesAtCallback = org.hibernate.Hibernate.isInitialized(notes) ? notes.size() : -2;
    }
  }

  /** The second level, with a hashCode over its owner. */
  @Entity(name = "Note")
  public static class Note {
    @Id public Long id;
    public String text;

    @ManyToOne(fetch = FetchType.LAZY)
    public Page page;

    @Override
    public boolean equals(Object other) {
      return other instanceof Note note
          && note.page.getPosition() == page.getPosition()
          && Objects.equals(note.text, text);
    }

    @Override
    public int hashCode() {
      return Objects.hash(page.getPosition(), text);
    }
  }

  /** A subclass of what is embedded. */
  @Entity(name = "Remark")
  public static class Remark extends Note {
    public String author;
  }

  /** In several collections of one owner. */
  @Entity(name = "Item")
  public static class Item {
    @Id public Long id;
    public String code;
  }

  /** Comparable. */
  @Entity(name = "Label")
  @IdentityCached
  public static class Label implements Comparable<Label> {
    @Id public Long id;
    public String name;

    /** Not the field, which is empty in a proxy. */
    public String getName() {
      return name;
    }

    @Override
    public int compareTo(Label other) {
      return getName().compareTo(other.getName());
    }
  }

  /** A one-to-one with the foreign key on the embedded side. */
  @Entity(name = "Cover")
  public static class Cover {
    @Id public Long id;
    public String color;

    @OneToOne(fetch = FetchType.LAZY)
    public Catalog catalog;
  }

  /** A one-to-one with the foreign key on the owner's side. */
  @Entity(name = "Contents")
  public static class Contents {
    @Id public Long id;
    public int chapters;

    @OneToOne(mappedBy = "contents")
    public Catalog catalog;
  }

  /** A one-to-one that shares the owner's id. */
  @Entity(name = "Extra")
  public static class Extra {
    @Id public Long id;
    public String text;

    @OneToOne(fetch = FetchType.LAZY)
    @MapsId
    public Catalog catalog;
  }

  /** Has the same id by agreement. */
  @Entity(name = "Twin")
  public static class Twin {
    @Id public Long id;
    public String text;
  }

  /** With a composite id. */
  @Entity(name = "Entry")
  public static class Entry {
    @EmbeddedId public EntryId id;
    public String text;

    @ManyToOne(fetch = FetchType.LAZY)
    public Catalog catalog;

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && Objects.equals(entry.text, text);
    }

    /** Of the text, so that the order in a hash set is the same in every run. */
    @Override
    public int hashCode() {
      return Objects.hashCode(text);
    }
  }

  /** Its id. */
  @Embeddable
  public record EntryId(int chapter, int section) {}

  /** A value of a map. */
  @Embeddable
  public static class Price {
    public long cents;
    @Parent public Catalog catalog;

    /** Hibernate 6.6 asks for it. */
    public Catalog getCatalog() {
      return catalog;
    }

    /** Hibernate 6.6 asks for it. */
    public void setCatalog(Catalog catalog) {
      this.catalog = catalog;
    }
  }

  /** A key of a map. */
  @Embeddable
  public record Size(int width, int height) {}

  /** An element that leads to entities. */
  @Embeddable
  public record Row(
      int amount,
      @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "row_item") Item item,
      @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "row_catalog") Catalog of) {}

  /** Referenced. */
  @Entity(name = "Offer")
  @IdentityCached
  public static class Offer {
    @Id public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Catalog catalog;

    @ManyToOne(fetch = FetchType.LAZY)
    public Page page;
  }

  /** Referenced, with the foreign key in its own row. */
  @Entity(name = "Audit")
  @IdentityCached
  public static class Audit {
    @Id public Long id;

    @OneToOne(fetch = FetchType.LAZY)
    @JoinColumn(unique = true)
    public Catalog catalog;

    @Column(name = "happened")
    public String what;
  }
}
