package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.model.Instances;
import io.identitycache.validation.Problems;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Struct;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Embeddables in one column, which only PostgreSQL keeps with both versions of Hibernate. */
class AggregatesTest {

  @Embeddable
  public static class Address {
    public String street;
    public Integer house;
  }

  @Embeddable
  @Struct(name = "point_type")
  public static class Position {
    public Integer x;
    public String label;
  }

  @Entity(name = "Site")
  public static class Site {
    @Id public Long id;

    @Embedded
    @JdbcTypeCode(SqlTypes.JSON)
    public Address address;

    public Position position;
  }

  @Test
  @DisplayName("SER-07 embeddables in one column equal the found ones")
  void embeddablesInOneColumn_equalTheFoundOnes() {
    try (SessionFactoryImplementor factory =
        MappedDatabase.POSTGRESQL.factory(List.of(Site.class), Map.of())) {
      Problems problems = new Problems();
      EntityStates states =
          Plans.of(
              factory.getMappingMetamodel().getEntityDescriptor(Site.class), factory, problems);
      problems.throwIfAny();
      factory.inTransaction(
          session -> {
            Site nothing = new Site();
            nothing.id = 1L;
            session.persist(nothing);
            Site full = new Site();
            full.id = 2L;
            full.address = new Address();
            full.address.street = "\"Stra\u00dfe\\";
            full.position = new Position();
            full.position.x = -1;
            full.position.label = "a, (b)";
            session.persist(full);
          });
      for (long id = 1; id <= 2; id++) {
        long of = id;
        factory.inSession(
            session -> {
              Site found = session.find(Site.class, of);
              byte[] state =
                  states
                      .dehydrate(
                          found, (SharedSessionContractImplementor) session, LoadedReferences.NONE)
                      .content();
              Comparison.assertSame(
                  found, states.hydrate(of, state, new Instances(), made -> {}), factory);
              assertThat(found.address == null).isEqualTo(of == 1);
            });
      }
    }
  }
}
