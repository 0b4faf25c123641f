package io.identitycache.hibernate.existing;

import jakarta.persistence.Entity;

/** Through a bank. */
@Entity
public class BankTransfer extends Payment {

  private String account;

  protected BankTransfer() {}

  public BankTransfer(Order order, String amount, String account) {
    super(order, amount);
    this.account = account;
  }
}
