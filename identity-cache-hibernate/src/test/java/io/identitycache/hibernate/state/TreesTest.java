package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identitycache.entry.UndecodableEntryException;
import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.hibernate.mappings.TreeRows;
import io.identitycache.hibernate.mappings.Trees;
import io.identitycache.hibernate.mappings.Trees.Catalog;
import io.identitycache.hibernate.mappings.Trees.Item;
import io.identitycache.hibernate.mappings.Trees.Label;
import io.identitycache.hibernate.mappings.Trees.Note;
import io.identitycache.hibernate.mappings.Trees.Page;
import io.identitycache.hibernate.mappings.Trees.Row;
import io.identitycache.model.AssociationAccess;
import io.identitycache.model.Instances;
import io.identitycache.model.RowState;
import io.identitycache.validation.Problems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Rows with all that is embedded in them, dehydrated and hydrated. */
@TestInstance(Lifecycle.PER_CLASS)
class TreesTest {

  private SessionFactoryImplementor factory;
  private StatePlans plans;
  private EntityStates states;
  private RowState full;
  private RowState empty;

  @BeforeAll
  void start() {
    factory = MappedDatabase.H2.factory(Trees.ENTITIES, Map.of());
    factory.inTransaction(TreeRows::persist);
    Problems problems = new Problems();
    plans = Plans.annotated(factory, problems);
    states = plans.statesOf(persister(Catalog.class));
    problems.throwIfAny();
    full = LoadedTrees.dehydrate(1L, factory, states);
    empty = LoadedTrees.dehydrate(2L, factory, states);
  }

  @AfterAll
  void stop() {
    factory.close();
  }

  private EntityPersister persister(Class<?> entity) {
    return factory.getMappingMetamodel().getEntityDescriptor(entity);
  }

  private Catalog hydrate() {
    return hydrate(new Instances(), new ArrayList<>());
  }

  private Catalog hydrate(Instances instances, List<Object> made) {
    return (Catalog) states.hydrate(1L, full.content(), instances, made::add);
  }

  @Test
  @DisplayName("SER-07 a hydrated tree equals the loaded one, attribute by attribute")
  void hydratedTree_equalsTheLoadedOne() {
    for (RowState state : List.of(full, empty)) {
      long id = state == full ? 1L : 2L;
      Object hydrated = states.hydrate(id, state.content(), new Instances(), made -> {});
      LoadedTrees.load(
          id,
          factory,
          (loaded, session) ->
              assertThat(TreeText.of(hydrated, factory)).isEqualTo(TreeText.of(loaded, factory)));
    }
  }

  @Test
  @DisplayName("EMB-04 an embedded collection is a plain one of the declared kind")
  void embeddedCollections_arePlain() {
    Catalog catalog = hydrate();
    assertThat(catalog.pages).hasSameClassAs(new ArrayList<>());
    assertThat(catalog.items).hasSameClassAs(new ArrayList<>());
    assertThat(catalog.labels).hasSameClassAs(new TreeSet<>());
    assertThat(catalog.linked).hasSameClassAs(new LinkedHashSet<>());
    assertThat(catalog.linkedByName).hasSameClassAs(new LinkedHashMap<>());
    assertThat(catalog.sorted).hasSameClassAs(new TreeMap<>());
    assertThat(catalog.entries).hasSameClassAs(new HashSet<>());
    assertThat(catalog.byCode).hasSameClassAs(new HashMap<>());
    assertThat(catalog.pages.get(0).notes).hasSameClassAs(new HashSet<>());
  }

  @Test
  @DisplayName("EMB-01 an embedded collection is in the association's order, with its holes")
  void embeddedCollections_areInOrder() {
    Catalog catalog = hydrate();
    assertThat(catalog.pages).extracting(page -> page.position).containsExactly(1, 2, 3);
    assertThat(catalog.items)
        .extracting(item -> item == null ? null : item.id)
        .containsExactly(3L, null, 1L);
    assertThat(catalog.linked).extracting(label -> label.name).containsExactly("l3", "l2", "l1");
    assertThat(catalog.linkedByName.keySet()).containsExactly("l3", "l2", "l1");
    assertThat(catalog.labels).extracting(label -> label.name).containsExactly("l1", "l2", "l3");
    assertThat(catalog.sorted.keySet()).containsExactly(-7, 7);
    assertThat(catalog.lines).containsExactly("x", null, "z");
    assertThat(catalog.rows).extracting(Row::amount).containsExactly(1, 2);
  }

