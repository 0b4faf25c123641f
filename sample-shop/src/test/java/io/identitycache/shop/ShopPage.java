package io.identitycache.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;

/** A page of the shop, as a visitor sees and uses it. */
final class ShopPage {

  private final HtmlPage page;

  ShopPage(HtmlPage page) {
    this.page = page;
  }

  int status() {
    return page.getWebResponse().getStatusCode();
  }

  String address() {
    String query = page.getUrl().getQuery();
    return page.getUrl().getPath() + (query == null ? "" : "?" + query);
  }

  /** The bytes as they came, decoded. */
  String source() {
    return page.getWebResponse().getContentAsString();
  }

  String header(String name) {
    return page.getWebResponse().getResponseHeaderValue(name);
  }

  String heading() {
    return textOf("h1");
  }

  /** As the page of a product and its card in a list say it: what the cheapest variant costs. */
  String price() {
    return textOf(".product .price");
  }

  /** The prices of a product's variants in a currency, in the order of the page. */
  List<String> prices(Currency currency) {
    return texts(".variants ." + currency);
  }

  /** What the pictures of a product show, in the order of the page. */
  List<String> pictures() {
    return descriptions(".gallery svg, .rows svg");
  }

  /** What the pictures of the products in a list show. */
  List<String> cardPictures() {
    return descriptions(".card svg");
  }

  String stock() {
    return textOf(".product .stock");
  }

  String notice() {
    return textOf(".notice");
  }

  /** What is said to be wrong with a field of the form. */
  String problem(String field) {
    return textOf("#" + field + "-problem");
  }

  /** The titles of the products in a list. */
  List<String> titles() {
    return texts(".card .title, .stocklist tbody th");
  }

  /** The handles of the products in a list. */
  List<String> handles() {
    return page.querySelectorAll(".card, .stocklist tbody th a").stream()
        .map(link -> ((HtmlAnchor) link).getHrefAttribute().replaceFirst(".*/products/", ""))
        .toList();
  }

  List<String> texts(String selector) {
    return page.querySelectorAll(selector).stream().map(DomNode::getTextContent).toList();
  }

  int storeReads() {
    return number("store-reads");
  }

  int hits() {
    return number("hits");
  }

  int misses() {
    return number("misses");
  }

  int statements() {
    return number("statements");
  }

  boolean has(String selector) {
    return page.querySelector(selector) != null;
  }

  ShopPage follows(String linkText) {
    return click(page.getAnchorByText(linkText));
  }

  ShopPage followsFirst(String selector) {
    return click(page.querySelector(selector));
  }

  ShopPage chooses(String select, String option) {
    HtmlSelect choice = page.querySelector("select[name=" + select + "]");
    choice.setSelectedAttribute(choice.getOptionByText(option), true);
    return this;
  }

  List<String> choices(String select) {
    HtmlSelect choice = page.querySelector("select[name=" + select + "]");
    return choice.getOptions().stream().map(option -> option.getText()).toList();
  }

  ShopPage fillsIn(String field, String value) {
    ((HtmlInput) page.getElementById(field)).setValue(value);
    return this;
  }

  String entry(String field) {
    return ((HtmlInput) page.getElementByName(field)).getValue();
  }

  /** Presses a button by the text on it, or by what is read out for it. */
  ShopPage presses(String button) {
    HtmlButton pressed =
        page.querySelectorAll("button").stream()
            .map(HtmlButton.class::cast)
            .filter(
                candidate ->
                    candidate.getTextContent().equals(button)
                        || candidate.getAttribute("aria-label").equals(button))
            .findFirst()
            .orElseThrow();
    return click(pressed);
  }

  private List<String> descriptions(String selector) {
    return page.querySelectorAll(selector).stream()
        .map(picture -> ((DomElement) picture).getAttribute("aria-label"))
        .toList();
  }

  private String textOf(String selector) {
    DomNode node = page.querySelector(selector);
    return node == null ? "" : node.getTextContent().strip();
  }

  private int number(String id) {
    return Integer.parseInt(page.getElementById(id).getTextContent());
  }

  private static ShopPage click(DomElement element) {
    try {
      return new ShopPage(element.click());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
