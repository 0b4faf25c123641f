package io.identitycache.fetch;

import io.identitycache.settings.ReadOnlyFill;
import org.jspecify.annotations.Nullable;

/**
 * Whether and by whom missed entries are filled.
 *
 * @param fill whether a fetch outside a transaction fills
 * @param direct whether a fetch in a read-only transaction fills
 * @param background who fills for a read-only transaction, null for nobody
 */
public record FillChoice(boolean fill, boolean direct, @Nullable BackgroundFiller background) {

  /** The choice that the settings make. */
  public static FillChoice of(boolean fill, ReadOnlyFill choice, BackgroundFiller filler) {
    return new FillChoice(
        fill,
        fill && choice == ReadOnlyFill.DIRECT,
        fill && choice == ReadOnlyFill.BACKGROUND ? filler : null);
  }
}