  @Test
  @DisplayName("EMB-10 inverse sides lead to the owner instance, at every level")
  void inverseSides_leadToTheOwner() {
    Catalog catalog = hydrate();
    assertThat(catalog.pages).allSatisfy(page -> assertThat(page.catalog).isSameAs(catalog));
    Page last = catalog.pages.get(2);
    assertThat(last.notes).hasSize(2).allSatisfy(note -> assertThat(note.page).isSameAs(last));
    assertThat(catalog.entries).allSatisfy(entry -> assertThat(entry.catalog).isSameAs(catalog));
    assertThat(catalog.cover.catalog).isSameAs(catalog);
    assertThat(catalog.contents.catalog).isSameAs(catalog);
    assertThat(catalog.extra.catalog).isSameAs(catalog);
    assertThat(catalog.prices.get("CHF").catalog).isSameAs(catalog);
    assertThat(catalog.rows.get(1).of()).isSameAs(catalog);
  }

  @Test
  void oneRowInATree_isOneInstance() {
    Catalog catalog = hydrate();
    Item first = catalog.items.get(2);
    assertThat(catalog.favourites).anySatisfy(item -> assertThat(item).isSameAs(first));
    assertThat(catalog.byCode.get("i3")).isSameAs(catalog.items.get(0));
    assertThat(catalog.rows.get(1).item()).isSameAs(first);
    assertThat(catalog.main).isSameAs(catalog.linkedByName.get("l2"));
  }

  @Test
  void reference_becomesTheInstanceBeforeOrAfterItInTheTree() {
    List<Page> pages = hydrate().pages;
    assertThat(pages.get(0).next).isSameAs(pages.get(2));
    assertThat(pages.get(1).next).isSameAs(pages.get(0));
    assertThat(pages.get(2).next).isSameAs(pages.get(2));
  }

  @Test
  void elementsWithAHashCodeOverTheirOwner_areFound() {
    Page page = hydrate().pages.get(2);
    for (Note note : page.notes) {
      assertThat(page.notes.contains(note)).isTrue();
    }
  }

  @Test
  void callbacks_seeTheirFilledCollections_beforeTheirOwners() {
    List<Object> made = new ArrayList<>();
    Catalog catalog = hydrate(new Instances(), made);
    assertThat(catalog.pages).extracting(page -> page.notesAtCallback).containsExactly(0, 1, 2);
    assertThat(made).doesNotHaveDuplicates().endsWith(catalog);
    assertThat(made.stream().filter(Page.class::isInstance)).hasSize(3);
    assertThat(made.indexOf(catalog.pages.get(2)))
        .isGreaterThan(made.indexOf(catalog.pages.get(2).notes.iterator().next()));
  }

  @Test
  @DisplayName("EMB-13 what is not marked stays uninitialised inside embedded rows as well")
  void unmarkedAssociations_stayUninitialised() {
    Catalog catalog = hydrate();
    assertThatThrownBy(() -> catalog.unmarked.size())
        .isInstanceOf(LazyInitializationException.class);
    assertThatThrownBy(() -> catalog.pages.get(0).offers.size())
        .isInstanceOf(LazyInitializationException.class);
  }

  @Test
  @DisplayName("EMB-15 empty collections are empty, embedded to-ones without a row are null")
  void nothing_isStoredAsNothing() {
    Catalog catalog = (Catalog) states.hydrate(2L, empty.content(), new Instances(), made -> {});
    assertThat(catalog.pages).isEmpty();
    assertThat(catalog.sorted).isEmpty();
    assertThat(catalog.cover).isNull();
    assertThat(catalog.contents).isNull();
    assertThat(catalog.extra).isNull();
    assertThat(catalog.twin).isNull();
    assertThat(catalog.audit).isNull();
    assertThat(access("offers").ids(catalog)).isEmpty();
  }

  private AssociationAccess access(String attribute) {
    EntityPersister catalog = persister(Catalog.class);
    return plans.accessTo(catalog, catalog.findAttributeMapping(attribute));
  }

