package io.identitycache.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.event.CacheEvent;
import io.identitycache.event.CacheEvent.Kind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MicrometerListenerTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerListener listener = new MicrometerListener(registry);

  @ParameterizedTest
  @CsvSource({
    "HIT, cache.gets, hit",
    "ABSENT_HIT, cache.gets, absent",
    "MISS, cache.gets, miss",
    "FILL, cache.puts,",
    "INVALIDATION_SENT, cache.evictions,",
    "FILL_LOST, identity_cache.fills.lost,",
    "TAKEOVER, identity_cache.takeovers,",
    "BYPASS, identity_cache.bypasses,",
    "INVALIDATION_FAILED, identity_cache.invalidations.failed,",
    "UNDECODABLE, identity_cache.undecodable,",
    "TOO_LARGE, identity_cache.too_large,"
  })
  void event_countsItsKeys(Kind kind, String meter, String result) {
    happens(kind, "Product.handle", 3, Duration.ZERO);
    happens(kind, "Product.handle", 1, Duration.ZERO);

    Tags tags = Tags.of("cache", "Product.handle");
    assertThat(
            registry
                .get(meter)
                .tags(result == null ? tags : tags.and("result", result))
                .counter()
                .count())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "STORE_READ, identity_cache.store.reads",
    "FILL, identity_cache.loads",
    "LEASE_WAIT, identity_cache.lease.waits",
    "INVALIDATION_SENT, identity_cache.invalidations"
  })
  void event_recordsItsTime(Kind kind, String meter) {
    happens(kind, "Product", 5, Duration.ofMillis(20));

    assertThat(registry.get(meter).tag("cache", "Product").timer().count()).isEqualTo(1);
    assertThat(registry.get(meter).timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKind_moves_aMeter(Kind kind) {
    happens(kind, "Product", 1, Duration.ofMillis(1));

    assertThat(registry.getMeters())
        .anySatisfy(
            meter ->
                assertThat(meter.measure())
                    .anySatisfy(measured -> assertThat(measured.getValue()).isPositive()));
  }

  @Test
  void tagsOfTheApplication_areOnEveryMeter() {
    new MicrometerListener(registry, Tags.of("unit", "shop"))
        .on(new CacheEvent(Kind.HIT, "Product", 1, Duration.ZERO));

    assertThat(registry.getMeters())
        .isNotEmpty()
        .extracting(Meter::getId)
        .allSatisfy(id -> assertThat(id.getTag("unit")).isEqualTo("shop"));
  }

  private void happens(Kind kind, String name, int keys, Duration duration) {
    listener.on(new CacheEvent(kind, name, keys, duration));
  }
}
