package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheAttribute;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Versions of one entity, and whether they read each other's entries. */
class FingerprintTest {

  /** Of the entity as it was, on every JDK and Hibernate. */
  private static final String PINNED = "Gbi2kghe7sc";

  /** The entity as it was. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class Lamp {
    @Id Long id;
    String name;
    int watts;
    Shade shade;
  }

  /** Around a lamp. */
  @Embeddable
  static class Shade {
    String color;
    Cloth cloth;
  }

  /** What a shade is made of. */
  @Embeddable
  static class Cloth {
    String fiber;
  }

  /** In another order, indexed, and with what is not stored. */
  @Entity(name = "Lamp")
  @CacheIndex("name")
  static class Reordered {
    Shade shade;
    @CacheAttribute int watts;
    @Transient String remark;
    String name;
    @Id Long id;
  }

  /** With an attribute more. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class Added {
    @Id Long id;
    String name;
    int watts;
    Shade shade;
    Integer volts;
  }

  /** With an attribute less. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class Removed {
    @Id Long id;
    String name;
    Shade shade;
  }

  /** With another attribute over the same column. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class Renamed {
    @Id Long id;
    String name;

    @Column(name = "watts")
    int power;

    Shade shade;
  }

  /** With another Java type. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class OtherJavaType {
    @Id Long id;
    String name;
    long watts;
    Shade shade;
  }

  /** With another column type. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class OtherColumnType {
    @Id Long id;
    String name;

    @JdbcTypeCode(SqlTypes.SMALLINT)
    int watts;

    Shade shade;
  }

  /** With a converter. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class Converted {
    @Id Long id;

    @Convert(converter = Backwards.class)
    String name;

    int watts;
    Shade shade;
  }

  /** Turns texts around. */
  static class Backwards implements AttributeConverter<String, String> {
    @Override
    public String convertToDatabaseColumn(String attribute) {
      return attribute == null ? null : new StringBuilder(attribute).reverse().toString();
    }

    @Override
    public String convertToEntityAttribute(String column) {
      return convertToDatabaseColumn(column);
    }
  }

  /** With another embeddable. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class OtherEmbeddable {
    @Id Long id;
    String name;
    int watts;
    WiderShade shade;
  }

  /** A shade with a column more. */
  @Embeddable
  static class WiderShade {
    String color;
    Integer width;
    Cloth cloth;
  }

  /** With another embeddable two levels down. */
  @Entity(name = "Lamp")
  @IdentityCached
  static class OtherInnerEmbeddable {
    @Id Long id;
    String name;
    int watts;
    ThickerShade shade;
  }

  /** A shade of another cloth. */
  @Embeddable
  static class ThickerShade {
    String color;
    ThickerCloth cloth;
  }

  /** A cloth with another column type. */
  @Embeddable
  static class ThickerCloth {
    Integer fiber;
  }

  @Test
  @DisplayName("KEY-05 the fingerprint depends on neither run nor order nor indexes")
  void fingerprint_isTheSame_forTheSameStoredForm() {
    assertThat(fingerprint(Lamp.class)).isEqualTo(PINNED);
    assertThat(fingerprint(Reordered.class)).isEqualTo(PINNED);
  }

  @Test
  @DisplayName("KEY-05 the fingerprint changes with whatever is stored")
  void fingerprint_changes_withTheStoredForm() {
    Set<String> all = new HashSet<>();
    all.add(fingerprint(Lamp.class));
    for (Class<?> version :
        Set.of(
            Added.class,
            Removed.class,
            Renamed.class,
            OtherJavaType.class,
            OtherColumnType.class,
            Converted.class,
            OtherEmbeddable.class,
            OtherInnerEmbeddable.class)) {
      assertThat(all.add(fingerprint(version))).as(version.getSimpleName()).isTrue();
    }
  }

  private static String fingerprint(Class<?> version) {
    try (TestApplication shop = TestApplication.of(StoreKind.IN_PROCESS, version).start()) {
      shop.cache().exists(version, 1);
      return shop.store().operations().get(0).keys().get(0).text().split(":")[3];
    }
  }
}
