package io.identitycache.hibernate.readme;

import static io.identitycache.hibernate.readme.Readme.region;
import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.IdentityCache;
import io.identitycache.hibernate.HibernateIdentityCache;
import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.testing.MemcachedServer;
import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class ReadmeTest {

  private final Readme readme = Readme.open();

  @Test
  void javaBlocks_areRegionsOfThisPackage() {
    assertThat(readme.blocks("java"))
        .containsExactly(
            region(Product.class, "entity")
                + "\n"
                + region(ProductRepository.class, "repository")
                + "\n"
                + region(ReadmeTest.class, "call"),
            region(io.identitycache.hibernate.readme.associations.Product.class, "entity")
                + "\n"
                + region(
                    io.identitycache.hibernate.readme.associations.ProductRepository.class,
                    "repository"),
            region(RepositoryBean.class, "bean"));
  }

  @Test
  void firstBlock_isUnderTwentyLines() {
    assertThat(readme.blocks("java").get(0).lines().count()).isLessThan(20);
  }

  @Test
  void settings_areTheSameEverywhere() {
    Properties settings = readme.settings();

    assertThat(settings).hasSize(2);
    settings.forEach(
        (name, value) -> {
          assertThat(readme.blocks("xml")).anyMatch(block -> block.contains(property(name, value)));
          assertThat(readme.blocks("properties").get(1))
              .contains("spring.jpa.properties." + name + "=" + value);
        });
  }

  @Test
  void code_doesWhatIsSaidOfIt() {
    try (MemcachedServer memcached = MemcachedServer.start();
        TestDatabase database = TestDatabase.h2()) {
      SessionFactory entityManagerFactory = database.boot(settings(memcached), Product.class);
      entityManagerFactory.inTransaction(session -> session.persist(product("Teapot")));

      assertThat(fetch(entityManagerFactory)).hasValue("Teapot");
      database.reset();
      assertThat(fetch(entityManagerFactory)).as("a hit").hasValue("Teapot");
      assertThat(database.connectionsBorrowed()).isZero();

      entityManagerFactory.inTransaction(
          session ->
              session.createQuery("from Product", Product.class).getSingleResult().title = "Pot");
      assertThat(fetch(entityManagerFactory)).as("after a commit").hasValue("Pot");
    }
  }

  @Test
  void bean_isARepository() {
    try (MemcachedServer memcached = MemcachedServer.start();
        TestDatabase database = TestDatabase.h2()) {
      SessionFactory factory = database.boot(settings(memcached), Product.class);
      factory.inTransaction(session -> session.persist(product("Teapot")));
      try (AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext()) {
        spring.registerBean(EntityManagerFactory.class, () -> factory);
        spring.register(RepositoryBean.class);
        spring.refresh();

        ProductRepository products = spring.getBean(ProductRepository.class);
        assertThat(products.fetchByHandle("teapot")).map(found -> found.title).hasValue("Teapot");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.identitycache.hibernate.readme.Readme#pages")
  void links_leadSomewhere(Readme page) {
    assertThat(page.brokenLinks()).isEmpty();
  }

  private static Optional<String> fetch(EntityManagerFactory entityManagerFactory) {
    // README: call
    IdentityCache cache = HibernateIdentityCache.of(entityManagerFactory);
    ProductRepository products = cache.repository(ProductRepository.class);

    Optional<Product> teapot = products.fetchByHandle("teapot");
    // end
    return teapot.map(product -> product.title);
  }

  private static Product product(String title) {
    Product product = new Product();
    product.handle = "teapot";
    product.title = title;
    return product;
  }

  /** The settings as they stand in README.md, with a server that is there. */
  private Map<String, Object> settings(MemcachedServer memcached) {
    Map<String, Object> settings = new HashMap<>();
    readme.settings().forEach((name, value) -> settings.put((String) name, value));
    assertThat(settings.replace("hibernate.identity_cache.servers", memcached.address()))
        .isNotNull();
    return settings;
  }

  private static String property(Object name, Object value) {
    return "<property name=\"" + name + "\" value=\"" + value + "\"/>";
  }
}
