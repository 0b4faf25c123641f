package io.identitycache.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;

/** Somebody with a browser in front of a shop. For one thread. */
final class Visitor implements AutoCloseable {

  private final WebClient browser = new WebClient(BrowserVersion.CHROME);
  private final String shop;

  Visitor(Shop shop) {
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

  @Override
  public void close() {
    browser.close();
  }
}
