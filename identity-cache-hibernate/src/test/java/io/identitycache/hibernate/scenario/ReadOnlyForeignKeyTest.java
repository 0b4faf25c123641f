package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Children whose foreign key is written as a number; the association only reads its column. */
class ReadOnlyForeignKeyTest {

  @Entity(name = "Crate")
  @IdentityCached
  static class Crate {
    @Id Long id;

    @OneToMany(mappedBy = "crate")
    @OrderBy("id")
    @CacheEmbed
    List<Bottle> bottles = new ArrayList<>();

    @OneToMany(mappedBy = "crate")
    @OrderBy("id")
    @CacheReference
    List<Tag> tags = new ArrayList<>();

    protected Crate() {}

    Crate(long id) {
      this.id = id;
    }
  }

  @Entity(name = "Bottle")
  static class Bottle {
    @Id Long id;

    @Column(name = "crate_id")
    Long crateId;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "crate_id", insertable = false, updatable = false)
    Crate crate;

    protected Bottle() {}

    Bottle(long id, Long crateId) {
      this.id = id;
      this.crateId = crateId;
    }
  }

  @Entity(name = "Tag")
  @IdentityCached
  static class Tag {
    @Id Long id;

    @Column(name = "crate_id")
    Long crateId;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "crate_id", insertable = false, updatable = false)
    Crate crate;

    protected Tag() {}

    Tag(long id, Long crateId) {
      this.id = id;
      this.crateId = crateId;
    }
  }

  interface Crates extends CacheRepository<Crate, Long> {
    List<Tag> fetchTags(Crate crate);
  }

  private static TestApplication shop;
  private static Crates crates;
  private static long next;

  private long one;
  private long two;

  @BeforeAll
  static void start() {
    shop = TestApplication.of(StoreKind.IN_PROCESS, Crate.class, Bottle.class, Tag.class).start();
    crates = shop.repository(Crates.class);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @BeforeEach
  void twoCrates() {
    one = ++next;
    two = ++next;
    shop.inTransaction(
        session -> {
          session.persist(new Crate(one));
          session.persist(new Crate(two));
        });
    assertHold(List.of(), List.of());
  }

  /** The bottles, and the tags, of both. */
  private void assertHold(List<Long> ofOne, List<Long> ofTwo) {
    for (int time = 0; time < 2; time++) {
      List<Crate> both = crates.fetchMulti(List.of(one, two));
      assertThat(both.get(0).bottles).extracting(bottle -> bottle.id).isEqualTo(ofOne);
      assertThat(both.get(1).bottles).extracting(bottle -> bottle.id).isEqualTo(ofTwo);
      assertThat(crates.fetchTags(both.get(0))).extracting(tag -> tag.id).isEqualTo(ofOne);
      assertThat(crates.fetchTags(both.get(1))).extracting(tag -> tag.id).isEqualTo(ofTwo);
    }
    shop.reset();
  }

  @Test
  @DisplayName("PAR-01 PAR-02 PAR-09 PAR-16 the written number tells the owner: old and new ones")
  void writtenColumn_tellsTheOwner() {
    long id = ++next;
    shop.inTransaction(
        session -> {
          session.persist(new Bottle(id, one));
          session.persist(new Tag(id, one));
        });
    assertHold(List.of(id), List.of());

    shop.inTransaction(
        session -> {
          session.find(Bottle.class, id).crateId = two;
          session.find(Tag.class, id).crateId = two;
        });
    assertHold(List.of(), List.of(id));

    shop.inTransaction(
        session -> {
          session.find(Bottle.class, id).crateId = null;
          session.find(Tag.class, id).crateId = null;
        });
    assertHold(List.of(), List.of());

    try (StatelessSession session = shop.factory().openStatelessSession()) {
      session.beginTransaction();
      session.update(new Bottle(id, one));
      session.update(new Tag(id, one));
      session.getTransaction().commit();
    }
    assertHold(List.of(id), List.of());

    shop.inTransaction(
        session -> {
          session.remove(session.find(Bottle.class, id));
          session.remove(session.find(Tag.class, id));
        });
    assertHold(List.of(), List.of());
  }
}
