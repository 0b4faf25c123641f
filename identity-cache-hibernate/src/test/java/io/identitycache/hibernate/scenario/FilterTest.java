package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.List;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilterTest {

  /** Shown unless it is hidden. */
  @Entity(name = "Picture")
  @CacheIndex("album")
  @FilterDef(name = "visible")
  @Filter(name = "visible", condition = "hidden = false")
  static class Picture {
    @Id @GeneratedValue Long id;
    String album;
    boolean hidden;
  }

  interface Pictures extends CacheRepository<Picture, Long> {
    List<Picture> fetchByAlbum(String album);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName("CFG-07 a session's filter is not answered by entries without it, and makes none")
  void enabledFilter_bypasses(StoreKind kind) {
    try (TestApplication shop = TestApplication.of(kind, Picture.class).start()) {
      shop.inTransaction(
          session -> {
            for (boolean hidden : new boolean[] {true, false}) {
              Picture picture = new Picture();
              picture.album = "holidays";
              picture.hidden = hidden;
              session.persist(picture);
            }
          });
      Pictures pictures = shop.repository(Pictures.class);
      for (int time = 0; time < 2; time++) {
        shop.reset();
        shop.fromReadOnlyTransaction(
            session -> {
              session.enableFilter("visible");
              assertThat(pictures.fetchByAlbum("holidays"))
                  .singleElement()
                  .satisfies(picture -> assertThat(picture.hidden).isFalse());
              return null;
            });
        assertThat(shop.ops()).isZero();
        assertThat(pictures.fetchByAlbum("holidays")).hasSize(2);
      }
    }
  }
}
