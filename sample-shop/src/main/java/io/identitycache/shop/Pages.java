package io.identitycache.shop;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.Map;

/** Writes pages from the templates, each with what it has cost in its footer. */
final class Pages {

  private static final String HTML = "text/html; charset=utf-8";
  private static final String SHOWN = "shown";

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Bookkeeper bookkeeper;

  Pages(Bookkeeper bookkeeper) {
    this.bookkeeper = bookkeeper;
  }

  void show(Context context, String template, Map<String, Object> contents) {
    show(context, HttpStatus.OK, template, contents);
  }

  void show(Context context, HttpStatus status, String template, Map<String, Object> contents) {
    Map<String, Object> parameters = new HashMap<>(contents);
    parameters.put("tally", bookkeeper.current());
    StringOutput page = new StringOutput();
    templates.render(template + ".jte", parameters, page);
    context.attribute(SHOWN, template);
    context.status(status).contentType(HTML).result(page.toString());
  }

  /** Whether this request has been answered with a page. */
  static boolean isShown(Context context) {
    return context.attribute(SHOWN) != null;
  }

  /** A page that says, kindly, that something is not there or did not work. */
  void apologise(Context context, HttpStatus status, String title, String explanation) {
    show(context, status, "sorry", Map.of("title", title, "explanation", explanation));
  }
}
