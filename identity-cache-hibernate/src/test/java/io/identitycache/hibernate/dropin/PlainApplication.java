package io.identitycache.hibernate.dropin;

import io.identitycache.hibernate.HibernateIdentityCache;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.function.Consumer;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;

/**
 * A JPA application without any framework, run in a JVM of its own. All it knows of the cache is a
 * repository; it tells on standard output what it gets from it, and what that costs.
 */
final class PlainApplication {

  /** Begins each line that is meant for the test. */
  static final String TELLS = "shop: ";

  private final EntityManagerFactory factory;
  private final ProductRepository products;
  private final Statistics statistics;

  private PlainApplication(EntityManagerFactory factory) {
    this.factory = factory;
    this.products = HibernateIdentityCache.of(factory).repository(ProductRepository.class);
    this.statistics = factory.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
  }

  public static void main(String[] arguments) {
    try (EntityManagerFactory factory = Persistence.createEntityManagerFactory("shop")) {
      new PlainApplication(factory).run();
    }
  }

  private void run() {
    inTransaction(entityManager -> entityManager.persist(new Product("teapot", "Teapot")));
    tell("first");
    tell("again");
    inTransaction(entityManager -> teapot(entityManager).title = "Large teapot");
    tell("after a commit");
    EntityManager entityManager = factory.createEntityManager();
    entityManager.getTransaction().begin();
    teapot(entityManager).title = "Small teapot";
    entityManager.flush();
    entityManager.getTransaction().rollback();
    entityManager.close();
    tell("after a rollback");
  }

  private void tell(String when) {
    statistics.clear();
    String title = products.fetchByHandle("teapot").map(product -> product.title).orElse("nothing");
    long statements = statistics.getPrepareStatementCount();
    System.out.println(TELLS + when + ": " + title + ", " + statements + " statements");
  }

  private static Product teapot(EntityManager entityManager) {
    return entityManager
        .createQuery("from Product where handle = 'teapot'", Product.class)
        .getSingleResult();
  }

  private void inTransaction(Consumer<EntityManager> work) {
    EntityManager entityManager = factory.createEntityManager();
    try {
      entityManager.getTransaction().begin();
      work.accept(entityManager);
      entityManager.getTransaction().commit();
    } finally {
      entityManager.close();
    }
  }
}
