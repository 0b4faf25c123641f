package io.identitycache.hibernate.load;

import io.identitycache.hibernate.mapping.EntityIds;
import io.identitycache.hibernate.mapping.MappedAssociation;
import io.identitycache.hibernate.state.LoadedReferences.References;
import io.identitycache.model.CachedAssociation.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the ids of what a referenced association leads to, of many owners in one statement, in
 * its declared order; without any, in that of the ids. No row of the other entity is loaded. Safe
 * for use by several threads.
 *
 * <p>An association to one entity needs no statement: whether there is one, Hibernate has had to
 * find out already, with the owner.
 */
final class ReferenceQuery {

  private final MappedAssociation association;
  private final EntityIds ownerIds;
  private final @Nullable EntityIds targetIds;
  private final String start;
  private final String end;
  private final boolean isMap;
  private final boolean isIndexed;
  private final int base;

  ReferenceQuery(MappedAssociation association) {
    this.association = association;
    this.ownerIds = EntityIds.of(association.owner());
    EntityPersister target = association.target();
    this.targetIds = target == null ? null : EntityIds.of(target);
    PluralAttributeMapping plural = association.collection();
    this.isMap = association.association().shape() == Shape.MAP;
    this.isIndexed = plural != null && plural.getIndexDescriptor() != null && !isMap;
    this.base = plural != null && isIndexed ? plural.getIndexMetadata().getListIndexBase() : 0;
    this.start =
        "select id(e), id(t)"
            + (isIndexed ? ", index(t)" : isMap ? ", key(t)" : "")
            + " from "
            + association.owner().getEntityName()
            + " e join e."
            + association.association().name()
            + " t where ";
    this.end = isIndexed ? "" : " order by " + order(association);
  }

  private String order(MappedAssociation association) {
    String byId =
        targetIds == null
            ? ""
            : targetIds.queryPaths().stream()
                .map(path -> "t." + path)
                .collect(Collectors.joining(", "));
    String declared = association.orderBy("t");
    return declared.isEmpty() ? byId : declared + ", " + byId;
  }

  MappedAssociation association() {
    return association;
  }

  /** What was read for one owner. */
  private static final class Row {

    private final List<@Nullable Object> keys = new ArrayList<>();
    private final List<@Nullable Object> ids = new ArrayList<>();

    private void put(int position, Object id) {
      while (ids.size() <= position) {
        ids.add(null);
      }
      ids.set(position, id);
    }
  }

  /** Adds what the owners' associations lead to. */
  void run(
      SessionFactoryImplementor factory,
      Session session,
      List<Object> owners,
      FoundReferences found) {
    if (association.collection() == null) {
      owners.forEach(owner -> addKnown(owner, found));
      return;
    }
    List<Object> asked = owners.stream().map(ownerIds::idOf).toList();
    Map<Object, Object> idOf = new HashMap<>();
    asked.forEach(id -> idOf.put(ownerIds.comparable(id), id));
    Map<Object, Row> rows = new HashMap<>();
    for (List<Object> statement : IdCondition.statements(factory, ownerIds, asked)) {
      IdCondition condition = IdCondition.of("e", ownerIds, statement);
      for (@Nullable Object[] each :
          condition
              .bind(session.createSelectionQuery(start + condition.text() + end, Object[].class))
              .getResultList()) {
        add(each, rows);
      }
    }
    rows.forEach(
        (owner, row) -> {
          Object id = idOf.get(owner);
          if (id != null) {
            found.put(
                association.owner(),
                id,
                association.association().name(),
                new References(row.keys, row.ids));
          }
        });
  }

  private void add(@Nullable Object[] each, Map<Object, Row> rows) {
    Object owner = each[0];
    Object id = each[1];
    if (owner == null || id == null) {
      return;
    }
    Row row = rows.computeIfAbsent(ownerIds.comparable(owner), key -> new Row());
    if (isIndexed) {
      // a row without a position is no element to Hibernate either
      if (each[2] instanceof Integer position) {
        row.put(position - base, id);
      }
      return;
    }
    row.ids.add(id);
    if (isMap) {
      row.keys.add(each[2]);
    }
  }

  private void addKnown(Object owner, FoundReferences found) {
    List<Object> ids = association.association().access().ids(owner);
    if (ids != null && !ids.isEmpty()) {
      found.put(
          association.owner(),
          ownerIds.idOf(owner),
          association.association().name(),
          new References(List.of(), List.copyOf(ids)));
    }
  }
}
