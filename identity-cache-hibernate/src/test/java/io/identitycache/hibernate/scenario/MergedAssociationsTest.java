package io.identitycache.hibernate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.identitycache.annotation.CacheEmbed;
import io.identitycache.annotation.CacheReference;
import io.identitycache.annotation.IdentityCached;
import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;
import io.identitycache.repository.CacheRepository;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to associations when a fetched owner is merged, writes not being refused. */
@ParameterizedClass
@EnumSource(StoreKind.class)
@TestInstance(Lifecycle.PER_CLASS)
class MergedAssociationsTest {

  /**
   * One association of every kind in each of three ways: embedded, referenced, unmarked. Those that
   * are embedded, mapped by the other side or eager cascade, and orphans are removed where that can
   * be said.
   */
  @Entity(name = "Everything")
  @IdentityCached
  static class Everything {
    @Id @GeneratedValue Long id;
    String name;

    @OneToMany(mappedBy = "embeddedIn", cascade = CascadeType.ALL, orphanRemoval = true)
    @CacheEmbed
    List<Part> embedded = new ArrayList<>();

    @OneToMany(mappedBy = "referencedBy", cascade = CascadeType.ALL, orphanRemoval = true)
    @CacheReference
    List<Part> referenced = new ArrayList<>();

    @OneToMany(mappedBy = "plainIn", cascade = CascadeType.ALL, orphanRemoval = true)
    List<Part> plain = new ArrayList<>();

    @OneToMany(
        mappedBy = "eagerIn",
        cascade = CascadeType.ALL,
        orphanRemoval = true,
        fetch = FetchType.EAGER)
    Set<Part> eager = new HashSet<>();

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "embedded_owner")
    @CacheEmbed
    Set<Part> embeddedByColumn = new HashSet<>();

    @OneToMany
    @JoinColumn(name = "referencing_owner")
    @CacheReference
    Set<Part> referencedByColumn = new HashSet<>();

    @OneToMany
    @JoinColumn(name = "plain_owner")
    Set<Part> plainByColumn = new HashSet<>();

