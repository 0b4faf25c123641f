package io.identitycache.hibernate.existing;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** What can be bought; nothing of what it leads to is the cache's, though it is fetched eagerly. */
@Entity
@IdentityCached
public class Article extends BaseEntity {

  private String name;
  private BigDecimal price;
  @ManyToOne private Tag category;

  @ManyToMany(fetch = FetchType.EAGER)
  private Set<Article> accessories = new HashSet<>();

  protected Article() {}

  public Article(String name, String price) {
    this.name = name;
    this.price = new BigDecimal(price);
  }

  public void setPrice(BigDecimal price) {
    this.price = price;
  }

  public void setCategory(Tag category) {
    this.category = category;
  }

  public Set<Article> getAccessories() {
    return accessories;
  }
}
