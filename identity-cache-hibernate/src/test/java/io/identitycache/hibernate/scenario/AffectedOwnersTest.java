package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identitycache.event.CacheEvent;
import io.identitycache.hibernate.scenario.Nursery.Answer;
import io.identitycache.hibernate.scenario.Nursery.Branch;
import io.identitycache.hibernate.scenario.Nursery.Catalogue;
import io.identitycache.hibernate.scenario.Nursery.Herb;
import io.identitycache.hibernate.scenario.Nursery.Label;
import io.identitycache.hibernate.scenario.Nursery.Leaf;
import io.identitycache.hibernate.scenario.Nursery.Note;
import io.identitycache.hibernate.scenario.Nursery.Picture;
import io.identitycache.hibernate.scenario.Nursery.Plant;
import io.identitycache.hibernate.scenario.Nursery.Pot;
import io.identitycache.hibernate.scenario.Nursery.Warning;
import io.identitycache.hibernate.testing.Meanwhile;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.key.CacheKey;
import io.identitycache.repository.CacheRepository;
import io.identitycache.testing.FailingStore;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which keys are deleted when something is written below an entry, and what it costs to find them.
 * One application for all tests; each has rows of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AffectedOwnersTest {

  private TestApplication nursery;
  private long lastId;

  private long rose;
  private long lily;

  @BeforeAll
  void start() {
    nursery = TestApplication.of(StoreKind.IN_PROCESS, Nursery.ENTITIES).start();
  }

  @AfterAll
  void close() {
    nursery.close();
  }

  @BeforeEach
  void plantTwo() {
    rose = next();
    lily = next();
    prepare(
        session -> {
          session.persist(new Plant(rose));
          session.persist(new Plant(lily));
        });
  }

  private long next() {
    return ++lastId;
  }

  /** Writes something whose invalidation is not looked at. */
  private void prepare(Consumer<Session> work) {
    nursery.inTransaction(work);
    nursery.awaitOwnersAsked();
    nursery.reset();
  }

  private void write(Consumer<Session> work) {
    nursery.inTransaction(work);
  }

  private Set<String> deleted() {
    Set<String> deleted = new TreeSet<>();
    for (CacheKey key : deletedKeys()) {
      String[] parts = key.text().split(":");
      deleted.add(parts[2] + " " + parts[4]);
    }
    return deleted;
  }

  private List<CacheKey> deletedKeys() {
    List<CacheKey> keys = new ArrayList<>();
    nursery.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.DELETE)
        .forEach(operation -> keys.addAll(operation.keys()));
    return keys;
  }

  private static String plant(long id) {
    return "Plant " + id;
  }

  private Plant find(Session session, long id) {
    return session.find(Plant.class, id);
  }

  private long branchOf(long plant) {
    long id = next();
    prepare(session -> session.persist(new Branch(id, find(session, plant))));
    return id;
  }

  private long leafOf(long branch) {
    long id = next();
    prepare(
        session -> {
          Leaf leaf = new Leaf(id);
          session.persist(leaf);
          session.find(Branch.class, branch).leaves.add(leaf);
        });
    return id;
  }

  private long pictureOf(long plant) {
    long id = next();
    prepare(session -> find(session, plant).pictures.add(new Picture(id)));
    return id;
  }

  private long herbOf(long... plants) {
    long id = next();
    prepare(
        session -> {
          Herb herb = new Herb(id);
          session.persist(herb);
          for (long plant : plants) {
            find(session, plant).herbs.add(herb);
          }
        });
    return id;
  }

  private long noteOf(long plant) {
    long id = next();
    prepare(session -> session.persist(new Note(id, find(session, plant))));
    return id;
  }

  @Test
  @DisplayName(
      "PAR-24 the foreign key of a changed child tells its owner: no query of the library's")
  void ownerInTheRow_costsNoQuery() {
    long branch = branchOf(rose);

    write(session -> session.find(Branch.class, branch).name = "new");

    nursery.awaitOwnersAsked();
    assertThat(deleted()).containsExactly(plant(rose));
    assertThat(nursery.queries()).as("find and update").isEqualTo(2);
    assertThat(nursery.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("PAR-02 moved twice in one transaction, refreshed in between: all three owners")
  void movedTwice_affectsAllThreeOwners() {
    long branch = branchOf(rose);
    long daisy = next();
    prepare(session -> session.persist(new Plant(daisy)));

    write(
        session -> {
          Branch moved = session.find(Branch.class, branch);
          moved.plant = session.getReference(Plant.class, lily);
          session.flush();
          session.refresh(moved);
          moved.plant = session.getReference(Plant.class, daisy);
        });

    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily), plant(daisy));
    assertThat(nursery.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("PAR-16 foreign key set to null: the old owner, of embedded and referenced ones")
  void foreignKeyToNull_affectsTheOldOwner() {
    long branch = branchOf(rose);
    long note = noteOf(lily);

    write(
        session -> {
          session.find(Branch.class, branch).plant = null;
          session.find(Note.class, note).plant = null;
        });

    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily), "Note " + note);
  }

  @Test
  @DisplayName("PAR-08 of an unversioned referenced child only its order affects the owner's ids")
  void referencedChild_affectsOwnerOnlyByItsOrder() {
    long note = noteOf(rose);

    write(session -> session.find(Note.class, note).text = "new");
    assertThat(deleted()).containsExactly("Note " + note);

    nursery.reset();
    write(session -> session.find(Note.class, note).stars = 5);
    assertThat(deleted()).containsExactlyInAnyOrder("Note " + note, plant(rose));
  }

  @Test
  @DisplayName("PAR-01 a version increased by a lock of an embedded child: its owner")
  void forcedVersion_affectsTheOwner() {
    long branch = branchOf(rose);

    write(session -> session.find(Branch.class, branch, LockModeType.PESSIMISTIC_FORCE_INCREMENT));

    assertThat(deleted()).containsExactly(plant(rose));
  }

  @Test
  @DisplayName(
      "PAR-03 two levels through a @JoinColumn: one query for all, and one after the commit")
  void joinColumn_isAskedForOncePerLevel() {
    long branch = branchOf(rose);
    long other = branchOf(lily);
    long leaf = leafOf(branch);
    long another = leafOf(other);
    long third = leafOf(other);

    write(
        session -> {
          session.find(Leaf.class, leaf).name = "new";
          session.find(Leaf.class, another).name = "new";
          session.find(Leaf.class, third).name = "new";
        });

    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily));
    nursery.awaitOwnersAsked();
    // leaf to branch, and branch to plant
    assertThat(nursery.queries()).isEqualTo(3 + 3 + 2 + 2);
    assertThat(nursery.ops()).as("nothing is left to delete").isEqualTo(1);
  }

  @Test
  @DisplayName("PAR-02 a leaf is put on another branch, and the old one is not told: both trees")
  void joinColumnMoved_affectsBothTrees() {
    long branch = branchOf(rose);
    long other = branchOf(lily);
    long leaf = leafOf(branch);

    write(
        session -> {
          Leaf moved = session.find(Leaf.class, leaf);
          session.find(Branch.class, other).leaves.add(moved);
        });

    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily));
  }

  @Test
  @DisplayName("A deleted row whose owner only a query finds is asked for before, all at once")
  void deletedJoinColumnRows_areAskedForBeforeAndTogether() {
    long branch = branchOf(rose);
    long other = branchOf(lily);
    List<Long> leaves = List.of(leafOf(branch), leafOf(branch), leafOf(other));

    write(
        session -> {
          List<Leaf> found = leaves.stream().map(id -> session.find(Leaf.class, id)).toList();
          nursery.database().reset();
          found.forEach(session::remove);
        });

    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily));
    assertThat(nursery.database().journal())
        .filteredOn(line -> line.equals("SELECT") || line.equals("DELETE"))
        .startsWith("SELECT", "DELETE", "DELETE", "DELETE", "SELECT");
    assertThat(nursery.ops()).isEqualTo(1);
  }

  @Test
  @DisplayName("DEF-04 branches and leaves go with cascade and orphan removal: every key once")
  void cascadedDeletes_deleteEveryKeyOnce() {
    long branch = branchOf(rose);
    long other = branchOf(rose);
    leafOf(branch);
    leafOf(other);

    write(
        session -> {
          find(session, rose).branches.remove(0);
          session.flush();
          find(session, rose).branches.clear();
        });
    nursery.awaitOwnersAsked();

    assertThat(deleted()).containsExactly(plant(rose));
    assertThat(deletedKeys()).hasSize(1);

    nursery.reset();
    long third = branchOf(rose);
    leafOf(third);
    write(session -> session.remove(find(session, rose)));
    nursery.awaitOwnersAsked();
    assertThat(deleted()).containsExactly(plant(rose));
    assertThat(deletedKeys()).hasSize(1);
  }

  @Test
  @DisplayName("Join table: a changed picture, an added one, a removed one, a deleted one")
  void joinTable_affectsTheOwner() {
    long picture = pictureOf(rose);

    write(session -> session.find(Picture.class, picture).name = "new");
    assertThat(deleted()).containsExactly(plant(rose));

    nursery.awaitOwnersAsked();
    nursery.reset();
    long another = next();
    write(session -> find(session, rose).pictures.add(new Picture(another)));
    nursery.awaitOwnersAsked();
    assertThat(deleted()).containsExactly(plant(rose));
    assertThat(nursery.database().connectionsBorrowed())
        .as("nobody has to be asked who has an inserted row")
        .isEqualTo(1);

    nursery.reset();
    write(
        session -> {
          Picture gone = session.find(Picture.class, picture);
          find(session, rose).pictures.remove(gone);
          session.remove(gone);
        });
    assertThat(deleted()).containsExactly(plant(rose));
  }

  @Test
  @DisplayName("EXP-18 only a collection of an unversioned owner changes, or is replaced, or null")
  void collectionOnly_affectsTheOwner() {
    write(session -> find(session, rose).words.add("red"));
    assertThat(deleted()).containsExactly(plant(rose));

    nursery.reset();
    write(session -> find(session, rose).words = new HashSet<>(Set.of("blue")));
    assertThat(deleted()).containsExactly(plant(rose));

    nursery.reset();
    write(session -> find(session, rose).words = null);
    assertThat(deleted()).containsExactly(plant(rose));

    nursery.reset();
    write(
        session -> {
          find(session, rose).words.add("green");
          session.flush();
          session.getTransaction().markRollbackOnly();
        },
        true);
    assertThat(deleted()).isEmpty();
  }

  private void write(Consumer<Session> work, boolean rolledBack) {
    assertThat(rolledBack).isTrue();
    try (Session session = nursery.factory().openSession()) {
      session.beginTransaction();
      work.accept(session);
      session.getTransaction().rollback();
    }
  }

  @Test
  @DisplayName("Many-to-many: the side with the join table tells the elements that came or went")
  void manyToMany_affectsBothSides() {
    long mint = herbOf(rose);
    long sage = herbOf();

    write(
        session -> {
          Plant plant = find(session, rose);
          plant.herbs.remove(session.find(Herb.class, mint));
          plant.herbs.add(session.getReference(Herb.class, sage));
        });

    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), "Herb " + mint, "Herb " + sage);
  }

  @Test
  @DisplayName("Many-to-many replaced: those it had are asked for, those it has are known")
  void manyToManyReplaced_affectsBothSides() {
    long mint = herbOf(rose);
    long sage = herbOf();

    write(
        session ->
            find(session, rose).herbs =
                new HashSet<>(Set.of(session.getReference(Herb.class, sage))));
    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), "Herb " + mint, "Herb " + sage);

    nursery.reset();
    write(session -> find(session, rose).herbs = null);
    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), "Herb " + sage);
  }

  @Test
  @DisplayName(
      "Many-to-many, an owner removed with its collection unread: elements, and their owners")
  void manyToManyOwnerRemoved_affectsTheElements() {
    long mint = herbOf(rose, lily);

    write(session -> session.remove(find(session, rose)));

    // the lily embeds the mint, and with it the ids of its plants
    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily), "Herb " + mint);
  }

  @Test
  @DisplayName("Many-to-many, an element changes: all that embed it, with one query")
  void manyToManyElementChanged_affectsItsOwners() {
    long mint = herbOf(rose, lily);

    write(session -> session.find(Herb.class, mint).name = "new");

    assertThat(deleted()).containsExactlyInAnyOrder("Herb " + mint, plant(rose), plant(lily));
    nursery.awaitOwnersAsked();
    assertThat(nursery.queries()).isEqualTo(2 + 1 + 1);
  }

  @Test
  @DisplayName("The inverse side alone changes no row, and no entry")
  void inverseSideOnly_affectsNothing() {
    long mint = herbOf();
    branchOf(rose);

    write(
        session -> {
          session.find(Herb.class, mint).plants.add(find(session, rose));
          find(session, lily).branches.add(find(session, rose).branches.get(0));
        });

    assertThat(deleted()).isEmpty();
    assertThat(nursery.ops()).isZero();
  }

  @Test
  @DisplayName("One-to-one: either side that has the foreign key, moved and deleted")
  void oneToOne_affectsTheOwner() {
    long label = next();
    long pot = next();
    prepare(
        session -> {
          session.persist(new Label(label, find(session, rose)));
          session.persist(new Pot(pot));
          find(session, lily).pot = session.getReference(Pot.class, pot);
        });

    write(session -> session.find(Label.class, label).plant = find(session, lily));
    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily));

    nursery.reset();
    write(session -> session.find(Pot.class, pot).name = "new");
    assertThat(deleted()).containsExactly(plant(lily));

    nursery.awaitOwnersAsked();
    nursery.reset();
    write(
        session -> {
          find(session, lily).pot = null;
          find(session, lily).label = null;
          session.remove(session.find(Pot.class, pot));
          session.remove(session.find(Label.class, label));
        });
    assertThat(deleted()).containsExactly(plant(lily));
  }

  @Test
  @DisplayName("PAR-26 the database deletes notes and their answers: they and what embeds them")
  void onDelete_affectsWhatGoes() {
    long note = noteOf(rose);
    long another = noteOf(lily);
    long catalogue = next();
    long warning = next();
    prepare(
        session -> {
          session.persist(new Catalogue(catalogue));
          session.persist(
              new Answer(
                  next(),
                  session.getReference(Note.class, note),
                  session.getReference(Catalogue.class, catalogue)));
          session.persist(new Warning(warning, session.getReference(Plant.class, lily)));
        });

    write(
        session -> {
          session.remove(find(session, rose));
          session.remove(find(session, lily));
        });

    assertThat(deleted())
        .containsExactlyInAnyOrder(
            plant(rose),
            plant(lily),
            "Note " + note,
            "Note " + another,
            "Catalogue " + catalogue,
            "Warning " + warning);
    assertThat(deletedKeys()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SLS-01 stateless: an embedded child moved, changed, inserted, deleted")
  void stateless_affectsOwners(boolean inTransaction) {
    long branch = branchOf(rose);

    stateless(inTransaction, session -> session.update(branch(branch, lily)));
    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily));

    nursery.awaitOwnersAsked();
    nursery.reset();
    long another = next();
    stateless(inTransaction, session -> session.insert(new Branch(another, new Plant(rose))));
    assertThat(deleted()).containsExactly(plant(rose));

    nursery.awaitOwnersAsked();
    nursery.reset();
    Branch gone = new Branch(another, null);
    stateless(inTransaction, session -> session.delete(gone));
    assertThat(deleted()).containsExactly(plant(rose));
  }

  private static Branch branch(long id, long plant) {
    return new Branch(id, new Plant(plant));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SLS-01 stateless: a leaf that only a query leads from, and both sides of herbs")
  void stateless_asksForOwners(boolean inTransaction) {
    long leaf = leafOf(branchOf(rose));
    long mint = herbOf(lily);

    stateless(inTransaction, session -> session.update(new Leaf(leaf)));
    assertThat(deleted()).containsExactly(plant(rose));

    nursery.awaitOwnersAsked();
    nursery.reset();
    stateless(inTransaction, session -> session.delete(new Plant(lily)));
    assertThat(deleted()).contains(plant(lily), "Herb " + mint);
  }

  @Test
  @DisplayName("SLS-01 stateless: a rollback leaves all as it was")
  void statelessRollback_affectsNothing() {
    long branch = branchOf(rose);
    try (StatelessSession session = nursery.factory().openStatelessSession()) {
      session.beginTransaction();
      Branch moved = branch(branch, lily);
      session.update(moved);
      session.delete(moved);
      session.getTransaction().rollback();
    }
    assertThat(nursery.ops()).isZero();
  }

  private void stateless(boolean inTransaction, Consumer<StatelessSession> work) {
    try (StatelessSession session = nursery.factory().openStatelessSession()) {
      if (inTransaction) {
        session.beginTransaction();
      }
      work.accept(session);
      if (inTransaction) {
        session.getTransaction().commit();
      }
    }
  }

  @Test
  @DisplayName("A rollback asks for no owners")
  void rollback_asksForNothing() {
    long leaf = leafOf(branchOf(rose));
    nursery.reset();

    write(
        session -> {
          session.find(Leaf.class, leaf).name = "new";
          session.flush();
        },
        true);
    nursery.awaitOwnersAsked();

    assertThat(nursery.queries()).as("find and update").isEqualTo(2);
    assertThat(nursery.ops()).isZero();
  }

  @Test
  @DisplayName(
      "Between the look and the commit another transaction moves the branch: found after it")
  void movedBeforeTheCommit_isFoundAfterIt() {
    long branch = branchOf(rose);
    long leaf = leafOf(branch);

    try (Session session = nursery.factory().openSession()) {
      session.beginTransaction();
      session.find(Leaf.class, leaf).name = "new";
      session.flush();
      nursery.database().reset();
      // the look goes from leaf to branch, and from branch to plant
      FailingStore.Stop first = nursery.database().stopAfterNextQuery();
      FailingStore.Stop second = nursery.database().stopAfterNextQuery();
      Meanwhile<Boolean> commit =
          Meanwhile.start(
              () -> {
                session.getTransaction().commit();
                return true;
              });
      first.awaitReached();
      first.release();
      second.awaitReached();
      nursery.database().execute("update Branch set plant_id = " + lily + " where id = " + branch);
      second.release();
      commit.result();
    }

    await().untilAsserted(() -> assertThat(deleted()).contains(plant(lily)));
    assertThat(deleted()).containsExactlyInAnyOrder(plant(rose), plant(lily));
    assertThat(nursery.ops()).isEqualTo(2);
  }

  @Test
  @DisplayName("Owners cannot be asked for: the commit stands, and the library asks again after it")
  void failedSearch_doesNotDisturbTheCommit() {
    long leaf = leafOf(branchOf(rose));

    try (Session session = nursery.factory().openSession()) {
      session.beginTransaction();
      session.find(Leaf.class, leaf).name = "kept";
      session.flush();
      nursery.database().failQueries(1);
      session.getTransaction().commit();
    }

    await().untilAsserted(() -> assertThat(deleted()).containsExactly(plant(rose)));
    assertThat(nursery.count(CacheEvent.Kind.INVALIDATION_SENT, "Plant")).isEqualTo(1);
    assertThat(nursery.<String>fromTransaction(session -> session.find(Leaf.class, leaf).name))
        .isEqualTo("kept");
  }

  @Test
  @DisplayName("A transaction that has changed only a collection has written: fetches see it")
  void collectionOnly_makesTheTransactionDirty() {
    assertThatThrownBy(
            () ->
                nursery.inTransaction(
                    session -> {
                      find(session, rose).words.add("red");
                      session.flush();
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(nursery.ops()).isZero();
  }

  /** A repository of what plants refer to. */
  interface Notes extends CacheRepository<Note, Long> {}

  /** A repository of what plants embed. */
  interface Herbs extends CacheRepository<Herb, Long> {}

  @Test
  @DisplayName(
      "EXP-12 moved by plain JDBC, then invalidateById: the old and the new owner, 1 query")
  void invalidateById_affectsOldAndNewOwner() {
    Notes notes = nursery.repository(Notes.class);
    long note = noteOf(rose);
    notes.fetch(note);
    nursery.database().execute("update Note set plant_id = " + lily + " where id = " + note);
    nursery.reset();

    notes.invalidateById(note);

    assertThat(deleted()).containsExactlyInAnyOrder("Note " + note, plant(rose), plant(lily));
    assertThat(nursery.queries()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "EXP-12 invalidateById of what only a query leads from: one query more for its owners")
  void invalidateById_asksForOwners() {
    long mint = herbOf(rose, lily);

    nursery.repository(Herbs.class).invalidateById(mint);

    assertThat(deleted()).containsExactlyInAnyOrder("Herb " + mint, plant(rose), plant(lily));
    assertThat(nursery.queries()).isEqualTo(2);
  }

  @Test
  @DisplayName("EXP-06 invalidate drops the owners' entries too; in a transaction, with its commit")
  void invalidate_affectsOwners() {
    Notes notes = nursery.repository(Notes.class);
    long note = noteOf(rose);
    Note fetched = notes.fetch(note);
    nursery.reset();

    notes.invalidate(fetched);
    assertThat(deleted()).containsExactlyInAnyOrder("Note " + note, plant(rose));
    assertThat(nursery.queries()).isZero();

    nursery.reset();
    long mint = herbOf(lily);
    write(
        session -> {
          nursery.repository(Herbs.class).invalidate(session.find(Herb.class, mint));
          assertThat(deleted()).isEmpty();
        });
    assertThat(deleted()).containsExactlyInAnyOrder("Herb " + mint, plant(lily));
  }
}
