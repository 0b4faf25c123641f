package io.identitycache.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {

  private static final List<String> VALID =
      List.of("handle", "vendor", "productType", "operation_timeout", "lease_time_to_live");

  @ParameterizedTest
  @CsvSource({
    "handel, handle",
    "Handle, handle",
    "handl, handle",
    "vendors, vendor",
    "producttype, productType",
    "operation_time_out, operation_timeout",
    "leaseTimeToLive, lease_time_to_live",
  })
  void slips_areRecognised(String misspelt, String meant) {
    assertThat(NearestName.of(misspelt, VALID)).hasValue(meant);
    assertThat(NearestName.hint(misspelt, VALID)).isEqualTo(" Did you mean \"" + meant + "\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour", "x", "", "completelyDifferent"})
  void whatIsFarFromAll_hasNoHint(String misspelt) {
    assertThat(NearestName.of(misspelt, VALID)).isEmpty();
    assertThat(NearestName.hint(misspelt, VALID)).isEmpty();
  }

  @Test
  void withoutValidNames_thereIsNoHint() {
    assertThat(NearestName.hint("handle", List.of())).isEmpty();
  }
}
