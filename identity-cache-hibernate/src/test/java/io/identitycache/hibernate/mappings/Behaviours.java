package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.Transient;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.TenantId;

/** What entities do with their values, and Hibernate with their rows. */
public final class Behaviours {

  private Behaviours() {}

  @Entity
  @IdentityCached
  @Immutable
  public static class Constant {
    @Id private final Long id;
    private final String name;

    private Constant() {
      this(null, null);
    }

    public Constant(Long id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  @Entity
  @IdentityCached
  @SoftDelete
  public static class Deletable {
    @Id public Long id;
    public String name;
  }

  @Entity
  @IdentityCached
  public static class OfTenant {
    @Id public Long id;
    @TenantId public String tenant;
    public String name;
  }

  /** Its callback changes a stored attribute and computes one that is not stored. */
  @Entity
  @IdentityCached
  public static class Greeting {
    @Id public Long id;
    public String name;
    @Transient public String greeting;
    @Transient public int loaded;

    @PostLoad
    void greet() {
      greeting = "Hello " + name;
      name = name + "!";
      loaded++;
    }
  }

  /** Its setter changes what it is given. */
  @Entity
  @IdentityCached
  @Access(AccessType.PROPERTY)
  public static class Doubling {
    private Long key;
    private String text;

    @Id
    public Long getKey() {
      return key;
    }

    public void setKey(Long key) {
      this.key = key;
    }

    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text + text;
    }
  }
}
