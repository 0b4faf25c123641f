package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Embedded rows whose owner is part of their id, in each way to map that. */
class OwnerInIdTest {

  /** An order's id, and a number. */
  @Embeddable
  static class LineId implements Serializable {
    @Column(name = "order_id")
    Long orderId;

    int number;

    protected LineId() {}

    LineId(Long orderId, int number) {
      this.orderId = orderId;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LineId line
          && Objects.equals(orderId, line.orderId)
          && number == line.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(orderId, number);
    }
  }

  /** The association is the id's part. */
  static class Derived {
    @Entity(name = "Purchase")
    @IdentityCached
    static class Order {
      @Id Long id;

      @OneToMany(mappedBy = "order")
      @CacheEmbed
      List<Line> lines = new ArrayList<>();
    }

    @Entity(name = "Line")
    @IdClass(Key.class)
    static class Line {
      @Id
      @ManyToOne(fetch = FetchType.LAZY)
      Order order;

      @Id int number;
      String text;
    }

    static class Key implements Serializable {
      Long order;
      int number;

      @Override
      public boolean equals(Object other) {
        return other instanceof Key key && Objects.equals(order, key.order) && number == key.number;
      }

      @Override
      public int hashCode() {
        return Objects.hash(order, number);
      }
    }
  }

  /** The association is inside the embedded id. */
  static class Inside {
    @Entity(name = "Purchase")
    @IdentityCached
    static class Order {
      @Id Long id;

      @OneToMany(mappedBy = "id.order")
      @CacheEmbed
      List<Line> lines = new ArrayList<>();
    }

    @Embeddable
    static class Key implements Serializable {
      @ManyToOne(fetch = FetchType.LAZY)
      Order order;

      int number;

      @Override
      public boolean equals(Object other) {
        return other instanceof Key key && order == key.order && number == key.number;
      }

      @Override
      public int hashCode() {
        return number;
      }
    }

    @Entity(name = "Line")
    static class Line {
      @EmbeddedId Key id;
      String text;
    }
  }

  /** The association gives the id its part. */
  static class Mapped {
    @Entity(name = "Purchase")
    @IdentityCached
    static class Order {
      @Id Long id;

      @OneToMany(mappedBy = "order")
      @CacheEmbed
      List<Line> lines = new ArrayList<>();
    }

    @Entity(name = "Line")
    static class Line {
      @EmbeddedId LineId id;

      @MapsId("orderId")
      @ManyToOne(fetch = FetchType.LAZY)
      @JoinColumn(name = "order_id")
      Order order;

      String text;
    }
  }

  /** The association only reads the id's column. */
  static class Read {
    @Entity(name = "Purchase")
    @IdentityCached
    static class Order {
      @Id Long id;

      @OneToMany(mappedBy = "order")
      @CacheEmbed
      List<Line> lines = new ArrayList<>();
    }

    @Entity(name = "Line")
    static class Line {
      @EmbeddedId LineId id;

      @ManyToOne(fetch = FetchType.LAZY)
      @JoinColumn(name = "order_id", insertable = false, updatable = false)
      Order order;

      String text;
    }
  }

  @Test
  @DisplayName("PAR-01 the association is part of the id")
  void derivedId() {
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Derived.Order.class, Derived.Line.class).start()) {
      shop.inTransaction(
          session -> {
            Derived.Order order = new Derived.Order();
            order.id = 1L;
            session.persist(order);
          });
      assertFollows(
          shop,
          Derived.Order.class,
          "order.id",
          (order, number) -> {
            Derived.Line line = new Derived.Line();
            line.order = order;
            line.number = number;
            return line;
          },
          order -> order.lines.stream().map(line -> line.text).toList());
    }
  }

  @Test
  @DisplayName("CFG-04 the association is inside the embedded id: refused, and said why")
  void insideId() {
    assertThatThrownBy(
            () ->
                TestApplication.of(StoreKind.IN_PROCESS, Inside.Order.class, Inside.Line.class)
                    .start())
        .hasStackTraceContaining("Identity Cache cannot start: 1 problem")
        .hasStackTraceContaining("Line.id.order");
  }

  @Test
  @DisplayName("PAR-01 the association gives the id its part (@MapsId)")
  void mappedId() {
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Mapped.Order.class, Mapped.Line.class).start()) {
      shop.inTransaction(
          session -> {
            Mapped.Order order = new Mapped.Order();
            order.id = 1L;
            session.persist(order);
          });
      assertFollows(
          shop,
          Mapped.Order.class,
          "id.orderId",
          (order, number) -> {
            Mapped.Line line = new Mapped.Line();
            line.id = new LineId(null, number);
            line.order = order;
            return line;
          },
          order -> order.lines.stream().map(line -> line.text).toList());
    }
  }

  @Test
  @DisplayName("PAR-01 the association only reads a column of the id")
  void readFromTheId() {
    try (TestApplication shop =
        TestApplication.of(StoreKind.IN_PROCESS, Read.Order.class, Read.Line.class).start()) {
      shop.inTransaction(
          session -> {
            Read.Order order = new Read.Order();
            order.id = 1L;
            session.persist(order);
          });
      assertFollows(
          shop,
          Read.Order.class,
          "id.orderId",
          (order, number) -> {
            Read.Line line = new Read.Line();
            line.id = new LineId(1L, number);
            return line;
          },
          order -> order.lines.stream().map(line -> line.text).toList());
    }
  }

  private static <E> void assertFollows(
      TestApplication shop,
      Class<E> orders,
      String owner,
      BiFunction<E, Integer, Object> line,
      Function<E, List<String>> texts) {
    assertThat(texts.apply(shop.cache().fetch(orders, 1))).isEmpty();

    shop.inTransaction(session -> session.persist(line.apply(session.getReference(orders, 1L), 7)));
    assertThat(texts.apply(shop.cache().fetch(orders, 1))).as("inserted").hasSize(1);

    String find = "select l from Line l where l." + owner + " = 1";
    shop.inTransaction(
        session -> {
          Object found = session.createSelectionQuery(find, Object.class).getSingleResult();
          if (found instanceof Derived.Line derived) {
            derived.text = "new";
          } else if (found instanceof Mapped.Line mapped) {
            mapped.text = "new";
          } else {
            ((Read.Line) found).text = "new";
          }
        });
    assertThat(texts.apply(shop.cache().fetch(orders, 1))).as("changed").containsExactly("new");

    shop.inTransaction(
        session ->
            session.remove(session.createSelectionQuery(find, Object.class).getSingleResult()));
    assertThat(texts.apply(shop.cache().fetch(orders, 1))).as("removed").isEmpty();
  }
}
