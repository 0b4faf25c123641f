package io.identitycache.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what is wrong with settings, mappings or a repository, so that one report names it all.
 * Used by one thread: {@code add} for each problem, then {@code throwIfAny} once.
 */
public final class Problems {

  private final Map<String, List<String>> bySubject = new LinkedHashMap<>();

  /**
   * Notes a problem.
   *
   * @param subject what it is about, a heading of the report: an entity, a repository, "Settings"
   * @param problem the culprit, what is allowed, and the next step
   */
  public void add(String subject, String problem) {
    bySubject.computeIfAbsent(subject, s -> new ArrayList<>()).add(problem);
  }

  /** How many were noted. */
  public int size() {
    return bySubject.values().stream().mapToInt(List::size).sum();
  }

  /** Whether nothing was noted. */
  public boolean isEmpty() {
    return bySubject.isEmpty();
  }

  /**
   * Ends the collecting.
   *
   * @throws InvalidConfigurationException with all that was noted, grouped by subject
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new InvalidConfigurationException(report());
    }
  }

  private String report() {
    int count = size();
    StringBuilder report =
        new StringBuilder("Identity Cache cannot start: ")
            .append(count == 1 ? "1 problem" : count + " problems");
    bySubject.forEach(
        (subject, problems) -> {
          report.append("\n  ").append(subject);
          problems.forEach(problem -> report.append("\n    - ").append(problem));
        });
    return report.toString();
  }
}
