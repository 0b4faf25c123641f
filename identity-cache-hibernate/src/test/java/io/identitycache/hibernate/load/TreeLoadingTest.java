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
import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.hibernate.mapping.MappingReader;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.validation.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TreeLoadingTest {

  private static final TestDatabase DATABASE = TestDatabase.h2();
  private static SessionFactoryImplementor factory;
  private static MappedEntities entities;

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
      product.spec = new Spec(id, (int) id);
      session.persist(new Warranty(id, product));
      if (product instanceof Bundle bundle) {
        bundle.manual = new Manual(id, vendor);
        for (int i = 1; i <= 2; i++) {
          Line line = new Line(bundle, i);
          line.remarks.add("r" + i);
          bundle.lines.add(line);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E> HibernateEntitySource<E> source(Class<E> type) {
    return new HibernateEntitySource<>(
        factory,
        (MappedEntity<E>) entities.of(type),
        entities.associations(),
        () -> {
          throw new IllegalStateException();
        },
        instance -> {});
  }

  @Test
  void states_takeOneStatementForEachCollectionRole_howeverManyRows() {
    DATABASE.reset();
    Map<?, ?> states = source(Product.class).rows(null).states(List.of(1L, 2L, 3L, 4L, 99L));
    DATABASE.statements().forEach(s -> System.err.println("SQL " + s));
    assertThat(states).hasSize(4);
  }

  @Test
  void row_takesOneStatement() {
    DATABASE.reset();
    source(Product.class).rows(null).row(2L);
    DATABASE.statements().forEach(s -> System.err.println("ROW " + s));
    assertThat(DATABASE.statements()).hasSize(1);
  }
}
