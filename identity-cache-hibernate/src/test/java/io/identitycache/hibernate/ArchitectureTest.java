package io.identitycache.hibernate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
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

/** Which package of this module may know which. */
class ArchitectureTest {

  private static final String ROOT = "io.identitycache.hibernate";

  /**
   * The packages, and those of this module that each may use. The lower ones come first: a package
   * uses none that is listed below it.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("guard", Set.of()),
          entry("state", Set.of()),
          entry("transaction", Set.of()),
          entry("mapping", Set.of("state")),
          entry("load", Set.of("mapping", "state")),
          entry("change", Set.of("mapping", "transaction")),
          entry("activation", Set.of("change", "guard", "load", "mapping", "transaction")),
          entry("", Set.of("activation")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages(ROOT);

  @Test
  void packages_useOnlyWhatTheyMay() {
    assertThat(CLASSES).isNotEmpty();
    for (JavaClass each : CLASSES) {
      String name = packageOf(each);
      assertThat(MAY_USE).as("%s is listed here", name).containsKey(name);
      Set<String> used =
          each.getDirectDependenciesFromSelf().stream()
              .map(Dependency::getTargetClass)
              .filter(target -> (target.getPackageName() + ".").startsWith(ROOT + "."))
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

  /** Which store there is, only the place decides where all is put together. */
  @Test
  void onlyActivation_choosesTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".activation")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.identitycache.store..", "io.identitycache.memcached..")
        .check(CLASSES);
  }

  @Test
  void nothing_knowsTheMemcachedClient() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.rubyeye..", "com.google.code.yanf4j..")
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
