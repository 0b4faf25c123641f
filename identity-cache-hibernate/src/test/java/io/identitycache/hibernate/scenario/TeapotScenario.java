package io.identitycache.hibernate.scenario;

import io.identitycache.hibernate.testing.TestApplication;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A shop that sells a teapot by Berta, and nothing else yet. Nothing is cached. */
abstract class TeapotScenario {

  final TestApplication shop;
  final ProductRepository products;
  Long teapot;

  TeapotScenario(TestApplication.Builder builder) {
    shop = builder.start();
    products = shop.repository(ProductRepository.class);
  }

  @BeforeEach
  void sellATeapot() {
    teapot = sell("teapot");
    shop.reset();
  }

  /** A further product of the kitchen; its id. */
  final Long sell(String handle) {
    return shop.fromTransaction(session -> persist(session, handle));
  }

  static Long persist(Session session, String handle) {
    Product product = new Product(handle, "Berta", "kitchen");
    session.persist(product);
    return product.id;
  }

  /** Makes every entry of the teapot a hit, and forgets what that has cost. */
  final void warmUp() {
    products.fetch(teapot);
    products.fetchByHandle("teapot");
    products.fetchByVendorAndProductType("Berta", "kitchen");
    products.fetchTitleById(teapot);
    shop.reset();
  }

  @AfterEach
  void close() {
    shop.close();
  }
}
