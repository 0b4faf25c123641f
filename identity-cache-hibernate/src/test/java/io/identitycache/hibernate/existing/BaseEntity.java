package io.identitycache.hibernate.existing;

import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.hibernate.Hibernate;

/** Key, audit columns, and equality by the key. */
@MappedSuperclass
public abstract class BaseEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(nullable = false, updatable = false)
  private LocalDateTime createdAt;

  private LocalDateTime updatedAt;

  public Long getId() {
    return id;
  }

  public LocalDateTime getUpdatedAt() {
    return updatedAt;
  }

  @PrePersist
  void created() {
    createdAt = LocalDateTime.now().truncatedTo(ChronoUnit.MILLIS);
    updatedAt = createdAt;
  }

  @PreUpdate
  void updated() {
    updatedAt = LocalDateTime.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof BaseEntity entity
            && Hibernate.getClass(this) == Hibernate.getClass(other)
            && getId() != null
            && getId().equals(entity.getId()));
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(getId());
  }

  @Override
  public String toString() {
    return Hibernate.getClass(this).getSimpleName() + " " + getId();
  }
}
