package io.identitycache.hibernate.scenario;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.annotations.SoftDelete;

/** Trees with what is rarer below them: see {@link Nursery} for the ordinary. */
final class Orchard {

  /** All of them. */
  static final Class<?>[] ENTITIES = {
    Tree.class,
    Apple.class,
    Basket.class,
    Bough.class,
    ThickBough.class,
    Bird.class,
    Plaque.class,
    Twig.class,
    Shoot.class,
    Nest.class,
    Thorn.class,
    Grove.class,
    Path.class,
    Field.class,
    Furrow.class,
    Hedge.class
  };

  private Orchard() {}

  /** Without a version. */
  @Entity(name = "Tree")
  @IdentityCached
  public static class Tree {

    @Id Long id;
    String name;

    @CacheEmbed
    @OneToMany
    @JoinColumn(name = "tree_id", nullable = false)
    @OnDelete(action = OnDeleteAction.CASCADE)
    List<Apple> apples = new ArrayList<>();

    @CacheEmbed
    @OneToMany
    @JoinColumn(name = "tree_id")
    @OnDelete(action = OnDeleteAction.CASCADE)
    Set<Thorn> thorns = new HashSet<>();

    @CacheEmbed
    @OneToMany(mappedBy = "tree", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderColumn(name = "place")
    List<Bough> boughs = new ArrayList<>();

    @CacheEmbed
    @OneToOne(mappedBy = "tree", cascade = CascadeType.ALL)
    Plaque plaque;

    @CacheEmbed
    @OneToMany(mappedBy = "spot.tree")
    Set<Shoot> shoots = new HashSet<>();

    @CacheEmbed
    @OneToMany(mappedBy = "tree")
    Set<Twig> twigs = new HashSet<>();

    @CacheEmbed
    @OneToMany
    @JoinColumn(name = "tree_id")
    Set<Nest> nests = new HashSet<>();

    protected Tree() {}

    Tree(long id) {
      this.id = id;
    }
  }

  /** Goes with its tree, by the database; cached by itself, and embedded in baskets. */
  @Entity(name = "Apple")
  @IdentityCached
  public static class Apple {

    @Id Long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Basket basket;

    protected Apple() {}

    Apple(long id, Basket basket) {
      this.id = id;
      this.basket = basket;
    }
  }

  /** Another owner of apples. */
  @Entity(name = "Basket")
  @IdentityCached
  public static class Basket {

    @Id Long id;

    @CacheEmbed
    @OneToMany(mappedBy = "basket")
    List<Apple> apples = new ArrayList<>();

    protected Basket() {}

    Basket(long id) {
      this.id = id;
    }
  }

  /** Joined inheritance, a secondary table, values and a many-to-many of its own. */
  @Entity(name = "Bough")
  @Inheritance(strategy = InheritanceType.JOINED)
  @SecondaryTable(name = "BoughDetail")
  public static class Bough {

    @Id Long id;
    String name;

    @Column(table = "BoughDetail")
    String detail;

    @ManyToOne(fetch = FetchType.LAZY)
    Tree tree;

    @CacheEmbed @ElementCollection Set<String> marks = new HashSet<>();
    @CacheEmbed @ManyToMany Set<Bird> birds = new HashSet<>();

    protected Bough() {}

    Bough(long id, Tree tree) {
      this.id = id;
      this.tree = tree;
    }
  }

  /** A class below. */
  @Entity(name = "ThickBough")
  public static class ThickBough extends Bough {

    int girth;

    protected ThickBough() {}

    ThickBough(long id, Tree tree) {
      super(id, tree);
    }
  }

  /** Sits on many boughs. */
  @Entity(name = "Bird")
  public static class Bird {

    @Id Long id;
    String name;

    protected Bird() {}

    Bird(long id) {
      this.id = id;
    }
  }

  /** Has the id of its tree. */
  @Entity(name = "Plaque")
  public static class Plaque {

    @Id Long id;
    String text;

    @MapsId
    @OneToOne(fetch = FetchType.LAZY)
    Tree tree;

