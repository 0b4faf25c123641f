package io.identitycache.shop;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;

/** The products of the shop, to look at through the cache. Safe for use by several threads. */
final class Catalogue {

  /** How many products a page of the list shows. */
  static final int PAGE_SIZE = 24;

  private final EntityManagerFactory factory;
  private final ProductRepository products;

  Catalogue(EntityManagerFactory factory, ProductRepository products) {
    this.factory = factory;
    this.products = products;
  }

  /** The product with this handle, if there is one. */
  Optional<Product> byHandle(String handle) {
    return products.fetchByHandle(handle);
  }

  /**
   * A page of all products, or of those by one vendor or of one type. The database says which they
   * are, in a query of ids only, and the cache has the rest.
   */
  Shelf browse(String vendor, String productType, int page) {
    List<Long> ids = pageOfIds(vendor, productType, page);
    List<Long> shown = ids.subList(0, Math.min(ids.size(), PAGE_SIZE));
    boolean hasNext = ids.size() > PAGE_SIZE;
    return new Shelf(vendor, productType, page, hasNext, products.fetchMulti(shown));
  }

  /** All products of one type by one vendor: an index of the cache knows them. */
  Shelf search(String vendor, String productType) {
    List<Product> found = products.fetchByVendorAndProductType(vendor, productType);
    return new Shelf(vendor, productType, 1, false, found);
  }

  /** What there is to choose from; asks the database. */
  Assortment assortment() {
    return factory.callInTransaction(
        entities ->
            new Assortment(
                entities
                    .createQuery(
                        "select distinct vendor from Product order by vendor", String.class)
                    .getResultList(),
                entities
                    .createQuery(
                        "select distinct productType from Product order by productType",
                        String.class)
                    .getResultList(),
                entities
                    .createQuery("select count(*) from Product", Long.class)
                    .getSingleResult()));
  }

  /** The ids of a page and, when there are more, the first of the next: that saves a count. */
  private List<Long> pageOfIds(String vendor, String productType, int page) {
    StringBuilder query = new StringBuilder("select id from Product where 1 = 1");
    if (!vendor.isEmpty()) {
      query.append(" and vendor = :vendor");
    }
    if (!productType.isEmpty()) {
      query.append(" and productType = :type");
    }
    query.append(" order by id");
    return factory.callInTransaction(
        entities -> {
          TypedQuery<Long> ids = entities.createQuery(query.toString(), Long.class);
          if (!vendor.isEmpty()) {
            ids.setParameter("vendor", vendor);
          }
          if (!productType.isEmpty()) {
            ids.setParameter("type", productType);
          }
          return ids.setFirstResult((page - 1) * PAGE_SIZE)
              .setMaxResults(PAGE_SIZE + 1)
              .getResultList();
        });
  }
}
