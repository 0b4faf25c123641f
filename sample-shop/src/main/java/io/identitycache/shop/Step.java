package io.identitycache.shop;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a picture is moved to in the row of its product's. */
public enum Step {
  EARLIER(-1),
  LATER(1);

  private final int places;

  Step(int places) {
    this.places = places;
  }

  /** The step of this name, as a form sends it; empty if there is none. */
  static Optional<Step> named(@Nullable String name) {
    for (Step step : values()) {
      if (step.toString().equals(name)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  int places() {
    return places;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
