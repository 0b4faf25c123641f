package io.identitycache.hibernate.dropin;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.function.Consumer;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Changes products, in transactions. */
@Transactional
class BackOffice {

  private final ProductRepository products;
  @PersistenceContext private EntityManager entityManager;

  BackOffice(ProductRepository products) {
    this.products = products;
  }

  /** Thrown to make Spring roll back. */
  static final class ChangedMyMind extends RuntimeException {

    private static final long serialVersionUID = 1;
  }

  Long add(String handle, String title) {
    Product product = new Product(handle, title);
    entityManager.persist(product);
    return product.id;
  }

  /** By way of the repository: in a transaction it gives what {@code find} gives. */
  void rename(String handle, String title) {
    products.fetchByHandle(handle).orElseThrow().title = title;
  }

  @Transactional(propagation = Propagation.REQUIRES_NEW)
  void renameInItsOwn(String handle, String title) {
    rename(handle, title);
  }

  @Transactional(propagation = Propagation.REQUIRES_NEW)
  void renameInItsOwnAndGiveUp(String handle, String title) {
    renameAndGiveUp(handle, title);
  }

  void renameAndGiveUp(String handle, String title) {
    rename(handle, title);
    entityManager.flush();
    throw new ChangedMyMind();
  }

  void replace(Product product) {
    entityManager.merge(product);
  }

  /** Renames, then does more in the same transaction. */
  void renameAnd(String handle, String title, Runnable more) {
    rename(handle, title);
    entityManager.flush();
    more.run();
  }

  /** Renames, and has Spring call back after the commit. */
  void renameThen(String handle, String title, Consumer<ProductRepository> afterCommit) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            afterCommit.accept(products);
          }
        });
    rename(handle, title);
  }
}
