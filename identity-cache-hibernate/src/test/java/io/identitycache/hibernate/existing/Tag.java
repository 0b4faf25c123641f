package io.identitycache.hibernate.existing;

import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToMany;
import java.util.HashSet;
import java.util.Set;

/** What orders are marked with; the inverse side of a many-to-many. */
@Entity
@IdentityCached
public class Tag extends BaseEntity {

  private String name;

  @ManyToMany(mappedBy = "tags")
  @CacheReference
  private Set<Order> orders = new HashSet<>();

  protected Tag() {}

  public Tag(String name) {
    this.name = name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public Set<Order> getOrders() {
    return orders;
  }
}
