package io.identitycache.hibernate.mappings;

import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.IdentityCached;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKey;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.annotations.CollectionId;
import org.hibernate.annotations.CollectionIdJavaType;
import org.hibernate.annotations.SortNatural;
import org.hibernate.type.descriptor.java.LongJavaType;

/** Associations and collections. */
public final class Associations {

  private Associations() {}

  @Entity
  @IdentityCached
  public static class Shop {
    @Id public Long id;
    public String name;

    @OneToMany(mappedBy = "shop")
    public List<Product> products = new ArrayList<>();
  }

  @Entity
  @CacheIndex("shop")
  public static class Product {
    @Id public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Shop shop;

    @ManyToOne public Shop eagerShop;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinTable(name = "product_maker")
    public Shop maker;

    @OneToOne(fetch = FetchType.LAZY)
    public Product successor;

    @ManyToOne(fetch = FetchType.LAZY)
    public Hierarchies.Payment payment;

    @ManyToOne(fetch = FetchType.LAZY)
    public Identities.Line line;

    @ManyToOne(fetch = FetchType.LAZY)
    public Behaviours.Doubling doubling;

    @OneToMany(mappedBy = "product")
    @OrderBy("id")
    public List<Image> images = new ArrayList<>();

    @OneToMany(mappedBy = "product")
    @MapKey(name = "id")
    public Map<Long, Image> imagesById = new HashMap<>();

    @ManyToMany public Set<Product> related = new HashSet<>();
    @ElementCollection public Set<String> tags = new HashSet<>();

    @ElementCollection @OrderBy public Set<String> orderedTags = new HashSet<>();

    @ElementCollection @SortNatural public SortedSet<String> sortedTags = new TreeSet<>();

    @ElementCollection @OrderColumn public List<String> lines = new ArrayList<>();
    @ElementCollection public Map<String, Price> prices = new HashMap<>();

    @ElementCollection @SortNatural public SortedMap<String, String> sorted = new TreeMap<>();

    @ElementCollection(fetch = FetchType.EAGER)
    public List<String> eager = new ArrayList<>();

    @ElementCollection
    @CollectionIdJavaType(LongJavaType.class)
    @CollectionId(column = @Column(name = "row_id"), generator = "increment")
    public List<String> identified = new ArrayList<>();
  }

  @Embeddable
  public static class Price {
    public long cents;
  }

  @Entity
  @IdentityCached
  public static class Image {
    @Id public Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    public Product product;
  }
}
