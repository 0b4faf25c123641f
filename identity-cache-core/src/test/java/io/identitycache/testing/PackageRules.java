package io.identitycache.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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

/** What every module's packages keep to; the module's own test adds what is its alone. */
public abstract class PackageRules {

  private final String root;
  private final Map<String, Set<String>> mayUse;

  /** The module's main classes. */
  protected final JavaClasses classes;

  /**
   * The rules for a module.
   *
   * @param root the package above all others
   * @param mayUse the packages by their names below the root, and those of the same module that
   *     each may use; the root package itself is the empty name, and may use all if it is missing
   */
  protected PackageRules(String root, Map<String, Set<String>> mayUse) {
    this.root = root;
    this.mayUse = mayUse;
    this.classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(root);
  }

  @Test
  void packages_useOnlyWhatTheyMay() {
    assertThat(classes).isNotEmpty();
    for (JavaClass each : classes) {
      String name = packageOf(each);
      if (name.isEmpty() && !mayUse.containsKey(name)) {
        continue;
      }
      assertThat(mayUse).as("%s is listed here", name).containsKey(name);
      Set<String> used =
          each.getDirectDependenciesFromSelf().stream()
              .map(Dependency::getTargetClass)
              .filter(target -> (target.getPackageName() + ".").startsWith(root + "."))
              .map(this::packageOf)
              .filter(target -> !target.equals(name))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(used).as("used by %s", each.getName()).isSubsetOf(mayUse.get(name));
    }
  }

  /** The first package below the root; empty for the root itself. */
  private String packageOf(JavaClass each) {
    String name = each.getPackageName();
    return name.equals(root) ? "" : name.substring(root.length() + 1).split("\\.")[0];
  }

  @Test
  void packages_formNoCycle() {
    slices().matching(root + ".(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void everyPackage_isNullMarked() {
    Set<JavaPackage> packages =
        classes.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each.isAnnotatedWith(NullMarked.class))
                    .as("%s has a package-info with @NullMarked", each.getName())
                    .isTrue());
  }
}
