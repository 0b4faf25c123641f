package io.identitycache.hibernate.existing;

import io.identitycache.annotation.CacheReference;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;

/** One line of an order, which it knows nothing of. */
@Entity
public class OrderLine extends BaseEntity {

  private int position;
  private int quantity;
  @ManyToOne @CacheReference private Article article;

  protected OrderLine() {}

  public OrderLine(int position, int quantity, Article article) {
    this.position = position;
    this.quantity = quantity;
    this.article = article;
  }

  public void setPosition(int position) {
    this.position = position;
  }

  public void setQuantity(int quantity) {
    this.quantity = quantity;
  }

  public void setArticle(Article article) {
    this.article = article;
  }
}
