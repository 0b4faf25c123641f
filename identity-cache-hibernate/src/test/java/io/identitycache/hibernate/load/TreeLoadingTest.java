package io.identitycache.hibernate.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.load.Tree.Bundle;
import io.identitycache.hibernate.load.Tree.Label;
import io.identitycache.hibernate.load.Tree.Line;
import io.identitycache.hibernate.load.Tree.Manual;
import io.identitycache.hibernate.load.Tree.Note;
import io.identitycache.hibernate.load.Tree.Product;
import io.identitycache.hibernate.load.Tree.Review;
import io.identitycache.hibernate.load.Tree.Seo;
import io.identitycache.hibernate.load.Tree.Spec;
import io.identitycache.hibernate.load.Tree.Supplier;
import io.identitycache.hibernate.load.Tree.Tag;
import io.identitycache.hibernate.load.Tree.Variant;
import io.identitycache.hibernate.load.Tree.Vendor;
import io.identitycache.hibernate.load.Tree.Warranty;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.mapping.MappingReader;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.invalidation.OwnerSearch;
import io.identitycache.model.AssociationAccess;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.Instances;
import io.identitycache.model.RowState;
import io.identitycache.validation.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TreeLoadingTest {

  private static final TestDatabase DATABASE = TestDatabase.h2();
  private static SessionFactoryImplementor factory;
  private static MappedEntities entities;
  private SharedSessionContractImplementor current;

  @BeforeAll
  static void boot() {
    factory = DATABASE.boot(Tree.ENTITIES);
    Problems problems = new Problems();
    entities = MappingReader.read(factory, "test", Duration.ofDays(1), problems);
    problems.throwIfAny();
    DATABASE.prepare(factory, TreeLoadingTest::fill);
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static void fill(Session session) {
    for (long id = 1; id <= 4; id++) {
      Vendor vendor = new Vendor(id);
      session.persist(vendor);
      Supplier supplier = new Supplier(id, vendor);
      session.persist(supplier);
      Product product = id == 2 ? new Bundle(id) : new Product(id);
      product.vendor = vendor;
      if (id != 4) {
        product.spec = new Spec(id, (int) id);
        session.persist(product.spec);
      }
      session.persist(product);
      if (id == 4) {
        continue; // without anything
      }
      Note note = new Note();
      note.id = id;
      note.product = product;
      session.persist(note);
      for (int i = 0; i < 3; i++) {
        product.add(id * 10 + i, i);
        Variant variant = product.add(id * 10 + i, supplier);
        variant.manual = new Manual(id * 10 + i, vendor);
        session.persist(variant.manual);
        variant.add(id * 100 + i * 10, 900).supplier = supplier;
        variant.add(id * 100 + i * 10 + 1, 400).supplier = supplier;
        Tag tag = new Tag("t" + id + i, vendor);
        session.persist(tag);
        variant.tags.add(tag);
        product.tags.add(0, tag);
        product.byName.put(tag.name, tag);
        session.persist(new Review(id * 10 + i, i, product));
        product.words.add("w" + i);
        product.labels.put("l" + i, new Label("x" + i));
      }
      product.seo = new Seo(id, product);
      session.persist(new Warranty(id, product));
      if (product instanceof Bundle bundle) {
        bundle.manual = new Manual(id, vendor);
        session.persist(bundle.manual);
        for (int i = 1; i <= 2; i++) {
          Line line = new Line(bundle, i);
          line.remarks.add("r" + i);
          bundle.lines.add(line);
        }
      }
      session.persist(product); // cascades: without JPA's own bootstrap, the flush of 6.6 does not
    }
  }

  @SuppressWarnings("unchecked")
  private <E> HibernateEntitySource<E> source(Class<E> type) {
    return new HibernateEntitySource<>(
        factory,
        (MappedEntity<E>) entities.of(type),
        entities.associations(),
        () -> current,
        instance -> {});
  }

  private static CachedAssociation association(Class<?> owner, String name) {
    return entities.associations().all().stream()
        .map(MappedAssociation::association)
        .filter(each -> each.owner().javaType() == owner && each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> statementsOn(String table) {
    Pattern read = Pattern.compile("(from|join) " + table + " ", Pattern.CASE_INSENSITIVE);
    return DATABASE.statements().stream().filter(sql -> read.matcher(sql).find()).toList();
  }

  private Product fetched(Map<Object, RowState> states, long id) {
    return source(Product.class).hydrate(id, states.get(id).content(), new Instances());
  }

  @Test
  @DisplayName("EMB-08 one statement for each embedded collection, however many rows")
  void states_takeOneStatementForEachCollectionRole_andForEachRoleOfIds() {
    DATABASE.reset();
    Map<Object, RowState> states =
        source(Product.class).rows(null).states(List.of(1L, 2L, 3L, 4L, 99L));
    assertThat(states).containsOnlyKeys(1L, 2L, 3L, 4L);
    // rows; images, variants, prices, words, labels, lines, remarks; reviews, two of tags by
    // product
    // and one by variant
    assertThat(DATABASE.statements()).hasSize(1 + 7 + 4);
    assertThat(DATABASE.connectionsBorrowed()).isEqualTo(1);
  }

  @Test
  @DisplayName("EMB-13 a cold load reads embedded rows at every level, and nothing else")
  void states_readNothingThatIsNotEmbedded() {
    DATABASE.reset();
    source(Product.class).rows(null).states(List.of(1L, 2L, 3L));
    assertThat(statementsOn("Vendor")).isEmpty();
    assertThat(statementsOn("Supplier")).isEmpty();
    assertThat(statementsOn("Note")).isEmpty();
    assertThat(statementsOn("Review")).hasSize(1).allMatch(sql -> !sql.contains("text"));
    assertThat(statementsOn("Seo")).as("joined, and back to the product at no cost").hasSize(1);
    assertThat(statementsOn("Spec")).as("whose other side has no column").hasSize(1);
  }

  @Test
  void states_holdTheTreeInItsDeclaredOrder() {
    Product product = fetched(source(Product.class).rows(null).states(List.of(1L, 3L)), 1);
    assertThat(product.images).extracting(image -> image.id).containsExactly(12L, 11L, 10L);
    assertThat(product.variants).extracting(v -> v.id).containsExactlyInAnyOrder(10L, 11L, 12L);
    for (Variant variant : product.variants) {
      assertThat(variant.product).isSameAs(product);
      assertThat(variant.prices).extracting(price -> price.cents).containsExactly(400, 900);
      assertThat(variant.manual.id).isEqualTo(variant.id);
      assertThat(access(Variant.class, "tags").ids(variant))
          .containsExactly("t1" + (variant.id - 10));
    }
    assertThat(product.words).containsExactly("w0", "w1", "w2");
    assertThat(product.labels).containsOnlyKeys("l0", "l1", "l2");
    assertThat(product.seo.keywords).isEqualTo("k1");
    assertThat(product.seo.product).isSameAs(product);
    assertThat(product.spec.grams).isEqualTo(1);
  }

  @Test
  @DisplayName("IDA-01 ids are stored in the association's declared order")
  void states_holdTheIdsOfReferences() {
    Product product = fetched(source(Product.class).rows(null).states(List.of(1L, 3L)), 1);
    assertThat(access(Product.class, "reviews").ids(product)).containsExactly(12L, 11L);
    assertThat(access(Product.class, "tags").ids(product)).containsExactly("t12", "t11", "t10");
    assertThat(access(Product.class, "byName").ids(product)).containsExactly("t10", "t11", "t12");
    assertThat(access(Product.class, "warranty").ids(product)).containsExactly(1L);
    assertThat(access(Product.class, "successor").ids(product)).isEmpty();
  }

  @Test
  @DisplayName("EMB-15 empty is stored as empty, an embedded to-one without row as null")
  void states_ofARowWithoutAnything_holdNothing() {
    Product product = fetched(source(Product.class).rows(null).states(List.of(4L)), 4);
    assertThat(product.images).isEmpty();
    assertThat(product.labels).isEmpty();
    assertThat(product.seo).isNull();
    assertThat(product.spec).isNull();
    assertThat(access(Product.class, "reviews").ids(product)).isEmpty();
    assertThat(access(Product.class, "warranty").ids(product)).isEmpty();
  }

  @Test
  void states_holdWhatOnlyASubclassHas_andChildrenWithCompositeIds() {
    Product product = fetched(source(Product.class).rows(null).states(List.of(2L)), 2);
    assertThat(product).isInstanceOf(Bundle.class);
    Bundle bundle = (Bundle) product;
    assertThat(bundle.manual.id).isEqualTo(2L);
    assertThat(bundle.lines).extracting(line -> line.remarks.get(0)).containsExactly("r1", "r2");
  }

  @Test
  void states_holdTheTreeOfARow_thatAnotherRowOfTheBatchLeadsTo() {
    DATABASE.execute("update Product set successor_id = 3 where id = 1");
    try {
      Map<Object, RowState> states = source(Product.class).rows(null).states(List.of(1L, 3L));
      for (long id : List.of(1L, 3L)) {
        assertThat(fetched(states, id).variants)
            .hasSize(3)
            .allSatisfy(variant -> assertThat(variant.prices).hasSize(2));
      }
    } finally {
      DATABASE.execute("update Product set successor_id = null");
    }
  }

  @Test
  void row_takesOneStatement() {
    DATABASE.reset();
    assertThat(source(Product.class).rows(null).row(2L)).isInstanceOf(Bundle.class);
    assertThat(DATABASE.statements()).hasSize(1);
  }

  private static AssociationAccess access(Class<?> owner, String name) {
    return association(owner, name).access();
  }

  private <R> R inSession(Function<Session, R> work) {
    return factory.fromTransaction(
        session -> {
          current = (SharedSessionContractImplementor) session;
          return work.apply(session);
        });
  }

  private void load(Class<?> owner, String name, List<?> owners) {
    new SessionAssociations(factory, entities.associations(), () -> current)
        .load(association(owner, name), owners);
  }

  @Test
  @DisplayName("IDA-06 at most one query per association, not per owner")
  void managedCollections_areLoadedWithOneQuery() {
    inSession(
        session -> {
          List<Product> products =
              session
                  .createSelectionQuery("from Product order by id", Product.class)
                  .getResultList();
          DATABASE.reset();
          load(Product.class, "reviews", products);
          assertThat(DATABASE.statements()).hasSize(1);
          load(Product.class, "reviews", products);
          assertThat(DATABASE.statements()).as("loaded already").hasSize(1);
          assertThat(products.get(0).reviews).extracting(r -> r.id).containsExactly(12L, 11L);
          assertThat(Hibernate.isInitialized(products.get(3).reviews)).isTrue();
          return null;
        });
  }

  @Test
  void managedToOnes_areLoadedByTheirIds_inOneQuery() {
    DATABASE.prepare(
        factory,
        session -> session.find(Product.class, 1L).successor = session.find(Product.class, 4L));
    inSession(
        session -> {
          Product product = session.find(Product.class, 1L);
          assertThat(Hibernate.isInitialized(product.successor)).isFalse();
          DATABASE.reset();
          load(Product.class, "successor", List.of(product));
          assertThat(Hibernate.isInitialized(product.successor)).isTrue();
          assertThat(statementsOn("Product")).isNotEmpty();
          product.successor = null;
          return null;
        });
  }

  @Test
  void ownersOfAStatelessSession_takeWhatCopiesHave() {
    try (StatelessSession session = factory.openStatelessSession()) {
      session.beginTransaction();
      current = (SharedSessionContractImplementor) session;
      Product product = (Product) session.get(Product.class, 1L);
      DATABASE.reset();
      load(Product.class, "tags", List.of(product));
      assertThat(DATABASE.statements()).hasSize(1);
      assertThat(product.tags).extracting(tag -> tag.code).containsExactly("t12", "t11", "t10");
      session.getTransaction().rollback();
    }
  }

  @Test
  void owners_areFoundByTheForeignKey_withoutTheirRows() {
    OwnerQueries queries = new OwnerQueries(factory, entities.associations());
    DATABASE.reset();
    assertThat(
            queries
                .onOwnConnection()
                .owners(association(Product.class, "variants"), null, List.of(10L, 21L, 22L)))
        .containsExactlyInAnyOrder(1L, 2L);
    assertThat(DATABASE.statements()).hasSize(1).allMatch(sql -> !sql.contains("join"));
    assertThat(DATABASE.connectionsInUse()).isZero();
  }

  @Test
  void owners_areFoundThroughJoinTables_foreignKeysAndCompositeIds() {
    OwnerSearch search = new OwnerQueries(factory, entities.associations()).onOwnConnection();
    assertThat(search.owners(association(Product.class, "tags"), null, List.of("t10", "t31")))
        .containsExactlyInAnyOrder(1L, 3L);
    assertThat(search.owners(association(Product.class, "spec"), null, List.of(3L)))
        .containsExactly(3L);
    assertThat(search.owners(association(Product.class, "seo"), null, List.of(3L)))
        .containsExactly(3L);
    assertThat(
            search.owners(
                association(Bundle.class, "lines"), null, List.of(new Tree.LineId(2L, 1))))
        .containsExactly(2L);
  }

  @Test
  void owners_ofATransaction_areSeenAsFlushed_andNothingIsFlushed() {
    OwnerQueries queries = new OwnerQueries(factory, entities.associations());
    factory.inTransaction(
        session -> {
          SharedSessionContractImplementor implementor = (SharedSessionContractImplementor) session;
          Variant variant = session.find(Variant.class, 30L);
          variant.product = session.getReference(Product.class, 4L);
          CachedAssociation variants = association(Product.class, "variants");
          assertThat(queries.inTransactionOf(implementor).owners(variants, null, List.of(30L)))
              .containsExactly(3L);
          session.flush();
          assertThat(queries.inTransactionOf(implementor).owners(variants, null, List.of(30L)))
              .containsExactly(4L);
          session.getTransaction().setRollbackOnly();
          EntityPersister child = implementor.getEntityPersister("", variant);
          assertThat(
                  queries.idsReferring(
                      implementor,
                      child,
                      "product",
                      entities.of(Product.class).persister(),
                      List.of(3L)))
              .containsExactlyInAnyOrder(31L, 32L);
        });
  }
}
