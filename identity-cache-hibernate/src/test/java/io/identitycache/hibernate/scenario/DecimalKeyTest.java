package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreKind.class)
class DecimalKeyTest {

  /** The database gives the number back with two decimals, however it was written. */
  @Entity(name = "Ticket")
  @CacheIndex("seat")
  static class Ticket {
    @Id
    @Column(precision = 12, scale = 2)
    BigDecimal number;

    String seat;
  }

  interface TicketRepository extends CacheRepository<Ticket, BigDecimal> {
    List<Ticket> fetchBySeat(String seat);
  }

  private final TestApplication theatre;
  private final TicketRepository tickets;

  DecimalKeyTest(StoreKind kind) {
    theatre = TestApplication.of(kind, Ticket.class).start();
    tickets = theatre.repository(TicketRepository.class);
  }

  @BeforeEach
  void sell() {
    theatre.inTransaction(
        session -> {
          Ticket ticket = new Ticket();
          ticket.number = new BigDecimal("100");
          ticket.seat = "A1";
          session.persist(ticket);
        });
    theatre.reset();
  }

  @AfterEach
  void close() {
    theatre.close();
  }

  @Test
  @DisplayName("PK-01 a number written with other decimals is the same key, and the same entry")
  void fetch_ofANumberWrittenOtherwise_findsTheRow() {
    assertThat(tickets.fetchById(new BigDecimal("100"))).isPresent();
    assertThat(theatre.queries()).isEqualTo(1);
    theatre.reset();

    for (String written : List.of("1E+2", "100.0", "100.00", "100.000")) {
      assertThat(tickets.fetchById(new BigDecimal(written))).as(written).isPresent();
    }
    assertThat(
            tickets.fetchMulti(
                List.of(new BigDecimal("100.0"), new BigDecimal("100.00"), BigDecimal.ONE)))
        .hasSize(2);
    assertThat(tickets.fetchBySeat("A1")).hasSize(1);
    assertThat(theatre.queries()).isEqualTo(2); // the ticket 1, and the seat
  }

  @Test
  @DisplayName("PK-01 in a transaction and after a change too")
  void fetch_inATransactionAndAfterAChange_findsTheRow() {
    tickets.fetch(new BigDecimal("100.0"));
    theatre.inTransaction(session -> tickets.fetch(new BigDecimal("100.000")).seat = "B2");

    Optional<Ticket> moved = tickets.fetchById(new BigDecimal("100"));

    assertThat(moved).hasValueSatisfying(ticket -> assertThat(ticket.seat).isEqualTo("B2"));
    assertThat(tickets.fetchBySeat("A1")).isEmpty();
  }
}
