package io.identitycache.hibernate.existing;

import jakarta.persistence.Entity;

/** By card. */
@Entity
public class CardPayment extends Payment {

  private String brand;

  protected CardPayment() {}

  public CardPayment(Order order, String amount, String brand) {
    super(order, amount);
    this.brand = brand;
  }

  public void setBrand(String brand) {
    this.brand = brand;
  }
}
