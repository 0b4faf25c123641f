package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;

/** Inheritance, and entities of several tables. */
public final class Hierarchies {

  private Hierarchies() {}

  @Entity
  @IdentityCached
  @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
  @DiscriminatorColumn(name = "kind")
  public abstract static class Payment {
    @Id public Long id;
    public String note;
  }

  @Entity
  public static class CardPayment extends Payment {
    public String card;
  }

  @Entity
  public static class DebitPayment extends CardPayment {
    public Long bank;
  }

  @Entity
  public static class CashPayment extends Payment {
    public int coins;
  }

  @Entity
  @IdentityCached
  @Inheritance(strategy = InheritanceType.JOINED)
  public static class Vehicle {
    @Id public Long id;
    @Version public long version;
    public String name;
  }

  @Entity
  public static class Car extends Vehicle {
    public Integer doors;
  }

  @Entity
  @IdentityCached
  @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
  public abstract static class Shape {
    @Id public Long id;
    public String name;
  }

  @Entity
  public static class Circle extends Shape {
    public double radius;
  }

  @Entity
  public static class Square extends Shape {
    public double side;
  }

  @MappedSuperclass
  public abstract static class Named<T> {
    @Id private Long id;
    protected String name;
    public T value;

    protected Named() {}

    protected Named(Long id, String name, T value) {
      this.id = id;
      this.name = name;
      this.value = value;
    }
  }

  @Entity
  @IdentityCached
  public static class Setting extends Named<Integer> {
    private Setting() {}

    public Setting(Long id, String name, Integer value) {
      super(id, name, value);
    }
  }

  @Entity
  @IdentityCached
  @SecondaryTable(name = "book_text")
  public static class Book {
    @Id public Long id;
    public String title;

    @Column(table = "book_text")
    public String summary;
  }
}
