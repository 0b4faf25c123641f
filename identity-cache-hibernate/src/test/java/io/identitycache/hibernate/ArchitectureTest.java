package io.identitycache.hibernate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import io.identitycache.testing.PackageRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which package of this module may know which. */
class ArchitectureTest extends PackageRules {

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

  ArchitectureTest() {
    super(ROOT, MAY_USE);
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
        .check(classes);
  }

  @Test
  void nothing_knowsTheMemcachedClient() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.rubyeye..", "com.google.code.yanf4j..")
        .check(classes);
  }
}
