package io.identitycache.hibernate.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.mappings.MappedDatabase;
import io.identitycache.validation.InvalidConfigurationException;
import io.identitycache.validation.Problems;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PrimaryKeyJoinColumn;
import java.io.Serializable;
import java.sql.Blob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.ManyToAny;
import org.hibernate.annotations.NotFound;
import org.hibernate.annotations.NotFoundAction;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What cannot be stored is refused at start-up, with what to do about it. */
class RefusedMappingsTest {

  public static class Custom implements Serializable {
    public int number;
  }

  @Entity(name = "Unstorable")
  public static class Unstorable {
    @Id public Long id;
    @Basic public HashMap<String, String> map;
    @Basic public Custom custom;
    public Blob blob;
  }

  @Entity(name = "Target")
  public static class Target {
    @Id public Long id;

    @Column(unique = true)
    public String code;

    @OneToOne(mappedBy = "target")
    public Source source;
  }

  @Entity(name = "Source")
  public static class Source {
    @Id public Long id;
    @OneToOne public Target target;
  }

  @Entity(name = "ByCode")
  public static class ByCode {
    @Id public Long id;

    @ManyToOne
    @JoinColumn(name = "code", referencedColumnName = "code")
    public Target byCode;
  }

  @Entity(name = "Unsure")
  public static class Unsure {
    @Id public Long id;

    @ManyToOne
    @NotFound(action = NotFoundAction.IGNORE)
    public Target perhaps;
  }

  @Entity(name = "Sealed")
  public static final class Sealed {
    @Id public Long id;
  }

  @Entity(name = "ToSealed")
  public static class ToSealed {
    @Id public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Sealed target;
  }

  @Entity(name = "Deleted")
  @SoftDelete
  public static class Deleted {
    @Id public Long id;
  }

  @Entity(name = "ToDeleted")
  public static class ToDeleted {
    @Id public Long id;
    @ManyToOne public Deleted target;
  }

  @Entity(name = "Anything")
  public static class Anything {
    @Id public Long id;

    @Any
    @AnyKeyJavaClass(Long.class)
    @AnyDiscriminatorValue(discriminator = "S", entity = Source.class)
    @Column(name = "kind")
    @JoinColumn(name = "any_id")
    public Object any;
  }

  @Embeddable
  public static class Base {
    public int base;
  }

  @Embeddable
  public static class Extended extends Base {
    public int extended;
  }

  @Entity(name = "Varying")
  public static class Varying {
    @Id public Long id;
    public Base base;
  }

  @Entity(name = "Sharing")
  public static class Sharing {
    @Id public Long id;

    @OneToOne(fetch = FetchType.LAZY)
    @PrimaryKeyJoinColumn
    public Sealed partner;
  }

  @Entity(name = "Changing")
  @Immutable
  public static class Changing {
    @Id public Long id;
    public String name;

    @PostLoad
    void change() {
      name = name + "!";
    }
  }

  @Entity(name = "Listed")
  public static class Listed {
    @Id public Long id;
    @OneToMany @OrderColumn public Sealed[] targets;
  }

  @Entity(name = "ManyAnything")
  public static class ManyAnything {
    @Id public Long id;

    @ManyToAny
    @AnyKeyJavaClass(Long.class)
    @AnyDiscriminatorValue(discriminator = "S", entity = Sealed.class)
    @Column(name = "kind")
    @JoinTable(
        name = "many_any",
        joinColumns = @JoinColumn(name = "many_id"),
        inverseJoinColumns = @JoinColumn(name = "any_id"))
    public List<Object> any;
  }

  @Embeddable
  public static class AssociatedId implements Serializable {
    @ManyToOne public Sealed sealed;
    public int number;

    @Override
    public boolean equals(Object other) {
      return other instanceof AssociatedId id && number == id.number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  @Entity(name = "Associated")
  public static class Associated {
    @EmbeddedId public AssociatedId id;
  }

  @Test
  void optionalPartnerWithTheSameId_isRefused() {
    assertRefused(
        Sharing.class,
        List.of(Sharing.class, Sealed.class),
        "Sharing.partner is a one-to-one association without a column of its own");
  }

  @Test
  void immutableEntityWithPostLoad_isRefused() {
    assertRefused(
        Changing.class, List.of(Changing.class), "Changing is @Immutable and has a @PostLoad");
  }

  @Test
  void arrayOfAssociations_isRefused() {
    assertRefused(
        Listed.class,
        List.of(Listed.class, Sealed.class),
        "Listed.targets is a collection kept as an array");
  }

  @Test
  void manyToAny_isRefused() {
    assertRefused(
        ManyAnything.class,
        List.of(ManyAnything.class, Sealed.class),
        "ManyAnything.any may lead to different entities");
  }

  @Test
  void associationInEmbeddedId_isRefused() {
    assertRefused(
        Associated.class,
        List.of(Associated.class, Sealed.class),
        "Associated.id.sealed is an association inside the id");
  }

  @Test
  @DisplayName(
      "SER-07 types that cannot be restored are refused, each with its attribute and remedy")
  void typesWithoutStoredForm_areNamedWithAttributeTypeAndRemedy() {
    assertRefused(
        Unstorable.class,
        List.of(Unstorable.class),
        "Unstorable.map is of type java.util.HashMap",
        "Unstorable.custom is of type " + Custom.class.getName(),
        "Unstorable.blob is of type java.sql.Blob",
        "AttributeConverter",
        "leave the entity uncached");
  }

  @Test
  void inverseOneToOne_isRefused() {
    assertRefused(
        Target.class, List.of(Target.class, Source.class), "Target.source is a one-to-one");
  }

  @Test
  void associationByAnotherColumn_isRefused() {
    assertRefused(
        ByCode.class,
        List.of(ByCode.class, Target.class, Source.class),
        "ByCode.byCode refers to another column than the primary key");
  }

  @Test
  void notFound_isRefused() {
    assertRefused(
        Unsure.class,
        List.of(Unsure.class, Target.class, Source.class),
        "Unsure.perhaps is @NotFound");
  }

  @Test
  void finalTarget_isRefused() {
    assertRefused(
        ToSealed.class,
        List.of(ToSealed.class, Sealed.class),
        "ToSealed.target leads to Sealed, of which Hibernate can make no uninitialised instance");
  }

  @Test
  void softDeletedTarget_isRefused() {
    assertRefused(
        ToDeleted.class,
        List.of(ToDeleted.class, Deleted.class),
        "ToDeleted.target leads to Deleted, which is @SoftDelete");
  }

  @Test
  void any_isRefused() {
    assertRefused(
        Anything.class,
        List.of(Anything.class, Target.class, Source.class),
        "Anything.any may lead to different entities");
  }

  @Test
  void embeddableWithSubclasses_isRefused() {
    assertRefused(
        Varying.class,
        List.of(Varying.class, Base.class, Extended.class),
        "Varying.base is an embeddable with subclasses");
  }

  private static void assertRefused(Class<?> entity, List<Class<?>> mapped, String... inMessage) {
    try (SessionFactoryImplementor factory =
        MappedDatabase.H2.factory(new ArrayList<>(mapped), Map.of())) {
      Problems problems = new Problems();
      Plans.of(
          factory.getRuntimeMetamodels().getMappingMetamodel().getEntityDescriptor(entity),
          factory,
          problems);
      assertThatThrownBy(problems::throwIfAny)
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContainingAll(
              Arrays.copyOf(inMessage, inMessage.length, CharSequence[].class));
    }
  }
}
