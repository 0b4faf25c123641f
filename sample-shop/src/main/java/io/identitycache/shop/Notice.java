package io.identitycache.shop;

import io.javalin.http.Context;

/** What a page of the back office says about what has just been done there. */
public enum Notice {
  NONE,
  SAVED,
  MOVED,
  INVALID,
  CONFLICT;

  /** What the address says that a redirect has led to. */
  static Notice of(Context context) {
    if (context.queryParam("saved") != null) {
      return SAVED;
    }
    return context.queryParam("moved") != null ? MOVED : NONE;
  }
}
