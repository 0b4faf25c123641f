package io.identitycache.hibernate.existing;

import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.util.HashSet;
import java.util.Set;

/** What customers are members of; the side with the join table. */
@Entity
@IdentityCached
public class Club extends BaseEntity {

  private String name;

  @ManyToMany
  @JoinTable(name = "club_members")
  @CacheReference
  private Set<Customer> members = new HashSet<>();

  protected Club() {}

  public Club(String name) {
    this.name = name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public Set<Customer> getMembers() {
    return members;
  }
}
