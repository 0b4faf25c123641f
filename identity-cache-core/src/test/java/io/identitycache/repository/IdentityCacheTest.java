package io.identitycache.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.identitycache.IdentityCache;
import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.event.CacheListeners;
import io.identitycache.repository.Product.Book;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.metamodel.SingularAttribute;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdentityCacheTest {

  private final Product teapot = new Product(1L, "teapot", "acme", "kitchen", "Teapot", 7L);
  private final Product cup = new Product(2L, "cup", "acme", "kitchen", "Cup", 7L);
  private final Book atlas = new Book(3L, "atlas", "acme");
  private final ProductTable table = new ProductTable(teapot, cup, atlas);
  private final CacheListeners listeners = new CacheListeners();
  private final IdentityCache cache =
      new IdentityCache(List.of(table.cache()), listeners, "memory", true);

  record VendorAndType(String vendor, String productType) {}

  interface Products extends CacheRepository<Product, Long> {}

  @Test
  void byId() {
    assertThat(cache.fetch(Product.class, 1L)).isSameAs(teapot);
    assertThat(cache.fetchById(Product.class, 10L)).isEmpty();
    assertThat(cache.fetchMulti(Product.class, List.of(2L, 10L, 1L))).containsExactly(cup, teapot);
    assertThat(cache.exists(Product.class, 2L)).isTrue();
    assertThatThrownBy(() -> cache.fetch(Product.class, 10L))
        .isInstanceOf(EntityNotFoundException.class);
  }

  @Test
  @DisplayName("FET-05 ids and values are converted first: 1, 1L and \"1\" are one id")
  void conversion() {
    assertThat(cache.fetchMulti(Product.class, List.of(1, 1L, "1")))
        .containsExactly(teapot, teapot, teapot);
    assertThat(cache.fetchAllBy(Product.class, "shop", "7")).containsExactly(teapot, cup);
    assertThat(cache.fetchMultiAttributeById(Product.class, "title", List.of(1, "2")))
        .containsExactly(entry(1, "Teapot"), entry("2", "Cup"));
    assertThat(table.batches).containsExactly(1, 1, 2);
  }

  @Test
  @DisplayName("FET-05 what cannot be converted is refused, naming entity, attribute and type")
  void noConversion() {
    assertThatThrownBy(() -> cache.fetchById(Product.class, "one"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Product.id", "java.lang.Long");
    assertThatThrownBy(() -> cache.fetchAllBy(Product.class, "dimensions.width", "wide"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Product.dimensions.width", "java.lang.Integer");
    assertThatThrownBy(
            () -> cache.fetchMultiBy(Product.class, "vendor + productType", List.of("acme")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a list or a record of 2 items");
    assertThat(table.batches).isEmpty();
  }

  @Test
  void byIndex_namedByPathOrMetamodel() {
    assertThat(cache.fetchBy(Product.class, "handle", "teapot")).contains(teapot);
    assertThat(cache.fetchBy(Product.class, attribute("handle"), "teapot")).contains(teapot);
    assertThat(cache.fetchAllBy(Product.class, attribute("shop"), new Shop(7L)))
        .containsExactly(teapot, cup);
    assertThat(cache.fetchMultiBy(Product.class, attribute("handle"), List.of("cup", "kettle")))
        .containsExactly(entry("cup", List.of(cup)), entry("kettle", List.of()));
  }

  @Test
  void compositeValues_followTheOrderOfTheCall() {
    assertThat(cache.fetchAllBy(Product.class, "vendor + productType", List.of("acme", "book")))
        .isEqualTo(cache.fetchAllBy(Product.class, "productType+vendor", List.of("book", "acme")))
        .containsExactly(atlas);
    VendorAndType book = new VendorAndType("acme", "book");
    assertThat(cache.fetchMultiBy(Product.class, "vendor + productType", List.of(book)))
        .containsExactly(entry(book, List.of(atlas)));
  }

  @Test
  void attributes() {
    SingularAttribute<Product, String> title = attribute("title");

    assertThat(cache.fetchAttributeById(Product.class, title, 2)).contains("Cup");
    assertThat(cache.fetchAttributeBy(Product.class, title, attribute("handle"), "cup"))
        .contains("Cup");
    assertThat(
            cache.fetchAllAttributesBy(
                Product.class, "title", "vendor + productType", List.of("acme", "kitchen")))
        .containsExactly("Teapot", "Cup");
    assertThat(cache.fetchMultiAttributesBy(Product.class, "title", "handle", List.of("cup", "x")))
        .containsExactly(entry("cup", List.of("Cup")), entry("x", List.of()));
  }

  @Test
  void unknownNames_areRefusedWithTheNearestOne() {
    assertThatThrownBy(() -> cache.fetchBy(Product.class, "handel", "cup"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean \"handle\"?");
    assertThatThrownBy(() -> cache.fetchAllBy(Product.class, "vendor", "acme"))
        .hasMessageContaining("Product has no index on vendor");
    assertThatThrownBy(() -> cache.fetchBy(Product.class, "shop", 7L))
        .hasMessageContaining("Product.shop is not unique");
    assertThatThrownBy(() -> cache.fetchAttributeById(Product.class, "handle", 1L))
        .hasMessageContaining("Product.handle is not cached by id");
    assertThatThrownBy(() -> cache.fetchAttributeBy(Product.class, "title", "shop", 1L))
        .hasMessageContaining("Product.title is not cached by shop");
    assertThatThrownBy(() -> cache.fetchById(Shop.class, 1L))
        .hasMessageContaining("Shop is not cached");
    assertThat(table.batches).isEmpty();
  }

  @Test
  void subclass_seesItsOwnRows() {
    assertThat(cache.fetchById(Book.class, 3L)).contains(atlas);
    assertThat(cache.fetchById(Book.class, 1L)).isEmpty();
    assertThat(cache.fetchBy(Book.class, "handle", "cup")).isEmpty();
    assertThatThrownBy(() -> cache.fetch(Book.class, 1L))
        .hasMessage("There is no Book with the id 1");
  }

  @Test
  void repository_isMadeOnce() {
    assertThat(cache.repository(Products.class)).isSameAs(cache.repository(Products.class));
  }

  @Test
  void invalidation_isHandedOn() {
    cache.invalidateById(Product.class, 1L);
    assertThat(table.invalidated).containsAll(table.keysOf(teapot, ProductTable.HANDLE));
    table.invalidated.clear();

    cache.invalidate(atlas);
    assertThat(table.invalidated).containsAll(table.keysOf(atlas, ProductTable.HANDLE));
  }

  @Test
  void listener_isTold() {
    List<CacheEvent> events = new ArrayList<>();
    cache.addListener(events::add);

    listeners.report(Kind.HIT, "Product", 2);

    assertThat(events).extracting(CacheEvent::name).containsExactly("Product");
  }

  @Test
  void toString_tellsTheStore() {
    assertThat(cache).hasToString("identity cache of [Product] in memory");
    assertThat(cache.isOn()).isTrue();
    IdentityCache off = new IdentityCache(List.of(), listeners, "memory", false);
    assertThat(off).hasToString("identity cache of [], off");
    assertThat(off.isOn()).isFalse();
  }

  /** What an ORM puts into the metamodel classes, as far as a name goes. */
  @SuppressWarnings("unchecked")
  private static <A> SingularAttribute<Product, A> attribute(String name) {
    return (SingularAttribute<Product, A>)
        Proxy.newProxyInstance(
            IdentityCacheTest.class.getClassLoader(),
            new Class<?>[] {SingularAttribute.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getName");
              return name;
            });
  }
}
