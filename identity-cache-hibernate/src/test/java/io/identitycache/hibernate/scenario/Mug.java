package io.identitycache.hibernate.scenario;

import io.identitycache.annotation.CacheIndex;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** What one drinks from; with a version and two indexes. */
@Entity
@CacheIndex(value = "name", unique = true)
@CacheIndex("color")
public class Mug {

  @Id @GeneratedValue Long id;
  @Version int version;
  String name;
  String color;
  String material;

  protected Mug() {}

  Mug(String name, String color) {
    this.name = name;
    this.color = color;
    this.material = "clay";
  }
}
