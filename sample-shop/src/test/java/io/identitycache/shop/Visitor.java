package io.identitycache.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;

/** Somebody with a browser in front of a shop. For one thread. */
final class Visitor implements AutoCloseable {

  private final WebClient browser = new WebClient(BrowserVersion.CHROME);
  private final String shop;

  Visitor(SampleShop shop) {
    this.shop = "http://localhost:" + shop.port();
    browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
    browser.getOptions().setJavaScriptEnabled(false);
    browser.getOptions().setCssEnabled(false);
    browser.getOptions().setTimeout(30_000);
  }

  /** Opens a page by its address within the shop. */
  ShopPage opens(String address) {
    try {
      return new ShopPage(browser.getPage(shop + address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ShopPage opensProduct(String handle) {
    return opens("/products/" + handle);
  }

  ShopPage opensOffice(String handle) {
    return opens("/office/products/" + handle);
  }

  /** Opens the form for the prices of a product's first variant. */
  ShopPage opensPrices(String handle) {
    return opensOffice(handle).followsFirst(".rows a");
  }

  @Override
  public void close() {
    browser.close();
  }
}
