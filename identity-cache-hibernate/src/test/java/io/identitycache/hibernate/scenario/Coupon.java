package io.identitycache.hibernate.scenario;

import io.identitycache.annotation.CacheIndex;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A discount, whose id the shop chooses itself. */
@Entity
@CacheIndex("discount")
public class Coupon {

  @Id Long number;
  int discount;

  protected Coupon() {}

  Coupon(Long number, int discount) {
    this.number = number;
    this.discount = discount;
  }
}