  @Test
  void referencedCollection_isUninitialised_andKnowsItsIds() {
    Catalog catalog = hydrate();
    assertThatThrownBy(() -> catalog.offers.size()).isInstanceOf(LazyInitializationException.class);
    assertThat(access("offers").isLoaded(catalog)).isFalse();
    assertThat(access("offers").ids(catalog)).containsExactly(41L, 42L);
    assertThat(access("ranked").ids(catalog)).containsExactly(2L, 1L);
    assertThat(access("keyed").ids(catalog)).containsExactly(3L, 1L);
    assertThat(access("unmarked").ids(catalog)).isNull();
  }

  @Test
  void referencedCollection_isResolvedInTheDeclaredKind() {
    Catalog catalog = hydrate();
    Map<Object, Object> labels = new HashMap<>();
    catalog.labels.forEach(label -> labels.put(label.id, label));
    access("ranked").resolve(catalog, labels::get);
    access("keyed").resolve(catalog, id -> id.equals(3L) ? labels.get(id) : null);
    access("offers").resolve(catalog, id -> null);
    assertThat(catalog.ranked)
        .hasSameClassAs(new ArrayList<>())
        .containsExactly((Label) labels.get(2L), null, (Label) labels.get(1L));
    assertThat(catalog.keyed)
        .hasSameClassAs(new TreeMap<>())
        .containsExactly(Map.entry(1, (Label) labels.get(3L)));
    assertThat(catalog.offers).hasSameClassAs(new ArrayList<>()).isEmpty();
    assertThat(access("ranked").isLoaded(catalog)).isTrue();
    assertThat(access("ranked").targets(catalog)).containsExactly(labels.get(2L), labels.get(1L));
    assertThat(access("keyed").targets(catalog)).containsExactly(labels.get(3L));
  }

  @Test
  void referencedToOne_knowsItsIdOnly_whicheverRowHoldsTheKey() {
    Catalog catalog = hydrate();
    assertThat(Hibernate.isInitialized(catalog.audit)).isFalse();
    assertThat(access("audit").ids(catalog)).containsExactly(51L);
    assertThat(access("audit").isLoaded(catalog)).isFalse();
    assertThat(access("main").ids(catalog)).containsExactly(2L);
    Trees.Audit audit = new Trees.Audit();
    access("audit").resolve(catalog, id -> null);
    assertThat(catalog.audit).isNotSameAs(audit);
    access("audit").resolve(catalog, id -> audit);
    assertThat(catalog.audit).isSameAs(audit);
    assertThat(access("audit").isOf(audit)).isFalse();
    assertThat(access("audit").isOf(catalog)).isTrue();
  }

  @Test
  void rowKnownInTheCall_getsNoSecondInstance() {
    Instances instances = new Instances();
    List<Object> made = new ArrayList<>();
    Catalog first = hydrate(instances, made);
    int before = made.size();
    assertThat(hydrate(instances, made)).isSameAs(first);
    assertThat(made).hasSize(before);
    EntityStates pages = plans.statesOf(persister(Page.class));
    assertThat(pages.known(29L, instances)).isSameAs(first.pages.get(0));
  }

  @Test
  void embeddedRowKnownInTheCall_isTheKnownInstance() {
    Instances instances = new Instances();
    Item known = new Item();
    known.id = 1L;
    EntityStates items = plans.statesOf(persister(Item.class));
    instances.put(
        persister(Item.class).getRootEntityName(), items.identifiers().comparable(1L), known);
    List<Object> made = new ArrayList<>();
    Catalog catalog = hydrate(instances, made);
    assertThat(catalog.items.get(2)).isSameAs(known);
    assertThat(catalog.favourites).anySatisfy(item -> assertThat(item).isSameAs(known));
    assertThat(made).doesNotContain(known);
  }

  @Test
  void largestAssociation_isThatOfTheRoot() {
    assertThat(full.largestAssociation()).isEqualTo("pages");
    assertThat(full.largestSize()).isBetween(50, full.content().length);
    assertThat(empty.largestSize()).isEqualTo(1);
  }

