package io.identitycache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which package may know which. */
class ArchitectureTest {

  private static final String ROOT = "io.identitycache";

  /**
   * The packages, and those that each may use. The lower ones come first, so that there can be no
   * cycle: a package uses none that is listed below it. The root may use all.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("key", Set.of()),
          entry("annotation", Set.of()),
          entry("validation", Set.of()),
          entry("entry", Set.of("key")),
          entry("store", Set.of("key")),
          entry("event", Set.of("key")),
          entry("micrometer", Set.of("event")),
          entry("model", Set.of("annotation", "entry", "key", "validation")),
          entry("memcached", Set.of("key", "store")),
          entry("settings", Set.of("key", "memcached", "store", "validation")),
          entry("fetch", Set.of("entry", "event", "key", "model", "settings", "store")),
          entry("invalidation", Set.of("event", "fetch", "key", "model", "settings", "store")),
          entry(
              "repository",
              Set.of(
                  "annotation", "event", "fetch", "invalidation", "key", "model", "validation")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages(ROOT);

  @Test
  void packages_useOnlyWhatTheyMay() {
    for (JavaClass each : CLASSES) {
      String name = packageOf(each);
      if (name.isEmpty()) {
        continue;
      }
      assertThat(MAY_USE).as("%s is listed here", name).containsKey(name);
      Set<String> used =
          each.getDirectDependenciesFromSelf().stream()
              .map(dependency -> dependency.getTargetClass())
              .filter(target -> target.getPackageName().startsWith(ROOT))
              .map(ArchitectureTest::packageOf)
              .filter(target -> !target.equals(name))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(used).as("used by %s", each.getName()).isSubsetOf(MAY_USE.get(name));
    }
  }

  /** The first package below the root; empty for the root itself. */
  private static String packageOf(JavaClass each) {
    String name = each.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.")[0];
  }

  @Test
  void packages_formNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheMemcachedPackage_knowsTheClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".memcached")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.rubyeye..", "com.google.code.yanf4j..")
        .check(CLASSES);
  }

  /** An application without Micrometer must never meet its classes. */
  @Test
  void onlyTheMicrometerPackage_knowsMicrometer() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".micrometer")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", ROOT + ".micrometer..")
        .check(CLASSES);
  }

  @Test
  void nothing_knowsHibernate() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hibernate..", ROOT + ".hibernate..")
        .check(CLASSES);
  }

  @Test
  void everyPackage_isNullMarked() {
    Set<JavaPackage> packages =
        CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each.isAnnotatedWith(NullMarked.class))
                    .as("%s has a package-info with @NullMarked", each.getName())
                    .isTrue());
  }
}
