package io.identitycache.hibernate;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hibernate.Version;
import org.junit.jupiter.api.Test;
import org.springframework.core.SpringVersion;

/**
 * That each run of the matrix has on its class path what its name promises, and nothing twice.
 * Maven says what that is; an IDE, which says nothing, has the class path we compile with.
 */
class MatrixTest {
  private static final List<String> JARS =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .distinct()
          .map(path -> new File(path).getName())
          .filter(name -> name.endsWith(".jar"))
          .toList();

  @Test
  void hibernate_isTheOneOfThisRun() {
    assertThat(Version.getVersionString())
        .startsWith(System.getProperty("matrix.hibernate", "6.6."));
  }

  @Test
  void persistenceApi_isTheOneOfThisRun() {
    String jar = EntityManager.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar)
        .contains(
            "/jakarta.persistence-api-" + System.getProperty("matrix.persistence-api", "3.1."));
  }

  @Test
  void spring_isTheOneOfThisRun() {
    assertThat(SpringVersion.getVersion()).startsWith(System.getProperty("matrix.spring", "6.2."));
  }

  @Test
  void jdk_isTheOneOfThisRun() {
    String running = String.valueOf(Runtime.version().feature());
    assertThat(running).isEqualTo(System.getProperty("matrix.jdk", running));
  }

  @Test
  void classPath_holdsNoLibraryTwice() {
    Map<String, List<String>> versions =
        JARS.stream()
            .filter(jar -> !jar.startsWith("identity-cache-"))
            .collect(groupingBy(jar -> jar.replaceFirst("-\\d.*", "")));
    assertThat(versions).containsKeys("hibernate-core", "byte-buddy", "spring-orm", "h2");
    assertThat(versions.values()).allSatisfy(jars -> assertThat(jars).hasSize(1));
  }
}
