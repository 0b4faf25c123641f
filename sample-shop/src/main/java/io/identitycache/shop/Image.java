package io.identitycache.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A picture of a product: how it is looked at, and in front of what. */
@Entity
@Table(indexes = @Index(columnList = "product_id"))
public class Image {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "image_number")
  @SequenceGenerator(name = "image_number", allocationSize = 1000)
  private @Nullable Long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "product_id")
  private Product product;

  @Column(nullable = false)
  private int position;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false, length = 20)
  private View view;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false, length = 20)
  private Scene scene;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Image() {}

  Image(Product product, int position, View view, Scene scene) {
    this.product = product;
    this.position = position;
    this.view = view;
    this.scene = scene;
  }

  /** Changes places with another picture of the same product. */
  void swapWith(Image other) {
    int mine = position;
    position = other.position;
    other.position = mine;
  }

  /** Null until the picture is stored. */
  public @Nullable Long getId() {
    return id;
  }

  public Product getProduct() {
    return product;
  }

  /** Its place among the pictures of its product, from 1. */
  public int getPosition() {
    return position;
  }

  public View getView() {
    return view;
  }

  public Scene getScene() {
    return scene;
  }

  /** In words, after the name of what is shown: {@code close up, on a table}. */
  public String getDescription() {
    return view.words + scene.words;
  }

  /** How a product is looked at. */
  public enum View {
    WHOLE(""),
    CLOSE("close up, "),
    PAIR("as a pair, ");

    private final String words;

    View(String words) {
      this.words = words;
    }
  }

  /** What is behind it. */
  public enum Scene {
    SUN("in the sun"),
    ARCH("under an arch"),
    TABLE("on a table"),
    HILLS("before hills");

    private final String words;

    Scene(String words) {
      this.words = words;
    }
  }
}
