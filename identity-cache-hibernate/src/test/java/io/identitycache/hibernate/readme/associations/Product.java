package io.identitycache.hibernate.readme.associations;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;

// README: entity
@Entity
@CacheIndex(value = "handle", unique = true)
public class Product {
  @Id @GeneratedValue Long id;
  String handle;

  @OneToMany(mappedBy = "product")
  @OrderBy("position")
  @CacheEmbed
  List<Image> images = new ArrayList<>();

  @OneToMany(mappedBy = "product")
  @CacheReference
  List<Variant> variants = new ArrayList<>();

  @ManyToOne(fetch = FetchType.LAZY)
  @CacheReference
  Shop shop;
}
// end
