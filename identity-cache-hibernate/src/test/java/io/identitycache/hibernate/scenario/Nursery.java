package io.identitycache.hibernate.scenario;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;

/**
 * Plants with every kind of association that an entry can hold: what has to be invalidated when
 * something is written below them. Only plants, herbs, notes and catalogues have entries of their
 * own.
 */
final class Nursery {

  /** All of them. */
  static final Class<?>[] ENTITIES = {
    Plant.class,
    Branch.class,
    Leaf.class,
    Picture.class,
    Herb.class,
    Label.class,
    Pot.class,
    Note.class,
    Answer.class,
    Catalogue.class,
    Warning.class
  };

  private Nursery() {}

  /** What most of it hangs on; without a version. */
  @Entity(name = "Plant")
  @IdentityCached
  public static class Plant {

    @Id Long id;
    String name;

    @CacheEmbed
    @OneToMany(mappedBy = "plant", cascade = CascadeType.ALL, orphanRemoval = true)
    List<Branch> branches = new ArrayList<>();

    @CacheEmbed
    @OneToMany(cascade = CascadeType.ALL)
    List<Picture> pictures = new ArrayList<>();

    @CacheEmbed @ManyToMany Set<Herb> herbs = new HashSet<>();
    @CacheEmbed @ElementCollection Set<String> words = new HashSet<>();

    @CacheEmbed
    @OneToOne(mappedBy = "plant", cascade = CascadeType.ALL)
    Label label;

    @CacheEmbed
    @OneToOne(fetch = FetchType.LAZY)
    Pot pot;

    @CacheReference
    @OneToMany(mappedBy = "plant")
    @OrderBy("stars")
    List<Note> notes = new ArrayList<>();

    protected Plant() {}

    Plant(long id) {
      this.id = id;
    }
  }

  /** Its foreign key tells the plant; versioned, and without entries of its own. */
  @Entity(name = "Branch")
  public static class Branch {

    @Id Long id;
    @Version int version;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Plant plant;

    @CacheEmbed
    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "branch_id")
    List<Leaf> leaves = new ArrayList<>();

    protected Branch() {}

    Branch(long id, Plant plant) {
      this.id = id;
      this.plant = plant;
    }
  }

  /** Has a column with its branch, but no attribute: only a query finds it. */
  @Entity(name = "Leaf")
  public static class Leaf {

    @Id Long id;
    String name;

    protected Leaf() {}

    Leaf(long id) {
      this.id = id;
    }
  }

  /** Belongs to a plant by a join table. */
  @Entity(name = "Picture")
  public static class Picture {

    @Id Long id;
    String name;

    protected Picture() {}

    Picture(long id) {
      this.id = id;
    }
  }

  /** Knows its plants by the other side's join table. */
  @Entity(name = "Herb")
  @IdentityCached
  public static class Herb {

    @Id Long id;
    String name;

    @CacheReference
    @ManyToMany(mappedBy = "herbs")
    Set<Plant> plants = new HashSet<>();

    protected Herb() {}

    Herb(long id) {
      this.id = id;
    }
  }

  /** One to one, with the foreign key. */
  @Entity(name = "Label")
  public static class Label {

    @Id Long id;
    String name;

    @OneToOne(fetch = FetchType.LAZY)
    Plant plant;

    protected Label() {}

    Label(long id, Plant plant) {
      this.id = id;
      this.plant = plant;
    }
  }

  /** One to one; the plant has the foreign key. */
  @Entity(name = "Pot")
  public static class Pot {

    @Id Long id;
    String name;

    protected Pot() {}

    Pot(long id) {
      this.id = id;
    }
  }

  /** Its plant holds its id, in the order of the stars; the database deletes it with the plant. */
  @Entity(name = "Note")
  @IdentityCached
  public static class Note {

    @Id Long id;
    String text;
    int stars;

    @ManyToOne(fetch = FetchType.LAZY)
    @OnDelete(action = OnDeleteAction.CASCADE)
    Plant plant;

    protected Note() {}

    Note(long id, Plant plant) {
      this.id = id;
      this.plant = plant;
    }
  }

  /** Goes with its note; held by nothing but catalogues. */
  @Entity(name = "Answer")
  public static class Answer {

    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @OnDelete(action = OnDeleteAction.CASCADE)
    Note note;

    @ManyToOne(fetch = FetchType.LAZY)
    Catalogue catalogue;

    protected Answer() {}

    Answer(long id, Note note, Catalogue catalogue) {
      this.id = id;
      this.note = note;
      this.catalogue = catalogue;
    }
  }

  /** Embeds the best answers, wherever they were given. */
  @Entity(name = "Catalogue")
  @IdentityCached
  public static class Catalogue {

    @Id Long id;

    @CacheEmbed
    @OneToMany(mappedBy = "catalogue")
    List<Answer> answers = new ArrayList<>();

    protected Catalogue() {}

    Catalogue(long id) {
      this.id = id;
    }
  }

  /** Stays when the database deletes its plant, without it. */
  @Entity(name = "Warning")
  @IdentityCached
  public static class Warning {

    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @OnDelete(action = OnDeleteAction.SET_NULL)
    Plant plant;

    protected Warning() {}

    Warning(long id, Plant plant) {
      this.id = id;
      this.plant = plant;
    }
  }
}
