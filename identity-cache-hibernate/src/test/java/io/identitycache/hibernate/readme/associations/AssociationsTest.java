package io.identitycache.hibernate.readme.associations;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.MeteredStore;
import org.junit.jupiter.api.Test;

/** What README says of its second example. */
class AssociationsTest {

  @Test
  void code_doesWhatIsSaidOfIt() {
    try (TestApplication application =
        TestApplication.of(
                StoreKind.MEMCACHED, Product.class, Image.class, Variant.class, Shop.class)
            .start()) {
      ProductRepository products = application.repository(ProductRepository.class);
      application.inTransaction(
          session -> {
            Product teapot = new Product();
            teapot.handle = "teapot";
            teapot.shop = new Shop();
            teapot.shop.name = "Berta's";
            Image front = new Image();
            front.product = teapot;
            front.file = "front.jpg";
            Variant red = new Variant();
            red.product = teapot;
            red.name = "red";
            session.persist(teapot.shop);
            session.persist(teapot);
            session.persist(front);
            session.persist(red);
          });
      products.fetchByHandle("teapot");
      application.reset();

      Product teapot = products.fetchByHandle("teapot").orElseThrow();

      assertThat(teapot.images).extracting(image -> image.file).containsExactly("front.jpg");
      assertThat(teapot.variants).extracting(variant -> variant.name).containsExactly("red");
      assertThat(teapot.shop.name).isEqualTo("Berta's");
      assertThat(application.queries()).isZero();
      assertThat(application.store().count(MeteredStore.Kind.READ))
          .as("index, product with its images, variants and shop together")
          .isEqualTo(3);

      application.inTransaction(
          session ->
              session.createQuery("from Image", Image.class).getSingleResult().file = "back.jpg");
      assertThat(products.fetchByHandle("teapot").orElseThrow().images)
          .as("a change of an image makes its product's entry unreachable")
          .extracting(image -> image.file)
          .containsExactly("back.jpg");
    }
  }
}
