package io.identitycache.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identitycache.repository.Product.Book;
import io.identitycache.validation.InvalidConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RepositoryRefusalTest {

  private final RepositoryFactory factory = new RepositoryFactory(new ProductTable().caches());
  private String report;

  record TypeAndVendor(String productType, String vendor) {}

  record Vendor(String vendor) {}

  interface BadProducts extends CacheRepository<Product, Long> {

    Optional<Product> fetchByHandel(String handle);

    List<Product> fetchByVendor(String vendor);

    List<Product> fetchByVendorAndProductTipe(String vendor, String type);

    Optional<Product> fetchByVendorAndProductType(String vendor, String type);

    Optional<Product> fetchByHandle(String handle, String title);

    Optional<Product> fetchByHandle(Object handle);

    Product fetchByShop(String shop);

    Collection<Product> fetchMultiByHandle(Collection<String> handles);

    Map<Long, Product> fetchMultiByHandle(List<String> handles);

    List<Product> fetchMultiByHandle(String handle);

    List<Product> fetchMultiByVendorAndProductType(List<TypeAndVendor> values);

    List<Product> fetchMultiByVendorAndProductType(Collection<Vendor> values);

    Map<List<String>, Product> fetchMultiByProductTypeAndVendor(List<List<String>> values);

    Optional<String> fetchHandleById(Long id);

    String fetchTitleByHandle(String handle);

    Optional<String> fetchTitleById(String id);

    Optional<String> fetchTitelById(Long id);

    Product fetch(String id);

    void remove(Product product);

    Product fetchHandle(String handle);

    List<Product> fetchByDimensionsWidth(long width);
  }

  interface WrongId extends CacheRepository<Product, Integer> {}

  interface Uncached extends CacheRepository<Shop, Long> {}

  @SuppressWarnings("rawtypes")
  interface Raw extends CacheRepository {}

  interface BookTitles extends CacheRepository<Book, Long> {
    Optional<String> fetchTitleById(Long id);
  }

  abstract static class NoInterface implements CacheRepository<Product, Long> {}

  @BeforeEach
  void refuse() {
    Throwable refusal = catchThrowable(() -> factory.make(BadProducts.class));
    assertThat(refusal).isInstanceOf(InvalidConfigurationException.class);
    report = refusal.getMessage();
  }

  @Test
  @DisplayName("CFG-17 all faults of a repository come in one report")
  void allAtOnce() {
    assertThat(report).contains("21 problems").containsOnlyOnce(BadProducts.class.getName());
  }

  @Test
  @DisplayName("CFG-16 an unknown attribute is refused with the nearest one and what is indexed")
  void unknownAttribute() {
    assertThat(report)
        .contains(
            "BadProducts.fetchByHandel: Product has no attribute \"handel\". Did you mean"
                + " \"handle\"? Indexed: handle; vendor + productType; shop; dimensions.width;"
                + " rankAndFileByHand.",
            "fetchByVendorAndProductTipe: Product has no attribute \"productTipe\". Did you mean"
                + " \"productType\"?",
            "fetchTitelById: Product has no attribute \"titel\". Did you mean \"title\"?");
  }

  @Test
  @DisplayName("CFG-16 an attribute without index is refused")
  void withoutIndex() {
    assertThat(report)
        .contains(
            "fetchByVendor: Product has no index on vendor: declare it with @CacheIndex. Indexed:"
                + " handle; vendor + productType",
            "fetchHandleById: Product.handle is not cached by id: declare it with"
                + " @CacheAttribute. Cached by themselves: title by id; title by handle;");
  }

  @Test
  @DisplayName("CFG-16 a wrong parameter count or type is refused")
  void parameters() {
    assertThat(report)
        .contains(
            "fetchByHandle: takes 1 parameter (handle), not 2.",
            "fetchByHandle: takes handle as String, not Object.",
            "fetchByShop: takes shop as Long or Shop, not String.",
            "fetchMultiByHandle: takes a Collection<String>, not String.",
            "fetchMultiByVendorAndProductType: takes a record with the components in the order"
                + " vendor, productType; in TypeAndVendor, productType stands in the place of"
                + " vendor.",
            "fetchMultiByVendorAndProductType: takes a record of 2 components (vendor,"
                + " productType); Vendor has 1.",
            "fetchTitleById: takes an id of type Long, not String.",
            "fetch: takes ids of type Long, not String.",
            "fetchByDimensionsWidth: takes dimensions.width as Integer, not long.");
  }

  @Test
  @DisplayName("CFG-16 a wrong return type is refused")
  void results() {
    assertThat(report)
        .contains(
            "fetchByVendorAndProductType: returns List<Product>, not Optional<Product>:"
                + " Product.vendor+productType is not unique.",
            "fetchMultiByHandle: returns List<Product>, Map<String, Product> or"
                + " Map<String, List<Product>>, not Collection<Product>.",
            "not Map<Long, Product>.",
            "fetchMultiByProductTypeAndVendor: returns List<Product> or"
                + " Map<List<String>, List<Product>>, not Map<List<String>, Product>:"
                + " Product.vendor+productType is not unique.",
            "fetchTitleByHandle: returns Optional<String> or List<String>, not String.");
  }

  @Test
  @DisplayName("CFG-16 a method that is no finder is refused with the names there are")
  void noFinder() {
    assertThat(report)
        .contains(
            "BadProducts.remove: no finder has this name.",
            "BadProducts.fetchHandle: no finder has this name. Did you mean \"fetchByHandle\"?"
                + " There are: fetchByHandle, fetchByVendorAndProductType, fetchByShop,"
                + " fetchByDimensionsWidth,");
  }

  @Test
  void idOfAnotherType_isRefused() {
    assertThatThrownBy(() -> factory.make(WrongId.class))
        .hasMessageContaining("extend CacheRepository<Product, Long>, not <Product, Integer>.");
  }

  @Test
  void entityThatIsNotCached_isRefused() {
    assertThatThrownBy(() -> factory.make(Uncached.class))
        .hasMessageContaining("Shop is not cached")
        .hasMessageContaining("Cached: Product.");
    assertThatThrownBy(() -> factory.make(Raw.class)).hasMessageContaining("the two classes");
  }

  @Test
  void classOrTheInterfaceItself_isRefused() {
    assertThatThrownBy(() -> factory.make(NoInterface.class))
        .hasMessageContaining("an interface of your own");
    assertThatThrownBy(() -> factory.make(CacheRepository.class))
        .hasMessageContaining("an interface of your own");
  }

  @Test
  void attributeOfTheRoot_isNotFetchedThroughASubclass() {
    assertThatThrownBy(() -> factory.make(BookTitles.class))
        .hasMessageContaining("fetchTitleById: title is cached for every Product");
  }
}
