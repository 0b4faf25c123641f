package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Every kind of id. */
public final class Identities {

  private Identities() {}

  @Entity
  @IdentityCached
  public static class Sequenced {
    @Id @GeneratedValue public Long id;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class Numbered {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public int id;

    public String name;
  }

  @Entity
  @IdentityCached
  public static class ByText {
    @Id public String handle;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class ByUuid {
    @Id public UUID uuid;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class ByDecimal {
    @Id public BigDecimal number;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class ByDate {
    @Id public LocalDate day;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class ByEnum {
    @Id
    @Enumerated(EnumType.STRING)
    public Basics.Color color;

    public String name;
  }

  /** A column of another type than its Java type usually has. */
  @Entity
  @IdentityCached
  public static class ByUuidText {
    @Id
    @JdbcTypeCode(SqlTypes.CHAR)
    public UUID uuid;

    @ManyToOne public Sequenced eager;
  }

  @Embeddable
  public record Section(String building, int floor) {}

  @Embeddable
  public static class Place implements Serializable {
    public Section section;
    public long shelf;

    protected Place() {}

    public Place(Section section, long shelf) {
      this.section = section;
      this.shelf = shelf;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && Objects.equals(section, place.section)
          && shelf == place.shelf;
    }

    @Override
    public int hashCode() {
      return Objects.hash(section, shelf);
    }
  }

  @Entity
  @IdentityCached
  public static class ByEmbeddable {
    @EmbeddedId public Place place;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class ByRecord {
    @EmbeddedId public Section section;
    public String name;

    @ManyToOne(fetch = FetchType.LAZY)
    public ByEmbeddable neighbour;
  }

  public static class LineId implements Serializable {
    public long order;
    public int number;

    public LineId() {}

    public LineId(long order, int number) {
      this.order = order;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LineId id && order == id.order && number == id.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(order, number);
    }
  }

  @Entity
  @IdentityCached
  @IdClass(LineId.class)
  public static class Line {
    @Id
    @jakarta.persistence.Column(name = "order_id")
    public long order;

    @Id public int number;
    public String name;

    @ManyToOne(fetch = FetchType.LAZY)
    public Line previous;
  }

  public static class DerivedId implements Serializable {
    public String owner;
    public int number;

    @Override
    public boolean equals(Object other) {
      return other instanceof DerivedId id
          && Objects.equals(owner, id.owner)
          && number == id.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(owner, number);
    }
  }

  @Entity
  @IdentityCached
  @IdClass(DerivedId.class)
  public static class Derived {
    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    public ByText owner;

    @Id public int number;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class Details {
    @Id public Long id;

    @MapsId
    @OneToOne(fetch = FetchType.LAZY)
    public Sequenced of;

    public String name;
  }

  @Embeddable
  public static class SlotId implements Serializable {
    public Place place;
    public int slot;

    @Override
    public boolean equals(Object other) {
      return other instanceof SlotId id && Objects.equals(place, id.place) && slot == id.slot;
    }

    @Override
    public int hashCode() {
      return Objects.hash(place, slot);
    }
  }

  @Entity
  @IdentityCached
  public static class Slot {
    @EmbeddedId public SlotId id;

    @MapsId("place")
    @ManyToOne(fetch = FetchType.LAZY)
    public ByEmbeddable at;

    public String name;
  }
}
