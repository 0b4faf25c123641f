package io.identitycache.hibernate.existing;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheIndex;
import io.identitycache.annotation.CacheReference;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was bought: one association of every kind that applications have. */
@Entity
@Table(name = "orders")
@CacheIndex(value = "number", unique = true)
@CacheIndex("customer")
public class Order extends BaseEntity {

  /** How it is told of. */
  public enum Channel {
    MAIL,
    PHONE
  }

  private String number;
  @ManyToOne @CacheReference private Customer customer;

  @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true, fetch = FetchType.EAGER)
  @JoinColumn(name = "order_id")
  @OrderBy("position")
  @CacheEmbed
  private List<OrderLine> lines = new ArrayList<>();

  @OneToMany(cascade = CascadeType.ALL)
  @JoinTable(name = "order_documents")
  @OrderBy("title")
  @CacheEmbed
  private List<Document> documents = new ArrayList<>();

  @OneToMany(mappedBy = "order", cascade = CascadeType.ALL, orphanRemoval = true)
  @CacheEmbed
  private Set<Payment> payments = new HashSet<>();

  @ManyToMany
  @JoinTable(name = "order_tags")
  @OrderBy("name")
  @CacheReference
  private List<Tag> tags = new ArrayList<>();

  @ElementCollection
  @MapKeyEnumerated(EnumType.STRING)
  @CacheEmbed
  private Map<Channel, String> notes = new EnumMap<>(Channel.class);

  @OneToMany
  @JoinColumn(name = "reminder_of_id")
  @OrderBy("title")
  @CacheReference
  private Set<Reminder> reminders = new HashSet<>();

  protected Order() {}

  public Order(String number, Customer customer) {
    this.number = number;
    this.customer = customer;
  }

  public String getNumber() {
    return number;
  }

  public void setNumber(String number) {
    this.number = number;
  }

  public Customer getCustomer() {
    return customer;
  }

  public void setCustomer(Customer customer) {
    this.customer = customer;
  }

  public List<OrderLine> getLines() {
    return lines;
  }

  public void setLines(List<OrderLine> lines) {
    this.lines = lines;
  }

  public List<Document> getDocuments() {
    return documents;
  }

  public Set<Payment> getPayments() {
    return payments;
  }

  public List<Tag> getTags() {
    return tags;
  }

  public Map<Channel, String> getNotes() {
    return notes;
  }

  public Set<Reminder> getReminders() {
    return reminders;
  }

  public void setReminders(Set<Reminder> reminders) {
    this.reminders = reminders;
  }
}
