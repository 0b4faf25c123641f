package io.identitycache.hibernate.existing;

import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Entity;

/** That an order has not been paid; it has the order's key, and knows nothing of it. */
@Entity
@IdentityCached
public class Reminder extends BaseEntity {

  private String title;

  protected Reminder() {}

  public Reminder(String title) {
    this.title = title;
  }

  public void setTitle(String title) {
    this.title = title;
  }
}
