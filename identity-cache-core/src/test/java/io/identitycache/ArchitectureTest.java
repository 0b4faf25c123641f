package io.identitycache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import io.identitycache.testing.PackageRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which package may know which. */
class ArchitectureTest extends PackageRules {

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

  ArchitectureTest() {
    super(ROOT, MAY_USE);
  }

  @Test
  void onlyTheMemcachedPackage_knowsTheClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".memcached")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.rubyeye..", "com.google.code.yanf4j..")
        .check(classes);
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
        .check(classes);
  }

  @Test
  void nothing_knowsHibernate() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hibernate..", ROOT + ".hibernate..")
        .check(classes);
  }
}
