package io.identitycache.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.shop.ShopSettings.DatabaseAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What people do in the shop; the subclasses say what the shop stands on. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ShopStory {

  private static final int PRODUCTS = 1_200;

  private SampleShop shop;
  private Visitor customer;
  private Visitor clerk;
  private int taken;
  private String shelf = "/";

  /** The servers of the cache, or empty for a cache within the process. */
  abstract Optional<String> memcached();

  DatabaseAddress database() {
    return DatabaseAddress.inMemory();
  }

  @BeforeAll
  void openShop() {
    shop = open(database());
  }

  final SampleShop open(DatabaseAddress database) {
    return SampleShop.open(new ShopSettings(0, PRODUCTS, memcached(), database));
  }

  @AfterAll
  void closeShop() {
    // It is null if it did not open, which has been reported then.
    if (shop != null) {
      shop.close();
    }
  }

  @BeforeEach
  void comeIn() {
    customer = new Visitor(shop);
    clerk = new Visitor(shop);
  }

  @AfterEach
  void leave() {
    customer.close();
    clerk.close();
  }

  @Test
  void list_showsAPageOfProducts_eachWithPictureVendorAndPrice() {
    ShopPage list = customer.opens("/");

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.titles()).hasSize(Catalogue.PAGE_SIZE).doesNotHaveDuplicates();
    assertThat(list.texts(".card .price"))
        .hasSize(24)
        .allMatch(price -> price.matches("(from )?€\\d+\\.\\d\\d"));
    assertThat(list.texts(".card .vendor")).hasSize(24).noneMatch(String::isBlank);
    assertThat(list.has(".card svg[role=img][aria-label]")).isTrue();
    assertThat(list.has("a[rel=prev]")).isFalse();
  }

  @Test
  void paging_showsEveryProductOnce() {
    Set<String> seen = new LinkedHashSet<>();
    int shown = 0;
    ShopPage page = customer.opens("/?type=Mug");
    while (true) {
      shown += page.handles().size();
      seen.addAll(page.handles());
      if (!page.has("a[rel=next]")) {
        break;
      }
      page = page.follows("Next →");
    }

    assertThat(shown).isGreaterThan(Catalogue.PAGE_SIZE);
    assertThat(seen).hasSize(shown).allMatch(handle -> handle.contains("mug"));
    assertThat(page.follows("← Previous").handles()).hasSize(Catalogue.PAGE_SIZE);
  }

  @Test
  void pagePastTheEnd_isAnEmptyShelf() {
    ShopPage list = customer.opens("/?page=999999999");

    assertThat(list.titles()).hasSize(Catalogue.PAGE_SIZE);
    ShopPage empty = customer.opens("/?page=100000");
    assertThat(empty.status()).isEqualTo(200);
    assertThat(empty.texts(".empty")).hasSize(1);
    assertThat(empty.has("a[rel=next]")).isFalse();
  }

  @Test
  void product_isFoundFromTheList() {
    ShopPage list = customer.opens("/");
    ShopPage product = list.followsFirst(".card");

    assertThat(product.address()).isEqualTo("/products/" + list.handles().get(0));
    assertThat(product.heading()).isEqualTo(list.titles().get(0));
    assertThat(product.price()).isEqualTo(list.texts(".card .price").get(0));
  }

  @Test
  void search_showsAllThatAVendorHasOfAType() {
    ShopPage everything = customer.opens("/");
    String vendor = everything.choices("vendor").get(1);
    List<String> byVendor = new ArrayList<>();
    for (ShopPage page = everything.chooses("vendor", vendor).presses("Show"); ; ) {
      byVendor.addAll(page.handles());
      if (!page.has("a[rel=next]")) {
        break;
      }
      page = page.follows("Next →");
    }

    ShopPage found =
        customer.opens("/").chooses("vendor", vendor).chooses("type", "Teapot").presses("Show");

    assertThat(found.handles())
        .isNotEmpty()
        .containsExactlyElementsOf(
            byVendor.stream().filter(handle -> handle.contains("teapot")).toList());
    assertThat(found.texts(".card .vendor")).containsOnly(vendor);
  }

  @Test
  void search_forWhatNobodyHas_isAnEmptyShelf() {
    ShopPage found = customer.opens("/?vendor=Nobody&type=Teapot");

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.titles()).isEmpty();
    assertThat(found.texts(".empty")).hasSize(1);
  }

  @Test
  void product_showsPictures_variantsWithPrices_andItsShop() {
    ShopPage product = customer.opensProduct(handleWithPictures(3));

    assertThat(product.pictures()).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    assertThat(product.texts(".variants tbody th")).isNotEmpty().doesNotHaveDuplicates();
    for (Currency currency : Currency.values()) {
      assertThat(product.prices(currency))
          .hasSameSizeAs(product.texts(".variants tbody th"))
          .allMatch(price -> price.matches(currency.sign() + "\\d+\\.\\d\\d"));
    }
    assertThat(product.texts(".shop h2")).isEqualTo(product.texts(".about > .vendor"));
    assertThat(product.texts(".shop .where").get(0)).matches("\\S.*, since \\d{4}");
  }

  @Test
  void warmProductPage_needsThreeReadsOfTheStore_andNoStatement() {
    String handle = someHandle();
    ShopPage cold = customer.opensProduct(handle);

    ShopPage warm = customer.opensProduct(handle);

    assertThat(warm.storeReads()).isBetween(1, 3);
    // The index entry, the product, its shop, and each of its variants.
    assertThat(warm.hits()).isEqualTo(3 + warm.texts(".variants tbody th").size());
    assertThat(warm.misses()).isZero();
    assertThat(warm.statements()).isZero();
    assertThat(warm.texts("main")).isEqualTo(cold.texts("main"));
  }

  @Test
  void warmList_asksTheDatabaseForItsIdsOnly() {
    ShopPage cold = customer.opens("/?page=40");
    ShopPage warm = customer.opens("/?page=40");

    // Another test may have looked at some of them.
    assertThat(cold.misses()).isPositive();
    // The ids; products, their pictures and the ids of their variants; variants and their prices.
    assertThat(cold.statements()).isLessThanOrEqualTo(6);
    assertThat(warm.storeReads()).isEqualTo(2);
    assertThat(warm.hits()).isEqualTo(cold.hits() + cold.misses());
    assertThat(warm.hits()).isGreaterThan(2 * Catalogue.PAGE_SIZE);
    assertThat(warm.misses()).isZero();
    assertThat(warm.statements()).isEqualTo(1);
  }

  @Test
  void warmSearch_needsThreeReadsOfTheStore_andNoStatement() {
    ShopPage choice = customer.opens("/").chooses("type", "Clock");
    choice.chooses("vendor", choice.choices("vendor").get(2)).presses("Show");

    ShopPage warm = choice.presses("Show");

    assertThat(warm.titles()).isNotEmpty();
    assertThat(warm.storeReads()).isBetween(1, 3);
    assertThat(warm.hits()).isGreaterThanOrEqualTo(1 + 2 * warm.titles().size());
    assertThat(warm.statements()).isZero();
  }

  @Test
  void unknownHandle_isAskedOfTheDatabaseOnce() {
    ShopPage first = customer.opensProduct("what-everybody-looks-for");
    ShopPage second = customer.opensProduct("what-everybody-looks-for");

    assertThat(first.statements()).isEqualTo(1);
    assertThat(second.status()).isEqualTo(404);
    assertThat(second.hits()).isEqualTo(1);
    assertThat(second.statements()).isZero();
  }

  @Test
  void edit_costsTheNextCustomerOneLoad_andNobodyAfterwards() {
    String handle = someHandle();
    customer.opensProduct(handle);
    clerk.opensOffice(handle).fillsIn("stock", "77").presses("Save");

    ShopPage next = customer.opensProduct(handle);
    ShopPage afterwards = customer.opensProduct(handle);

    assertThat(next.misses()).isPositive();
    assertThat(next.statements()).isPositive();
    assertThat(afterwards.stock()).isEqualTo("77 in stock");
    assertThat(afterwards.statements()).isZero();
  }

  @Test
  void unknownHandle_isAKind404() {
    ShopPage sorry = customer.opensProduct("no-such-thing");

    assertThat(sorry.status()).isEqualTo(404);
    assertThat(sorry.heading()).isEqualTo("We do not have that one");
    assertThat(sorry.follows("Back to the shop").status()).isEqualTo(200);
    assertThat(clerk.opensOffice("no-such-thing").status()).isEqualTo(404);
  }

  @Test
  void unknownAddress_isAKind404() {
    ShopPage sorry = customer.opens("/basement");

    assertThat(sorry.status()).isEqualTo(404);
    assertThat(sorry.heading()).isEqualTo("There is nothing here");
  }

  @Test
  void newPrices_areWhatTheNextCustomerSees_onEveryPage() {
    String handle = someHandle();
    ShopPage before = customer.opensProduct(handle);
    int card = customer.opens(shelf).handles().indexOf(handle);

    ShopPage saved =
        clerk.opensPrices(handle).fillsIn("EUR", "1.5").fillsIn("GBP", "0.99").presses("Save");

    assertThat(saved.notice()).startsWith("Saved.");
    assertThat(saved.address()).endsWith("?saved");
    ShopPage after = customer.opensProduct(handle);
    assertThat(after.prices(Currency.EUR).get(0)).isEqualTo("€1.50");
    assertThat(after.prices(Currency.GBP).get(0)).isEqualTo("£0.99");
    assertThat(after.prices(Currency.EUR).subList(1, after.prices(Currency.EUR).size()))
        .isEqualTo(before.prices(Currency.EUR).subList(1, before.prices(Currency.EUR).size()));
    assertThat(customer.opens(shelf).texts(".card .price").get(card)).endsWith("€1.50");
  }

  @Test
  void newPrice_leavesTheOtherEntriesOfThePageInTheCache() {
    String handle = someHandle();
    ShopPage before = customer.opensProduct(handle);
    clerk.opensPrices(handle).fillsIn("EUR", "2.00").presses("Save");

    ShopPage after = customer.opensProduct(handle);

    assertThat(after.misses()).isEqualTo(1);
    assertThat(after.hits()).isEqualTo(2 + before.texts(".variants tbody th").size());
    assertThat(customer.opensProduct(handle).statements()).isZero();
  }

  @Test
  void movedPicture_isWhereTheNextCustomerSeesIt_onEveryPage() {
    String handle = handleWithPictures(3);
    List<String> pictures = customer.opensProduct(handle).pictures();
    int card = customer.opens(shelf).handles().indexOf(handle);

    ShopPage moved = clerk.opensOffice(handle).presses("Move picture 2 up");

    List<String> expected = new ArrayList<>(pictures);
    Collections.swap(expected, 0, 1);
    assertThat(moved.notice()).startsWith("Moved.");
    assertThat(moved.pictures()).isEqualTo(expected);
    assertThat(customer.opensProduct(handle).pictures()).isEqualTo(expected);
    assertThat(customer.opens(shelf).cardPictures().get(card)).isEqualTo(expected.get(0));

    moved.presses("Move picture 2 down");
    Collections.swap(expected, 1, 2);
    assertThat(customer.opensProduct(handle).pictures()).isEqualTo(expected);
    assertThat(customer.opensProduct(handle).statements()).isZero();
  }

  @Test
  void pictureAtTheEnd_cannotBeMovedOn() {
    String handle = handleWithPictures(2);
    ShopPage office = clerk.opensOffice(handle);
    int last = office.pictures().size();

    assertThat(office.presses("Move picture 1 up").address()).isEqualTo(office.address());
    assertThat(office.presses("Move picture " + last + " down").address())
        .isEqualTo(office.address());
    assertThat(customer.opensProduct(handle).pictures()).isEqualTo(office.pictures());
  }

  @Test
  void laterEditOfTheSamePrices_isToldOfTheFirst_andMayReplaceIt() {
    String handle = someHandle();
    ShopPage first = clerk.opensPrices(handle);
    try (Visitor colleague = new Visitor(shop)) {
      ShopPage second = colleague.opensPrices(handle);
      first.fillsIn("EUR", "2.00").presses("Save");

      ShopPage told = second.fillsIn("EUR", "3.00").presses("Save");

      assertThat(told.status()).isEqualTo(409);
      assertThat(told.notice()).contains("Somebody else has changed these prices", "€2.00");
      assertThat(told.entry("EUR")).isEqualTo("3.00");
      assertThat(customer.opensProduct(handle).prices(Currency.EUR).get(0)).isEqualTo("€2.00");

      assertThat(told.presses("Save").notice()).startsWith("Saved.");
      assertThat(customer.opensProduct(handle).prices(Currency.EUR).get(0)).isEqualTo("€3.00");
    }
  }

  @Test
  void wrongPrices_areExplained_andNothingIsSaved() {
    String handle = someHandle();
    List<String> prices = customer.opensProduct(handle).prices(Currency.EUR);
    for (String wrong : List.of("a lot", "0", "0.00", "1.999", "100000", "1e3", "1,50", "")) {
      ShopPage again = clerk.opensPrices(handle).fillsIn("EUR", wrong).presses("Save");
      assertThat(again.status()).isEqualTo(422);
      assertThat(again.notice()).startsWith("Not saved yet");
      assertThat(again.problem("EUR")).startsWith("Please write the price like 24.90");
      assertThat(again.problem("GBP")).isEmpty();
      assertThat(again.entry("EUR")).isEqualTo(wrong);
    }
    assertThat(customer.opensProduct(handle).prices(Currency.EUR)).isEqualTo(prices);

    ShopPage saved = clerk.opensPrices(handle).fillsIn("EUR", "99999.99").presses("Save");

    assertThat(saved.notice()).startsWith("Saved.");
    assertThat(customer.opensProduct(handle).prices(Currency.EUR).get(0)).isEqualTo("€99999.99");
  }

  @Test
  void newTitle_isWhatTheNextCustomerSees_onEveryPage() {
    String handle = someHandle();
    ShopPage before = customer.opensProduct(handle);
    String alike = before.followsFirst(".shop a").address();
    assertThat(customer.opens(alike).titles()).contains(before.heading());

    clerk.opensOffice(handle).fillsIn("title", "The very last of its kind").presses("Save");

    assertThat(customer.opensProduct(handle).heading()).isEqualTo("The very last of its kind");
    assertThat(customer.opens(alike).titles()).contains("The very last of its kind");
    assertThat(customer.opens(shelf).titles()).contains("The very last of its kind");
  }

  @Test
  void newStock_isWhatTheNextCustomerSees() {
    String handle = someHandle();
    customer.opensProduct(handle);

    clerk.opensOffice(handle).fillsIn("stock", "3").presses("Save");
    assertThat(customer.opensProduct(handle).stock()).isEqualTo("Only 3 left");

    clerk.opensOffice(handle).fillsIn("stock", "0").presses("Save");
    assertThat(customer.opensProduct(handle).stock()).isEqualTo("Sold out");
  }

  @Test
  void laterEditOfTheSameVersion_isToldOfTheFirst_andMayReplaceIt() {
    String handle = someHandle();
    ShopPage first = clerk.opensOffice(handle);
    try (Visitor colleague = new Visitor(shop)) {
      ShopPage second = colleague.opensOffice(handle);
      first.fillsIn("stock", "20").presses("Save");

      ShopPage told = second.fillsIn("stock", "30").presses("Save");

      assertThat(told.status()).isEqualTo(409);
      assertThat(told.notice()).contains("Somebody else has changed this product", "stock 20");
      assertThat(told.entry("stock")).isEqualTo("30");
      assertThat(customer.opensProduct(handle).stock()).isEqualTo("20 in stock");

      assertThat(told.presses("Save").notice()).startsWith("Saved.");
      assertThat(customer.opensProduct(handle).stock()).isEqualTo("30 in stock");
    }
  }

  @Test
  void editsAtTheSameMoment_oneIsSaved_theOthersAreTold() {
    String handle = someHandle();
    String version = clerk.opensOffice(handle).entry("version");
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String form = "version=" + version + "&title=Edit+" + i + "&stock=1" + i;
      answers.add(
          client
              .sendAsync(post(handle, form), BodyHandlers.discarding())
              .thenApply(HttpResponse::statusCode));
    }

    assertThat(answers.stream().map(CompletableFuture::join).toList())
        .containsExactlyInAnyOrder(303, 409, 409, 409, 409, 409);
    ShopPage saved = clerk.opensOffice(handle);
    assertThat(customer.opensProduct(handle).heading()).isEqualTo(saved.entry("title"));
    assertThat(customer.opensProduct(handle).stock()).isEqualTo(saved.entry("stock") + " in stock");
  }

  @Test
  void wrongEntries_areExplained_andNothingIsSaved() {
    String handle = someHandle();
    String title = customer.opensProduct(handle).heading();

    ShopPage again =
        clerk.opensOffice(handle).fillsIn("title", "  ").fillsIn("stock", "-1").presses("Save");

    assertThat(again.status()).isEqualTo(422);
    assertThat(again.notice()).startsWith("Not saved yet");
    assertThat(again.problem("title")).isEqualTo("A product needs a title.");
    assertThat(again.problem("stock")).startsWith("Please give the stock as a whole number");
    assertThat(again.entry("stock")).isEqualTo("-1");
    assertThat(customer.opensProduct(handle).heading()).isEqualTo(title);
  }

  @Test
  void entriesAtTheEdge_areRefusedOrSaved() {
    String handle = someHandle();
    ShopPage tooLong = clerk.opensOffice(handle).fillsIn("title", "x".repeat(121)).presses("Save");
    assertThat(tooLong.problem("title")).contains("120 characters");

    ShopPage saved =
        clerk
            .opensOffice(handle)
            .fillsIn("title", "x".repeat(120))
            .fillsIn("stock", "1000000")
            .presses("Save");

    assertThat(saved.notice()).startsWith("Saved.");
    assertThat(customer.opensProduct(handle).stock()).isEqualTo("1000000 in stock");
  }

  @Test
  void formWithoutItsFields_isRefused() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(post(someHandle(), "stock=1"), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("Please open the product again");
  }

  @Test
  void titleWithMarkup_isShownAsText() {
    String handle = someHandle();
    String title = "<script>alert(\"hi\")</script> & 'Tom' <b>";

    ShopPage saved = clerk.opensOffice(handle).fillsIn("title", title).presses("Save");

    assertThat(saved.entry("title")).isEqualTo(title);
    for (ShopPage page :
        List.of(
            saved,
            customer.opensProduct(handle),
            customer.opens(shelf),
            clerk.opens("/office" + shelf.substring(1)))) {
      assertThat(page.source()).doesNotContain("<script", "<b>");
    }
    assertThat(customer.opensProduct(handle).heading()).isEqualTo(title);
  }

  @Test
  void pages_mayLoadNothingFromElsewhere() throws IOException {
    ShopPage list = customer.opens("/");

    assertThat(list.header("Content-Security-Policy")).startsWith("default-src 'self'");
    assertThat(list.source()).doesNotContain("https://", "<script", "style=");
  }

  /** A product that no other test of this run changes; {@link #shelf} is a list that has it. */
  final String someHandle() {
    shelf = "/?page=" + (1 + taken / Catalogue.PAGE_SIZE);
    return customer.opens(shelf).handles().get(taken++ % Catalogue.PAGE_SIZE);
  }

  /** One of them that has at least so many pictures. */
  final String handleWithPictures(int atLeast) {
    while (true) {
      String handle = someHandle();
      if (customer.opensProduct(handle).pictures().size() >= atLeast) {
        return handle;
      }
    }
  }

  final Visitor customer() {
    return customer;
  }

  final Visitor clerk() {
    return clerk;
  }

  private HttpRequest post(String handle, String form) {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + shop.port() + "/office/products/" + handle))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form))
        .build();
  }
}
