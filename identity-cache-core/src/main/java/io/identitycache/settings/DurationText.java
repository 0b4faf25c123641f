package io.identitycache.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number with a unit, or ISO 8601. */
public final class DurationText {

  /** What is allowed, for messages. */
  public static final String ALLOWED =
      "a duration such as 200ms, 10s, 5m, 1h, 1d or ISO 8601 (PT10S), of 36500d at most";

  /** Beyond it, sums and clocks overflow. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(-?\\d{1,18})\\s*(ms|s|m|h|d)");

  private DurationText() {}

  /** Reads a duration, a negative one too; empty if the text is none, or too long a one. */
  public static Optional<Duration> parse(String text) {
    return read(text).filter(duration -> duration.abs().compareTo(LONGEST) <= 0);
  }

  private static Optional<Duration> read(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    try {
      Matcher matcher = NUMBER_AND_UNIT.matcher(trimmed);
      if (matcher.matches()) {
        return Optional.of(Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2))));
      }
      return trimmed.startsWith("p") || trimmed.startsWith("-p")
          ? Optional.of(Duration.parse(trimmed))
          : Optional.empty();
    } catch (DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static ChronoUnit unit(String suffix) {
    return switch (suffix) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
