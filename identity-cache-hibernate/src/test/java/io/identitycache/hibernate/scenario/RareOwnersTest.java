package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.scenario.Orchard.Apple;
import io.identitycache.hibernate.scenario.Orchard.Basket;
import io.identitycache.hibernate.scenario.Orchard.Bird;
import io.identitycache.hibernate.scenario.Orchard.Bough;
import io.identitycache.hibernate.scenario.Orchard.Field;
import io.identitycache.hibernate.scenario.Orchard.FieldId;
import io.identitycache.hibernate.scenario.Orchard.Furrow;
import io.identitycache.hibernate.scenario.Orchard.Grove;
import io.identitycache.hibernate.scenario.Orchard.Hedge;
import io.identitycache.hibernate.scenario.Orchard.Nest;
import io.identitycache.hibernate.scenario.Orchard.Path;
import io.identitycache.hibernate.scenario.Orchard.Place;
import io.identitycache.hibernate.scenario.Orchard.Plaque;
import io.identitycache.hibernate.scenario.Orchard.Shoot;
import io.identitycache.hibernate.scenario.Orchard.Spot;
import io.identitycache.hibernate.scenario.Orchard.ThickBough;
import io.identitycache.hibernate.scenario.Orchard.Thorn;
import io.identitycache.hibernate.scenario.Orchard.Tree;
import io.identitycache.hibernate.scenario.Orchard.Twig;
import io.identitycache.hibernate.testing.Meanwhile;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.FailingStore;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.OptimisticLockException;
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
 * Which keys are deleted when something is written below an entry by rarer mappings, and in rarer
 * ways. One application for all tests, which sends its statements in batches; each has rows of its
 * own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RareOwnersTest {

  private TestApplication orchard;
  private long lastId;

  private long oak;
  private long elm;

  @BeforeAll
  void start() {
    orchard =
        TestApplication.of(StoreKind.IN_PROCESS, Orchard.ENTITIES)
            .with("hibernate.jdbc.batch_size", 20)
            .start();
  }

  @AfterAll
  void close() {
    orchard.close();
  }

  @BeforeEach
  void plantTwo() {
    oak = next();
    elm = next();
    prepare(
        session -> {
          session.persist(new Tree(oak));
          session.persist(new Tree(elm));
        });
  }

  private long next() {
    return ++lastId;
  }

  private void prepare(Consumer<Session> work) {
    orchard.inTransaction(work);
    orchard.awaitOwnersAsked();
    orchard.reset();
  }

  private void write(Consumer<Session> work) {
    orchard.reset();
    orchard.inTransaction(work);
  }

  private Set<String> deleted() {
    Set<String> deleted = new TreeSet<>();
    orchard.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.DELETE)
        .forEach(
            operation ->
                operation
                    .keys()
                    .forEach(
                        key -> {
                          String[] parts = key.text().split(":");
                          deleted.add(parts[2] + " " + parts[4]);
                        }));
    return deleted;
  }

  private static String tree(long id) {
    return "Tree " + id;
  }

  private Tree find(Session session, long id) {
    return session.find(Tree.class, id);
  }

  private long boughOf(long tree) {
    long id = next();
    prepare(session -> find(session, tree).boughs.add(new ThickBough(id, find(session, tree))));
    return id;
  }

  private long nestOf(long tree) {
    long id = next();
    prepare(
        session -> {
          Nest nest = new Nest(id);
          session.persist(nest);
          find(session, tree).nests.add(nest);
        });
    return id;
  }

  private long appleOf(long tree, long basket) {
    long id = next();
    prepare(
        session -> {
          Basket its = session.find(Basket.class, basket);
          if (its == null) {
            its = new Basket(basket);
            session.persist(its);
          }
          Apple apple = new Apple(id, its);
          // first, or the key would be null when it is inserted
          find(session, tree).apples.add(apple);
          session.persist(apple);
        });
    return id;
  }

  private void stateless(boolean inTransaction, Consumer<StatelessSession> work) {
    orchard.awaitOwnersAsked();
    orchard.reset();
    try (StatelessSession session = orchard.factory().openStatelessSession()) {
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
  @DisplayName("PAR-26 the database deletes the rows of a collection that has the key itself")
  void onDeleteOfACollectionsKey_affectsWhatGoes() {
    long basket = next();
    long apple = appleOf(oak, basket);

    write(session -> session.remove(find(session, oak)));

    assertThat(orchard.<Apple>fromTransaction(session -> session.find(Apple.class, apple)))
        .isNull();
    assertThat(deleted())
        .containsExactlyInAnyOrder(tree(oak), "Apple " + apple, "Basket " + basket);
  }

  @Test
  @DisplayName("PAR-26 the same by a stateless session in a transaction")
  void onDeleteOfACollectionsKey_affectsWhatGoesStatelessly() {
    long basket = next();
    long apple = appleOf(oak, basket);

    stateless(true, session -> session.delete(new Tree(oak)));

    assertThat(orchard.<Apple>fromTransaction(session -> session.find(Apple.class, apple)))
        .isNull();
    assertThat(deleted())
        .containsExactlyInAnyOrder(tree(oak), "Apple " + apple, "Basket " + basket);
  }

  @Test
  @DisplayName("Values of an embedded child: the owner of the child")
  void elementsOfAChild_affectTheOwner() {
    long bough = boughOf(oak);
    write(session -> session.find(Bough.class, bough).marks.add("x"));
    assertThat(deleted()).containsExactly(tree(oak));

    orchard.awaitOwnersAsked();
    write(session -> session.find(Bough.class, bough).marks = new HashSet<>(Set.of("y")));
    assertThat(deleted()).containsExactly(tree(oak));

    orchard.awaitOwnersAsked();
    write(session -> session.find(Bough.class, bough).marks = null);
    assertThat(deleted()).containsExactly(tree(oak));
  }

  @Test
  @DisplayName("Many-to-many of an embedded child: added, changed, taken away")
  void manyToManyOfAChild_affectsTheOwner() {
    long bough = boughOf(oak);
    long bird = next();
    prepare(session -> session.persist(new Bird(bird)));

    write(session -> session.find(Bough.class, bough).birds.add(session.find(Bird.class, bird)));
    assertThat(deleted()).containsExactly(tree(oak));
    orchard.awaitOwnersAsked();
    write(session -> session.find(Bird.class, bird).name = "new");
    assertThat(deleted()).containsExactly(tree(oak));
    orchard.awaitOwnersAsked();
    write(
        session -> {
          session.find(Bough.class, bough).birds.clear();
          session.remove(session.find(Bird.class, bird));
        });
    assertThat(deleted()).containsExactly(tree(oak));
  }

  @Test
  @DisplayName("Joined classes and a secondary table: every table of a child, and its removal")
  void joinedAndSecondary_affectTheOwner() {
    long bough = boughOf(oak);
    write(session -> session.find(ThickBough.class, bough).girth = 7);
    assertThat(deleted()).containsExactly(tree(oak));
    write(session -> session.find(Bough.class, bough).detail = "knotty");
    assertThat(deleted()).containsExactly(tree(oak));
    write(session -> session.find(Bough.class, bough).tree = session.getReference(Tree.class, elm));
    assertThat(deleted()).containsExactlyInAnyOrder(tree(oak), tree(elm));
    stateless(true, session -> session.delete(new ThickBough(bough, null)));
    assertThat(deleted()).contains(tree(elm));
  }

  @Test
  @DisplayName("A list with positions: two change places, and no row of an entity is written")
  void positions_affectTheOwner() {
    boughOf(oak);
    boughOf(oak);
    write(
        session -> {
          List<Bough> boughs = find(session, oak).boughs;
          boughs.add(0, boughs.remove(1));
        });
    assertThat(deleted()).containsExactly(tree(oak));
  }

  @Test
  @DisplayName("A child's foreign key is cleared, and the child removed, in one flush")
  void clearedAndRemoved_affectsTheOwner() {
    long bough = boughOf(oak);
    write(
        session -> {
          Bough gone = session.find(Bough.class, bough);
          gone.tree.boughs.remove(gone);
          gone.tree = null;
        });
    assertThat(deleted()).containsExactly(tree(oak));
  }

  @Test
  @DisplayName("A shared id: inserted, changed, removed, with and without session state")
  void sharedId_affectsTheOwner() {
    write(
        session -> {
          Plaque plaque = new Plaque(find(session, oak));
          session.persist(plaque);
        });
    assertThat(deleted()).containsExactly(tree(oak));
    write(session -> session.find(Plaque.class, oak).text = "new");
    assertThat(deleted()).containsExactly(tree(oak));
    for (boolean inTransaction : List.of(true, false)) {
      stateless(
          inTransaction,
          session -> {
            Plaque plaque = new Plaque(new Tree(oak));
            plaque.id = oak;
            plaque.text = "other";
            session.update(plaque);
          });
      assertThat(deleted()).containsExactly(tree(oak));
    }
    stateless(
        true,
        session -> {
          Plaque gone = new Plaque(null);
          gone.id = oak;
          session.delete(gone);
        });
    assertThat(deleted()).containsExactly(tree(oak));
  }

  @Test
  @DisplayName("Soft delete: found by a foreign key, and by a query")
  void softDelete_affectsTheOwner() {
    long twig = next();
    prepare(session -> session.persist(new Twig(twig, find(session, oak))));
    long nest = nestOf(elm);

    write(session -> session.remove(session.find(Twig.class, twig)));
    assertThat(deleted()).containsExactly(tree(oak));
    write(session -> session.remove(session.find(Nest.class, nest)));
    assertThat(deleted()).containsExactly(tree(elm));
    long another = nestOf(elm);
    stateless(true, session -> session.delete(new Nest(another)));
    assertThat(deleted()).containsExactly(tree(elm));
  }

  @Test
  @DisplayName("The session is cleared between flush and commit: owners are asked for all the same")
  void clearedSession_affectsOwners() {
    long bough = boughOf(oak);
    long nest = nestOf(elm);
    write(
        session -> {
          session.find(Bough.class, bough).marks.add("x");
          session.find(Nest.class, nest).name = "new";
          session.flush();
          session.clear();
        });
    assertThat(deleted()).containsExactlyInAnyOrder(tree(oak), tree(elm));
  }

  @Test
  @DisplayName("A merged graph: a child moved and another dropped from the list")
  void merged_affectsOwners() {
    long moved = boughOf(oak);
    long dropped = boughOf(oak);
    Tree detached =
        orchard.fromTransaction(
            session -> {
              Tree tree = find(session, oak);
              tree.boughs.forEach(
                  bough -> {
                    bough.marks.size();
                    bough.birds.size();
                  });
              tree.apples.size();
              tree.twigs.size();
              tree.nests.size();
              return tree;
            });
    detached.boughs.removeIf(bough -> bough.id == dropped);
    detached.boughs.get(0).marks = new HashSet<>(Set.of("x"));
    write(session -> session.merge(detached));
    assertThat(deleted()).containsExactly(tree(oak));

    orchard.awaitOwnersAsked();
    Bough other = new ThickBough(moved, new Tree(elm));
    write(
        session -> {
          other.tree = session.getReference(Tree.class, elm);
          session.merge(other);
        });
    assertThat(deleted()).containsExactlyInAnyOrder(tree(oak), tree(elm));
  }

  @Test
  @DisplayName(
      "A statement that waits in a batch fails while owners are asked for: so does the commit")
  void failedBatch_reachesTheApplication() {
    long thorn = next();
    prepare(session -> session.persist(new Thorn(thorn)));
    long nest = nestOf(oak);

    assertThatThrownBy(
            () ->
                write(
                    session -> {
                      Thorn stale = session.find(Thorn.class, thorn);
                      Nest gone = session.find(Nest.class, nest);
                      orchard
                          .database()
                          .execute("update Thorn set version = 9 where id = " + thorn);
                      session.remove(stale);
                      session.remove(gone);
                    }))
        .isInstanceOf(OptimisticLockException.class);
    assertThat(deleted()).isEmpty();
  }

  @Test
  @DisplayName("A nullable key with ON DELETE: Hibernate clears it first, and the rows stay")
  void nullableKeyOfACollection_leavesItsRows() {
    long thorn = next();
    prepare(
        session -> {
          Thorn its = new Thorn(thorn);
          session.persist(its);
          find(session, oak).thorns.add(its);
        });

    write(session -> session.remove(find(session, oak)));

    assertThat(deleted()).containsExactly(tree(oak));
    assertThat(orchard.<Thorn>fromTransaction(session -> session.find(Thorn.class, thorn)))
        .isNotNull();
  }

  @Test
  @DisplayName(
      "Another transaction moves a row between the question and its delete: the new owner is"
          + " not found (a caveat)")
  void movedBeforeItsDelete_isNotFound() {
    long nest = nestOf(oak);

    try (Session session = orchard.factory().openSession()) {
      session.beginTransaction();
      session.remove(session.find(Nest.class, nest));
      FailingStore.Stop question = orchard.database().stopAfterNextQuery();
      Meanwhile<Boolean> commit =
          Meanwhile.start(
              () -> {
                session.getTransaction().commit();
                return true;
              });
      question.awaitReached();
      orchard.database().execute("update Nest set tree_id = " + elm + " where id = " + nest);
      Meanwhile<Integer> fetched =
          Meanwhile.start(() -> orchard.cache().fetch(Tree.class, elm).nests.size());
      assertThat(fetched.result()).isEqualTo(1);
      orchard.store().reset();
      question.release();
      commit.result();
    }

    orchard.awaitOwnersAsked();
    assertThat(deleted()).containsExactly(tree(oak));
    assertThat(orchard.cache().fetch(Tree.class, elm).nests).as("stale").hasSize(1);
  }

  @Test
  @DisplayName("A row without a version is moved after it was loaded, then deleted (a caveat)")
  void movedBeforeItsDelete_withTheForeignKey_isNotFound() {
    long twig = next();
    prepare(session -> session.persist(new Twig(twig, find(session, oak))));

    write(
        session -> {
          Twig gone = session.find(Twig.class, twig);
          orchard.database().execute("update Twig set tree_id = " + elm + " where id = " + twig);
          session.remove(gone);
        });

    assertThat(deleted()).containsExactly(tree(oak));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("A foreign key inside an embeddable: moved, moved statelessly, deleted")
  void foreignKeyInAnEmbeddable_affectsOwners(boolean inTransaction) {
    long shoot = next();
    prepare(session -> session.persist(new Shoot(shoot, find(session, oak))));

    write(
        session ->
            session.find(Shoot.class, shoot).spot =
                new Spot(session.getReference(Tree.class, elm)));
    assertThat(deleted()).containsExactlyInAnyOrder(tree(oak), tree(elm));
    stateless(inTransaction, session -> session.update(new Shoot(shoot, new Tree(oak))));
    assertThat(deleted()).containsExactlyInAnyOrder(tree(oak), tree(elm));
    stateless(inTransaction, session -> session.delete(new Shoot(shoot, null)));
    assertThat(deleted()).containsExactly(tree(oak));
  }

  @Test
  @DisplayName(
      "A row is put elsewhere twice in one transaction, and no collection that had it told")
  void takenTwice_affectsAllThree() {
    long nest = nestOf(oak);
    long ash = next();
    prepare(session -> session.persist(new Tree(ash)));

    write(
        session -> {
          find(session, elm).nests.add(session.find(Nest.class, nest));
          session.flush();
          session.clear();
          find(session, ash).nests.add(session.find(Nest.class, nest));
        });

    assertThat(deleted()).containsExactlyInAnyOrder(tree(oak), tree(elm), tree(ash));
  }

  @Test
  @DisplayName("A statement without a transaction fails: the next one affects what it writes alone")
  void failedStatement_leavesNothingBehind() {
    long nest = nestOf(oak);
    long thorn = next();
    prepare(session -> session.persist(new Thorn(thorn)));
    Thorn stale = new Thorn(thorn);
    stale.version = 7;

    stateless(
        false,
        session -> {
          assertThatThrownBy(() -> session.update(stale)).isInstanceOf(RuntimeException.class);
          session.update(new Nest(nest));
        });

    assertThat(deleted()).containsExactly(tree(oak));
  }

  private static Place place(long number) {
    return new Place("fr", number);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("Ids of two parts: owner and child, in the row and by a join table")
  void embeddedIds_affectOwners(boolean inTransaction) {
    long one = next();
    long two = next();
    long path = next();
    long hedge = next();
    prepare(
        session -> {
          Grove first = new Grove(place(one));
          session.persist(first);
          session.persist(new Grove(place(two)));
          session.persist(new Path(place(path), first));
          Hedge its = new Hedge(place(hedge));
          session.persist(its);
          first.hedges.add(its);
        });

    write(
        session ->
            session.find(Path.class, place(path)).grove =
                session.getReference(Grove.class, place(two)));
    Set<String> both = deleted();
    assertThat(both).hasSize(2);

    stateless(
        inTransaction, session -> session.update(new Path(place(path), new Grove(place(one)))));
    assertThat(deleted()).isEqualTo(both);
    stateless(inTransaction, session -> session.delete(new Path(place(path), null)));
    assertThat(deleted()).hasSize(1).isSubsetOf(both);

    orchard.awaitOwnersAsked();
    write(session -> session.find(Hedge.class, place(hedge)).name = "new");
    assertThat(deleted()).hasSize(1).isSubsetOf(both);
    stateless(inTransaction, session -> session.update(new Hedge(place(hedge))));
    assertThat(deleted()).hasSize(1).isSubsetOf(both);
    orchard.awaitOwnersAsked();
    write(
        session -> {
          session.find(Grove.class, place(one)).hedges.clear();
          session.remove(session.find(Hedge.class, place(hedge)));
        });
    assertThat(deleted()).hasSize(1).isSubsetOf(both);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("Id classes: owner and child")
  void idClasses_affectOwners(boolean inTransaction) {
    long one = next();
    long two = next();
    long furrow = next();
    prepare(
        session -> {
          Field first = new Field("fr", one);
          session.persist(first);
          session.persist(new Field("fr", two));
          Furrow its = new Furrow("fr", furrow, first);
          session.persist(its);
          first.straight.add(its);
        });

    write(
        session ->
            session.find(Furrow.class, new FieldId("fr", furrow)).field =
                session.getReference(Field.class, new FieldId("fr", two)));
    Set<String> both = deleted();
    assertThat(both).hasSize(2);

    stateless(
        inTransaction, session -> session.update(new Furrow("fr", furrow, new Field("fr", one))));
    assertThat(deleted()).isEqualTo(both);
    orchard.awaitOwnersAsked();
    write(
        session -> {
          session.find(Field.class, new FieldId("fr", one)).straight.clear();
          session.find(Furrow.class, new FieldId("fr", furrow)).field =
              session.getReference(Field.class, new FieldId("fr", two));
        });
    assertThat(deleted()).isEqualTo(both);
    stateless(inTransaction, session -> session.delete(new Furrow("fr", furrow, null)));
    assertThat(deleted()).hasSize(1).isSubsetOf(both);
  }
}
