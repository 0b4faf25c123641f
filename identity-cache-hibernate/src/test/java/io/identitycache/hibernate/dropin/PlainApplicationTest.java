package io.identitycache.hibernate.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.testing.MemcachedServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainApplicationTest {

  private static final String UNIT =
      """
      <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
        <persistence-unit name="shop">
          <class>io.identitycache.hibernate.dropin.Product</class>
          <exclude-unlisted-classes>true</exclude-unlisted-classes>
          <properties>
      %s
          </properties>
        </persistence-unit>
      </persistence>
      """;

  @TempDir Path resources;

  @Test
  @DisplayName("CFG-19 drop-in: jar and two settings in persistence.xml")
  void persistenceXml_isEnough() throws Exception {
    try (MemcachedServer memcached = MemcachedServer.start()) {
      write(
          "META-INF/persistence.xml",
          UNIT.formatted(
              """
              <property name="jakarta.persistence.jdbc.url" value="jdbc:h2:mem:shop"/>
              <property name="hibernate.hbm2ddl.auto" value="create"/>
              <property name="hibernate.identity_cache.servers" value="%s"/>
              <property name="hibernate.identity_cache.namespace" value="shop"/>
              """
                  .formatted(memcached.address())));

      assertThatItIsCached(run(), memcached);
    }
  }

  @Test
  @DisplayName("CFG-19 drop-in: jar and two settings in hibernate.properties")
  void hibernateProperties_areEnough() throws Exception {
    try (MemcachedServer memcached = MemcachedServer.start()) {
      write("META-INF/persistence.xml", UNIT.formatted(""));
      write(
          "hibernate.properties",
          """
          jakarta.persistence.jdbc.url=jdbc:h2:mem:shop
          hibernate.hbm2ddl.auto=create
          hibernate.identity_cache.servers=%s
          hibernate.identity_cache.namespace=shop
          """
              .formatted(memcached.address()));

      assertThatItIsCached(run(), memcached);
    }
  }

  private static void assertThatItIsCached(List<String> told, MemcachedServer memcached) {
    assertThat(told)
        .containsExactly(
            "first: Teapot, 2 statements",
            "again: Teapot, 0 statements",
            "after a commit: Large teapot, 2 statements",
            "after a rollback: Large teapot, 0 statements");
    // twice, the index entry and the entity's
    assertThat(Integer.parseInt(memcached.stat("get_hits"))).isGreaterThanOrEqualTo(4);
  }

  /** What the application tells, run with our resources, as it ends by itself. */
  private List<String> run() throws IOException, InterruptedException {
    Path output = resources.resolve("output.txt");
    Process application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                resources + File.pathSeparator + System.getProperty("java.class.path"),
                PlainApplication.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(application.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      application.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(application.exitValue()).as(String.join("\n", lines)).isZero();
    return lines.stream()
        .filter(line -> line.startsWith(PlainApplication.TELLS))
        .map(line -> line.substring(PlainApplication.TELLS.length()))
        .toList();
  }

  private void write(String name, String text) throws IOException {
    Path file = resources.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