    @ManyToMany(cascade = CascadeType.ALL)
    @JoinTable(name = "embedded_table")
    @OrderColumn
    @CacheEmbed
    List<Part> embeddedByTable = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "referenced_table")
    @OrderColumn
    @CacheReference
    List<Part> referencedByTable = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "plain_table")
    @OrderColumn
    List<Part> plainByTable = new ArrayList<>();

    @ManyToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
    @JoinTable(name = "eager_table")
    @CacheReference
    Set<Part> eagerByTable = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "embedded_values")
    @CacheEmbed
    Map<String, Integer> embeddedValues = new HashMap<>();

    @ElementCollection
    @CollectionTable(name = "plain_values")
    Map<String, Integer> plainValues = new HashMap<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "eager_values")
    Set<String> eagerValues = new HashSet<>();

    @OneToOne(mappedBy = "embeddedOneIn", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @CacheEmbed
    Single embeddedOne;

    @OneToOne(mappedBy = "referencedOneBy", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @CacheReference
    Single referencedOne;

    @ManyToOne(cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    @CacheReference
    Part referencedToOne;

    @ManyToOne(cascade = CascadeType.ALL)
    Part eagerToOne;
  }

  @Entity(name = "Part")
  @Table(name = "parts")
  @IdentityCached
  static class Part {
    @Id @GeneratedValue Long id;
    String label;

    @ManyToOne(fetch = FetchType.LAZY)
    Everything embeddedIn;

    @ManyToOne(fetch = FetchType.LAZY)
    Everything referencedBy;

    @ManyToOne(fetch = FetchType.LAZY)
    Everything plainIn;

    @ManyToOne(fetch = FetchType.LAZY)
    Everything eagerIn;

    protected Part() {}

    Part(String label) {
      this.label = label;
    }
  }

  @Entity(name = "Single")
  @Table(name = "singles")
  @IdentityCached
  static class Single {
    @Id @GeneratedValue Long id;
    String label;

    @OneToOne(fetch = FetchType.LAZY)
    Everything embeddedOneIn;

    @OneToOne(fetch = FetchType.LAZY)
    Everything referencedOneBy;

    protected Single() {}

    Single(String label) {
      this.label = label;
    }
  }

  interface Everythings extends CacheRepository<Everything, Long> {}

  private static final List<String> TABLES =
      List.of(
          "parts",
          "singles",
          "embedded_table",
          "referenced_table",
          "plain_table",
          "eager_table",
          "embedded_values",
          "plain_values",
          "eager_values");

  @Parameter StoreKind kind;
  private TestApplication shop;
  private Everythings everythings;
  private Long id;
  private Map<String, List<String>> rows;

  @BeforeParameterizedClassInvocation
  void start() {
    shop =
        TestApplication.of(kind, Everything.class, Part.class, Single.class)
            .with("hibernate.identity_cache.refuse_writes", "false")
            .start();
    everythings = shop.repository(Everythings.class);
  }

  @AfterParameterizedClassInvocation
  void close() {
    shop.close();
  }

  @BeforeEach
  void persistEverything() {
    Everything all = new Everything();
    all.name = "before";
    for (int i = 0; i < 2; i++) {
      Part embedded = new Part("embedded " + i);
      embedded.embeddedIn = all;
      all.embedded.add(embedded);
      Part referenced = new Part("referenced " + i);
      referenced.referencedBy = all;
      all.referenced.add(referenced);
      Part plain = new Part("plain " + i);
      plain.plainIn = all;
      all.plain.add(plain);
      Part eager = new Part("eager " + i);
      eager.eagerIn = all;
      all.eager.add(eager);
      all.embeddedByColumn.add(new Part("embedded by column " + i));
      all.referencedByColumn.add(new Part("referenced by column " + i));
      all.plainByColumn.add(new Part("plain by column " + i));
      all.embeddedByTable.add(new Part("embedded by table " + i));
      all.referencedByTable.add(new Part("referenced by table " + i));
      all.plainByTable.add(new Part("plain by table " + i));
      all.eagerByTable.add(new Part("eager by table " + i));
      all.embeddedValues.put("value " + i, i);
      all.plainValues.put("value " + i, i);
      all.eagerValues.add("value " + i);
    }
    all.embeddedOne = new Single("embedded");
    all.embeddedOne.embeddedOneIn = all;
    all.referencedOne = new Single("referenced");
    all.referencedOne.referencedOneBy = all;
    all.referencedToOne = new Part("referenced to one");
    all.eagerToOne = new Part("eager to one");
    shop.inTransaction(
        session -> {
          session.persist(all);
          List.of(
                  all.referencedByColumn,
                  all.plainByColumn,
                  all.referencedByTable,
                  all.plainByTable)
              .forEach(parts -> parts.forEach(session::persist));
        });
    id = all.id;
    rows = rows();
    shop.reset();
  }

  /** All rows of all tables of associations, as text. */
  private Map<String, List<String>> rows() {
    Map<String, List<String>> all = new HashMap<>();
    shop.inTransaction(
        session -> {
          for (String table : TABLES) {
            List<String> texts = new ArrayList<>();
            for (Object row :
                session.createNativeQuery("select * from " + table, Object[].class).list()) {
              texts.add(java.util.Arrays.toString((Object[]) row));
            }
            texts.sort(null);
            all.put(table, texts);
          }
        });
    return all;
  }

  private List<String> writes() {
    return shop.database().foregroundStatements().stream()
        .map(sql -> sql.toLowerCase(Locale.ROOT))
        .filter(sql -> !sql.startsWith("select"))
        .toList();
  }

  @Test
  @DisplayName("ROR-07 merging an owner touches no association, of whatever kind, and loses no row")
  void merge_touchesNoAssociation() {
    for (int time = 0; time < 2; time++) {
      Everything fetched = everythings.fetch(id);
      fetched.name = "changed " + time;
      shop.reset();
      shop.inTransaction(session -> session.merge(fetched));
      assertThat(writes()).singleElement().asString().startsWith("update everything ");
      // Hibernate reads along what cascades or is eager; of the rest, nothing is even read
      assertThat(shop.database().foregroundStatements())
          .extracting(sql -> sql.toLowerCase(Locale.ROOT))
          .noneMatch(sql -> sql.contains("plain_table"))
          .noneMatch(sql -> sql.contains("plain_values"))
          .noneMatch(sql -> sql.contains("plain_owner=?"))
          .noneMatch(sql -> sql.contains("referenced_table"))
          .noneMatch(sql -> sql.contains("referencing_owner=?"));
      assertThat(rows()).isEqualTo(rows);
      assertThat(everythings.fetch(id).name).isEqualTo("changed " + time);
    }
  }

  @Test
  @DisplayName("ROR-07 merging an unchanged owner writes nothing at all")
  void mergeOfAnUnchangedOwner_writesNothing() {
    for (int time = 0; time < 2; time++) {
      Everything fetched = everythings.fetch(id);
      shop.reset();
      shop.inTransaction(session -> session.merge(fetched));
      assertThat(writes()).isEmpty();
      assertThat(rows()).isEqualTo(rows);
    }
  }

  @Test
  @DisplayName("ROR-07 a change of what is embedded is merged, and of nothing else")
  void mergeOfAChangedChild_isWritten() {
    Everything fetched = everythings.fetch(id);
    fetched.embedded.get(0).label = "changed";
    fetched.embeddedValues.put("value 0", 7);
    shop.reset();
    shop.inTransaction(session -> session.merge(fetched));
    assertThat(writes())
        .hasSize(2)
        .allMatch(sql -> sql.startsWith("update parts ") || sql.contains("embedded_values"));

    Everything after = everythings.fetch(id);
    assertThat(after.embedded).extracting(part -> part.label).contains("changed");
    assertThat(after.embeddedValues).containsEntry("value 0", 7);
    Map<String, List<String>> now = rows();
    assertThat(now.get("parts")).hasSameSizeAs(rows.get("parts"));
    for (String table : TABLES) {
      if (!table.equals("parts") && !table.equals("embedded_values")) {
        assertThat(now.get(table)).as(table).isEqualTo(rows.get(table));
      }
    }
  }
}