    protected Plaque() {}

    Plaque(Tree tree) {
      this.tree = tree;
    }
  }

  /** Stays in the table when it is removed. */
  @Entity(name = "Twig")
  @SoftDelete
  public static class Twig {

    @Id Long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Tree tree;

    protected Twig() {}

    Twig(long id, Tree tree) {
      this.id = id;
      this.tree = tree;
    }
  }

  /** Where a shoot is. */
  @Embeddable
  public static class Spot {

    int height;

    @ManyToOne(fetch = FetchType.LAZY)
    Tree tree;

    protected Spot() {}

    Spot(Tree tree) {
      this.tree = tree;
    }
  }

  /** Has the foreign key inside an embeddable. */
  @Entity(name = "Shoot")
  public static class Shoot {

    @Id Long id;
    Spot spot;

    protected Shoot() {}

    Shoot(long id, Tree tree) {
      this.id = id;
      this.spot = new Spot(tree);
    }
  }

  /** Only a query finds its tree; soft-deleted. */
  @Entity(name = "Nest")
  @SoftDelete
  public static class Nest {

    @Id Long id;
    String name;

    protected Nest() {}

    Nest(long id) {
      this.id = id;
    }
  }

  /** Versioned; stays when its tree is removed, since Hibernate clears a nullable key before. */
  @Entity(name = "Thorn")
  @IdentityCached
  public static class Thorn {

    @Id Long id;
    @Version int version;
    String name;

    protected Thorn() {}

    Thorn(long id) {
      this.id = id;
    }
  }

  /** An id of two parts. */
  @Embeddable
  public static class Place implements Serializable {

    private static final long serialVersionUID = 1;

    String country;
    long number;

    protected Place() {}

    Place(String country, long number) {
      this.country = country;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && country.equals(place.country)
          && number == place.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(country, number);
    }
  }

  /** An owner with an id of two parts. */
  @Entity(name = "Grove")
  @IdentityCached
  public static class Grove {

    @EmbeddedId Place id;

    @CacheEmbed
    @OneToMany(mappedBy = "grove")
    Set<Path> paths = new HashSet<>();

    @CacheEmbed @OneToMany Set<Hedge> hedges = new HashSet<>();

    protected Grove() {}

    Grove(Place id) {
      this.id = id;
    }
  }

  /** Has its owner's two columns. */
  @Entity(name = "Path")
  public static class Path {

    @EmbeddedId Place id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Grove grove;

    protected Path() {}

    Path(Place id, Grove grove) {
      this.id = id;
      this.grove = grove;
    }
  }

  /** A target with an id of two parts in a join table. */
  @Entity(name = "Hedge")
  public static class Hedge {

    @EmbeddedId Place id;
    String name;

    protected Hedge() {}

    Hedge(Place id) {
      this.id = id;
    }
  }

  /** The id of a field. */
  public static class FieldId implements Serializable {

    private static final long serialVersionUID = 1;

    String country;
    long number;

    protected FieldId() {}

    FieldId(String country, long number) {
      this.country = country;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FieldId id && country.equals(id.country) && number == id.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(country, number);
    }
  }

  /** An owner with an id class. */
  @Entity(name = "Field")
  @IdentityCached
  @IdClass(FieldId.class)
  public static class Field {

    @Id String country;
    @Id long number;

    @CacheEmbed
    @OneToMany(mappedBy = "field")
    Set<Furrow> furrows = new HashSet<>();

    @CacheEmbed @OneToMany Set<Furrow> straight = new HashSet<>();

    protected Field() {}

    Field(String country, long number) {
      this.country = country;
      this.number = number;
    }
  }

  /** Has an id class, and its owner's two columns. */
  @Entity(name = "Furrow")
  @IdClass(FieldId.class)
  public static class Furrow {

    @Id String country;
    @Id long number;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    Field field;

    protected Furrow() {}

    Furrow(String country, long number, Field field) {
      this.country = country;
      this.number = number;
      this.field = field;
    }
  }
}
