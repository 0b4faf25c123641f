package io.identitycache.hibernate.existing;

import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;

/** How an order was paid. */
@Entity
@Inheritance(strategy = InheritanceType.JOINED)
public abstract class Payment extends BaseEntity {

  private BigDecimal amount;

  @ManyToOne(optional = false)
  private Order order;

  protected Payment() {}

  Payment(Order order, String amount) {
    this.order = order;
    this.amount = new BigDecimal(amount);
  }

  public void setAmount(BigDecimal amount) {
    this.amount = amount;
  }

  public void setOrder(Order order) {
    this.order = order;
  }
}
