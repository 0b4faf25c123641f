package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.testing.MeteredStore;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Enhanced children, whose owner is neither loaded nor a proxy of its class. */
class EnhancedOwnersTest {

  /** Embeds its pages. */
  @Entity(name = "Folder")
  @IdentityCached
  public static class Folder {
    @Id private Long id;

    @CacheEmbed
    @OneToMany(mappedBy = "folder")
    private Set<Page> pages = new HashSet<>();

    public Long getId() {
      return id;
    }
  }

  /** A class below: no proxy can stand for a folder whose class is not known. */
  @Entity(name = "ColouredFolder")
  public static class ColouredFolder extends Folder {}

  /** Its folder is read only when it is asked for more than its id. */
  @Entity(name = "Page")
  public static class Page {
    @Id private Long id;
    private String text;

    @ManyToOne(fetch = FetchType.LAZY)
    private Folder folder;

    public Long getId() {
      return id;
    }

    public void setText(String text) {
      this.text = text;
    }

    public void setFolder(Folder folder) {
      this.folder = folder;
    }
  }

  private static void set(Object page, String setter, Class<?> type, Object value) {
    try {
      page.getClass().getMethod(setter, type).invoke(page, value);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> deleted(TestApplication office) {
    return office.store().operations().stream()
        .filter(operation -> operation.kind() == MeteredStore.Kind.DELETE)
        .flatMap(operation -> operation.keys().stream())
        .map(key -> key.text().replaceFirst(".*:", ""))
        .sorted()
        .toList();
  }

  @Test
  @DisplayName("An enhanced child changes, moves and goes, its owner not loaded: the owners")
  void unloadedOwner_isAffected() {
    EnhancedClasses classes = new EnhancedClasses(EnhancedOwnersTest.class);
    Class<?> folder = classes.enhanced(Folder.class);
    Class<?> page = classes.enhanced(Page.class);
    Class<?> coloured = classes.enhanced(ColouredFolder.class);
    try (TestApplication office =
        TestApplication.of(StoreKind.IN_PROCESS, folder, coloured, page).start()) {
      office
          .database()
          .execute("insert into Folder (id, DTYPE) values (1, 'Folder'), (2, 'Folder')");
      office.database().execute("insert into Page (id, folder_id) values (3, 1)");

      office.reset();
      office.inTransaction(session -> set(session.find(page, 3L), "setText", String.class, "new"));
      assertThat(deleted(office)).containsExactly("1");

      office.reset();
      office.inTransaction(
          session ->
              set(session.find(page, 3L), "setFolder", folder, session.getReference(folder, 2L)));
      assertThat(deleted(office)).containsExactly("1", "2");

      office.reset();
      office.inTransaction(session -> session.remove(session.find(page, 3L)));
      assertThat(deleted(office)).containsExactly("2");
    }
  }
}
