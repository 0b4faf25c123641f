package io.identitycache.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {

  @ParameterizedTest
  @CsvSource({
    "PT-1S, 2",
    "PT0S, 2",
    "PT0.000000001S, 2",
    "PT0.3S, 2",
    "PT1S, 2",
    "PT2S, 2",
    "PT2.000000001S, 3",
    "PT10S, 10",
    "PT24H, 86400",
  })
  void timesToLive_areRoundedUpToSeconds_twoAtLeast(Duration timeToLive, int seconds) {
    assertThat(Expiry.of(timeToLive)).isEqualTo(seconds);
  }

  @Test
  @DisplayName("BAK-16 More than 30 days, which memcached would take for a date, become 30 days")
  void longTimesToLive_becomeThirtyDays() {
    int thirtyDays = 30 * 24 * 60 * 60;
    assertThat(Expiry.of(Duration.ofDays(30))).isEqualTo(thirtyDays);
    assertThat(Expiry.of(Duration.ofDays(30).plusNanos(1))).isEqualTo(thirtyDays);
    assertThat(Expiry.of(Duration.ofDays(60))).isEqualTo(thirtyDays);
    assertThat(Expiry.of(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))).isEqualTo(thirtyDays);
  }
}
