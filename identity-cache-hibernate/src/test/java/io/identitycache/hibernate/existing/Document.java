package io.identitycache.hibernate.existing;

import jakarta.persistence.Entity;

/** What is sent with an order. */
@Entity
public class Document extends BaseEntity {

  private String title;

  protected Document() {}

  public Document(String title) {
    this.title = title;
  }

  public void setTitle(String title) {
    this.title = title;
  }
}
