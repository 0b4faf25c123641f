package io.identitycache.shop;

import java.util.Locale;

/** The colours that products come in, with how they look on a page. */
public enum Colour {
  SAGE("#7f9a80", "#e7ede4"),
  FOREST("#3f6652", "#e0eae3"),
  OCHRE("#c8923f", "#f7ecd8"),
  TERRACOTTA("#bf6b4b", "#f7e5dc"),
  ROSE("#c98a8f", "#f8e8e8"),
  PLUM("#7a4f6d", "#efe4ec"),
  INK("#34486b", "#e2e7f0"),
  SKY("#7aa5c4", "#e4eff6"),
  SLATE("#66737c", "#e7eaec"),
  SAND("#c9b08c", "#f6efe4"),
  CHALK("#d9d5cb", "#efede7"),
  CHARCOAL("#45433f", "#e6e4e0");

  private final String body;
  private final String backdrop;

  Colour(String body, String backdrop) {
    this.body = body;
    this.backdrop = backdrop;
  }

  /** The colour itself, as CSS writes it. */
  public String body() {
    return body;
  }

  /** A pale tint to show it on, as CSS writes it. */
  public String backdrop() {
    return backdrop;
  }

  /** The colour's name within a sentence. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