  @Test
  @DisplayName("SER-05 a truncated tree does not decode, and leaves nothing behind")
  void truncatedTree_doesNotDecode() {
    for (int length = 0; length < full.content().length; length++) {
      byte[] truncated = Arrays.copyOf(full.content(), length);
      List<Object> made = new ArrayList<>();
      Instances instances = new Instances();
      assertThatThrownBy(() -> states.hydrate(1L, truncated, instances, made::add))
          .isInstanceOf(UndecodableEntryException.class);
      assertThat(made).isEmpty();
      assertThat(states.known(1L, instances)).isNull();
    }
  }

  @Test
  @DisplayName("SER-05 a damaged tree ends in no other exception than the expected one")
  void damagedTree_doesNotDecodeOrIsAnInstance() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = full.content().clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Throwable thrown =
          catchThrowable(() -> states.hydrate(1L, damaged, new Instances(), made -> {}));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(UndecodableEntryException.class);
      }
    }
  }

  @Test
  void embeddedAssociationThatWasNotLoaded_isAnError() {
    factory.inSession(
        session ->
            assertThatThrownBy(
                    () ->
                        states.dehydrate(
                            session.find(Catalog.class, 1L),
                            (SessionImplementor) session,
                            LoadedReferences.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has not been loaded"));
  }

  @Test
  void valuesOfASessionThatKeepsNone_areTheSame() {
    byte[] readOnly =
        factory.fromSession(
            session -> {
              session.setDefaultReadOnly(true);
              return LoadedTrees.dehydrate(1L, session, states).content();
            });
    Object hydrated = states.hydrate(1L, readOnly, new Instances(), made -> {});
    assertThat(TreeText.of(hydrated, factory)).isEqualTo(TreeText.of(hydrate(), factory));
  }

  @Test
  void mergingAFetchedTree_changesNothing() {
    Catalog catalog = hydrate();
    // Hibernate itself never leaves this side uninitialised, and its merge would read it; nothing
    // is
    // written through it
    catalog.audit = null;
    factory.inTransaction(session -> session.merge(catalog));
    assertThat(TreeText.of(LoadedTrees.hydrated(1L, factory, states), factory))
        .isEqualTo(TreeText.of(hydrate(), factory));
    factory.inSession(
        session -> {
          Catalog found = session.find(Catalog.class, 1L);
          assertThat(found.offers).hasSize(2);
          assertThat(found.ranked).hasSize(3);
          assertThat(found.keyed).hasSize(2);
        });
  }

  @Test
  void referencedCollection_survivesSerialization() throws Exception {
    Catalog catalog = hydrate();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ReferencedIds.of(catalog.keyed));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(ReferencedIds.of(catalog.keyed));
    }
  }

  @Test
  void description_tellsOfEmbeddedRowsAndTheirOrder() {
    List<String> lines = states.description();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Page.position "))
        .anyMatch(line -> line.startsWith("Remark.author "))
        .anyMatch(line -> line.equals("Catalog.pages is an embedded BAG"))
        .anyMatch(line -> line.equals("Catalog.pages OrderBy position"))
        .anyMatch(line -> line.startsWith("Catalog.pages ordered 0 by "))
        .anyMatch(line -> line.startsWith("Catalog.items indexed by "))
        .anyMatch(line -> line.startsWith("Catalog.byCode[key] java.lang.String"))
        .anyMatch(line -> line.startsWith("Catalog.offers is a referenced BAG"))
        .anyMatch(line -> line.equals("Page.notes[] embeds Note[Note, Remark]"))
        .noneMatch(line -> line.startsWith("Offer."));
    assertThat(
            Plans.annotated(factory, new Problems())
                .statesOf(persister(Catalog.class))
                .description())
        .isEqualTo(lines);
  }

  @Test
  void oneToOneWithoutAColumn_isRefusedWhereTheRowIsReachedByAnotherWay() {
    Problems problems = new Problems();
    StatePlans others = Plans.annotated(factory, problems);
    others.statesOf(persister(Catalog.class));
    assertThat(problems.isEmpty()).isTrue();
    others.statesOf(persister(Trees.Contents.class));
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("1 problem")
        .hasMessageContaining("Contents.catalog is a one-to-one association without a column")
        .hasMessageContaining("Add @CacheEmbed or @CacheReference");
  }
}
