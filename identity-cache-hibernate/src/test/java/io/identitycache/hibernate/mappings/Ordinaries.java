package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.NaturalId;

/** What ordinary applications make of their classes. */
public final class Ordinaries {

  private Ordinaries() {}

  /** An enum that is abstract: each constant is of a class of its own. */
  public enum Rank {
    PLAIN {
      @Override
      public int discount() {
        return 0;
      }
    },
    GOLD {
      @Override
      public int discount() {
        return 10;
      }
    };

    public abstract int discount();
  }

  @MappedSuperclass
  public abstract static class Base<T extends Serializable> {
    @Id public T id;

    @Version public Integer version;
    @CreationTimestamp public LocalDateTime created;
  }

  @MappedSuperclass
  public abstract static class Ranked<T extends Serializable, R extends Enum<R>> extends Base<T> {
    @Enumerated(EnumType.STRING)
    public R rank;
  }

  @Entity
  @IdentityCached
  public static class Customer extends Ranked<Long, Rank> {
    @NaturalId @CacheIndex public String email;

    @Column(name = "nick")
    @ColumnTransformer(read = "upper(nick)", write = "lower(?)")
    public String nick;

    @Embedded public Composites.Point home = new Composites.Point(0, 0);

    @Transient public String scratch = "untouched";
  }

  @Entity
  @IdentityCached
  public static class Voucher extends Base<String> {
    @ManyToOne(fetch = FetchType.LAZY, targetEntity = Customer.class)
    public Base<Long> holder;
  }

  /** As the Kotlin compiler makes them: final, with private setters that the mapping uses. */
  @Entity
  @IdentityCached
  @Access(AccessType.PROPERTY)
  public static final class Member {
    private long key;
    private String name;
    private boolean active;

    protected Member() {}

    public Member(String name, boolean active) {
      this.name = name;
      this.active = active;
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    public long getKey() {
      return key;
    }

    private void setKey(long key) {
      this.key = key;
    }

    public String getName() {
      return name;
    }

    private void setName(String name) {
      this.name = name;
    }

    public boolean isActive() {
      return active;
    }

    private void setActive(boolean active) {
      this.active = active;
    }
  }

  /** Its getter gives something else than its field holds. */
  @Entity
  @IdentityCached
  public static class Profile {
    @Id private Long id;
    private String nickname;

    protected Profile() {}

    public Profile(Long id, String nickname) {
      this.id = id;
      this.nickname = nickname;
    }

    public Optional<String> getNickname() {
      return Optional.ofNullable(nickname);
    }
  }
}
