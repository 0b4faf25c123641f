package io.identitycache.shop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.RollbackException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Hibernate;

/**
 * The products as the database has them, for those who change them: what they see must be the very
 * rows that they edit. What they commit leaves the cache by itself. Safe for use by several
 * threads.
 */
final class Stockroom {

  private final EntityManagerFactory factory;

  Stockroom(EntityManagerFactory factory) {
    this.factory = factory;
  }

  /** The product with this handle, with its pictures and variants, if there is one. */
  Optional<Product> product(String handle) {
    return factory.callInTransaction(
        entities -> find(entities, handle, LockModeType.NONE).map(Stockroom::unpacked));
  }

  /** Changes a product, unless somebody else was faster. */
  Outcome change(String handle, ProductChange change) {
    return attempt(
        entities -> {
          Optional<Product> product = find(entities, handle, LockModeType.NONE);
          if (product.isEmpty()) {
            return Outcome.UNKNOWN;
          }
          if (product.get().getVersion() != change.version()) {
            return Outcome.CONFLICT;
          }
          product.get().change(change.title(), change.stock());
          return Outcome.SAVED;
        });
  }

  /** Changes what a variant of a product costs, unless somebody else was faster. */
  Outcome changePrices(String handle, long variant, PriceChange change) {
    return attempt(
        entities -> {
          Optional<Variant> found =
              find(entities, handle, LockModeType.NONE)
                  .flatMap(product -> variantOf(product, variant));
          if (found.isEmpty()) {
            return Outcome.UNKNOWN;
          }
          if (found.get().getVersion() != change.version()) {
            return Outcome.CONFLICT;
          }
          // The prices have no version of their own: they are edited together.
          entities.lock(found.get(), LockModeType.OPTIMISTIC_FORCE_INCREMENT);
          change
              .amounts()
              .forEach((currency, amount) -> found.get().priceIn(currency).change(amount));
          return Outcome.SAVED;
        });
  }

  /** Moves one of a product's pictures by one place. */
  Outcome moveImage(String handle, long image, Step step) {
    return attempt(
        entities ->
            // Locked, since two moves at once would leave two pictures at one place.
            find(entities, handle, LockModeType.PESSIMISTIC_WRITE)
                .filter(product -> product.moveImage(image, step))
                .map(product -> Outcome.SAVED)
                .orElse(Outcome.UNKNOWN));
  }

  /** The variant with this id, if it is one of the product's. */
  static Optional<Variant> variantOf(Product product, long variant) {
    return product.getVariants().stream()
        .filter(candidate -> Objects.equals(candidate.getId(), variant))
        .findFirst();
  }

  private Outcome attempt(Function<EntityManager, Outcome> change) {
    try {
      return factory.callInTransaction(change);
    } catch (OptimisticLockException e) {
      return Outcome.CONFLICT;
    } catch (RollbackException e) {
      if (e.getCause() instanceof OptimisticLockException) {
        return Outcome.CONFLICT;
      }
      throw e;
    }
  }

  private static Optional<Product> find(EntityManager entities, String handle, LockModeType lock) {
    return entities
        .createQuery("from Product where handle = :handle", Product.class)
        .setParameter("handle", handle)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private static Product unpacked(Product product) {
    Hibernate.initialize(product.getImages());
    for (Variant variant : product.getVariants()) {
      Hibernate.initialize(variant.getPrices());
    }
    return product;
  }
}
