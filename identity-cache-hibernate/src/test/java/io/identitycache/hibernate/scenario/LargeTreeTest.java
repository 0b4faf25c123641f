package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.event.CacheEvent.Kind;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Entries that what they embed makes large. */
class LargeTreeTest {

  /** Pictures, whose comments take the room, and some words. */
  @Entity(name = "Album")
  @IdentityCached
  static class Album {
    @Id Long id;

    @ElementCollection @CacheEmbed List<String> words = new ArrayList<>();

    @OneToMany(mappedBy = "album", cascade = CascadeType.ALL, orphanRemoval = true)
    @CacheEmbed
    List<Picture> pictures = new ArrayList<>();

    protected Album() {}

    Album(long id, int comments, int length) {
      this.id = id;
      words.add(incompressible(100));
      Picture picture = new Picture();
      picture.id = id;
      picture.album = this;
      pictures.add(picture);
      for (int i = 0; i < comments; i++) {
        Comment comment = new Comment();
        comment.id = 1000 * id + i;
        comment.text = incompressible(length);
        comment.picture = picture;
        picture.comments.add(comment);
      }
    }
  }

  @Entity(name = "Picture")
  static class Picture {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Album album;

    @OneToMany(mappedBy = "picture", cascade = CascadeType.ALL, orphanRemoval = true)
    @CacheEmbed
    List<Comment> comments = new ArrayList<>();
  }

  @Entity(name = "Comment")
  static class Comment {
    @Id Long id;

    @Column(length = 200_000)
    String text;

    @ManyToOne(fetch = FetchType.LAZY)
    Picture picture;
  }

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.identitycache");

  @BeforeEach
  void capture() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void release() {
    logger.detachAppender(log);
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Letters and digits of which a compressor leaves three quarters. */
  private static String incompressible(int length) {
    StringBuilder text = new StringBuilder(length);
    new Random(12).ints(length, 0, 64).forEach(i -> text.append((char) ('0' + i)));
    return text.toString();
  }

  private static TestApplication start(StoreKind kind) {
    return TestApplication.of(kind, Album.class, Picture.class, Comment.class)
        .with("hibernate.identity_cache.entry_size_warning", "2kb")
        .start();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  @DisplayName(
      "A large tree is stored, and warned of once, with what takes most of it at any depth")
  void largeTree_isStored_andWarnedOfOnce(StoreKind kind) {
    try (TestApplication shop = start(kind)) {
      shop.inTransaction(
          session -> {
            session.persist(new Album(1, 1, 1_000));
            session.persist(new Album(2, 4, 1_000));
            session.persist(new Album(3, 4, 2_000));
          });
      shop.cache().fetch(Album.class, 1);
      assertThat(warnings()).isEmpty();
      shop.cache().fetchMulti(Album.class, List.of(2, 3));
      shop.reset();

      assertThat(shop.cache().fetch(Album.class, 2).pictures.get(0).comments).hasSize(4);
      assertThat(shop.count(Kind.HIT, "Album")).isEqualTo(1);
      assertThat(warnings())
          .singleElement()
          .asString()
          .containsPattern("^Album: an entry of [48]\\d{3} bytes was stored")
          .contains("more than hibernate.identity_cache.entry_size_warning (2048)")
          .containsPattern("Its largest embedded association is pictures with [48]\\d{3} bytes")
          .contains("@CacheReference")
          .doesNotContain(incompressible(100).substring(0, 10));
    }
  }

  @Test
  @DisplayName("BAK-12 a tree over memcached's limit is not stored, counted, and warned of once")
  void treeOverTheLimit_isNotStored() {
    try (TestApplication shop = start(StoreKind.MEMCACHED)) {
      shop.inTransaction(session -> session.persist(new Album(1, 1, 1_000)));
      shop.cache().fetch(Album.class, 1);
      shop.inTransaction(
          session -> {
            Picture picture = session.find(Picture.class, 1L);
            Album grown = new Album(2, 10, 180_000);
            grown.pictures.get(0).comments.forEach(comment -> comment.picture = picture);
            grown.pictures.get(0).comments.forEach(session::persist);
          });
      for (int time = 0; time < 2; time++) {
        shop.reset();
        assertThat(shop.cache().fetch(Album.class, 1).pictures.get(0).comments).hasSize(11);
        assertThat(shop.count(Kind.TOO_LARGE, "Album")).isEqualTo(1);
        assertThat(shop.count(Kind.FILL)).isZero();
        assertThat(shop.count(Kind.LEASE_WAIT)).isZero();
      }
      assertThat(warnings())
          .singleElement()
          .asString()
          .containsPattern(
              "^Album: an entry of 18\\d{5} bytes( \\(\\d+ compressed\\))? is too large")
          .containsPattern("Its largest embedded association is pictures with 18\\d{5} bytes")
          .doesNotContain(incompressible(100).substring(0, 10));

      shop.inTransaction(
          session ->
              session
                  .find(Picture.class, 1L)
                  .comments
                  .removeIf(comment -> comment.text.length() > 1_000));
      assertThat(shop.cache().fetch(Album.class, 1).pictures.get(0).comments).hasSize(1);
      shop.reset();
      assertThat(shop.cache().fetch(Album.class, 1).pictures.get(0).comments).hasSize(1);
      assertThat(shop.count(Kind.HIT, "Album")).isEqualTo(1);
    }
  }
}
