package io.identitycache.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProblemsTest {

  private final Problems problems = new Problems();

  @Test
  void withoutProblems_nothingIsThrown() {
    assertThat(problems.isEmpty()).isTrue();
    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void oneProblem_isReportedUnderItsSubject() {
    problems.add("Product", "no attribute \"handel\".");
    assertThat(problems.isEmpty()).isFalse();
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            Identity Cache cannot start: 1 problem
              Product
                - no attribute "handel".""");
  }

  @Test
  void manyProblems_areGroupedBySubjectInTheirOrder() {
    problems.add("Settings", "one");
    problems.add("Product", "two");
    problems.add("Settings", "three");
    assertThatThrownBy(problems::throwIfAny)
        .hasMessage(
            """
            Identity Cache cannot start: 3 problems
              Settings
                - one
                - three
              Product
                - two""");
  }
}
