package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import org.hibernate.annotations.Parent;
import org.hibernate.annotations.TimeZoneStorage;
import org.hibernate.annotations.TimeZoneStorageType;

/** Embeddables. */
public final class Composites {

  private Composites() {}

  @Embeddable
  public record Point(int x, Integer y) {}

  @Embeddable
  public static class City {
    public String name;
    private final String zip;

    @Embedded public Point at;

    private City() {
      this.zip = null;
    }

    public City(String name, String zip, Point at) {
      this.name = name;
      this.zip = zip;
      this.at = at;
    }
  }

  @Embeddable
  public static class Address {
    public String street;
    public City city;

    @ManyToOne(fetch = FetchType.LAZY)
    public Identities.Sequenced country;

    @ElementCollection public List<String> lines = new ArrayList<>();

    @Parent private House house;

    public House getHouse() {
      return house;
    }

    public void setHouse(House house) {
      this.house = house;
    }
  }

  @Embeddable
  public static class Size {
    public Integer height;
    public Integer width;
  }

  @Entity
  @IdentityCached
  @CacheIndex("address.street")
  public static class House {
    @Id public Long id;
    public Address address;

    @Embedded
    @AttributeOverride(name = "height", column = @Column(name = "door_height"))
    @AttributeOverride(name = "width", column = @Column(name = "door_width"))
    public Size door;

    @Embedded public Size size;

    @AttributeOverride(name = "x", column = @Column(name = "at_x"))
    @AttributeOverride(name = "y", column = @Column(name = "at_y"))
    public Point at;
  }

  /** A session keeps other dates than it puts into the instance. */
  @Embeddable
  public static class Dates {
    @Temporal(TemporalType.DATE)
    public Date day;

    @Temporal(TemporalType.TIME)
    public Date time;

    @Temporal(TemporalType.TIMESTAMP)
    public Date moment;

    public java.sql.Timestamp exact;

    @Temporal(TemporalType.TIMESTAMP)
    public Calendar calendar;
  }

  @Embeddable
  public static class Deadline {
    public Dates dates;

    @Enumerated(EnumType.STRING)
    public Basics.Color urgency;
  }

  @Entity
  @IdentityCached
  public static class Meeting {
    @Id public Long id;
    public Deadline deadline;

    @TimeZoneStorage(TimeZoneStorageType.COLUMN)
    public OffsetDateTime zoned;
  }
}
