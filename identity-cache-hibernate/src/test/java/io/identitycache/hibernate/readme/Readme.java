package io.identitycache.hibernate.readme;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that a user reads: README.md and what it leads to. */
final class Readme {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

  private final Path page;
  private final String text;

  private Readme(Path page) {
    this.page = page;
    this.text = read(page);
  }

  static Readme open() {
    return new Readme(project().resolve("README.md"));
  }

  /** Every page of documentation. */
  static List<Readme> pages() {
    try (Stream<Path> top = Files.list(project());
        Stream<Path> docs = Files.walk(project().resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .map(Readme::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code blocks in this language, in order. */
  List<String> blocks(String language) {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(text)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** The first properties block. */
  Properties settings() {
    try {
      Properties settings = new Properties();
      settings.load(new StringReader(blocks("properties").get(0)));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files it links to that do not exist. */
  List<String> brokenLinks() {
    return LINK.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(link -> link.replaceAll("^]\\(|(#.*)?\\)$", ""))
        .filter(link -> !Files.exists(page.resolveSibling(link)))
        .toList();
  }

  /** A region of one of this package's sources, as it would stand in a page. */
  static String region(Class<?> type, String name) {
    Path source =
        project()
            .resolve("identity-cache-hibernate/src/test/java")
            .resolve(type.getName().replace('.', '/') + ".java");
    return Pattern.compile("(?ms)^ *// README: " + name + "\n(.*?)^ *// end$")
        .matcher(read(source))
        .results()
        .map(region -> region.group(1).stripTrailing().stripIndent() + "\n")
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no region " + name));
  }

  private static Path project() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return page.getFileName().toString();
  }
}
