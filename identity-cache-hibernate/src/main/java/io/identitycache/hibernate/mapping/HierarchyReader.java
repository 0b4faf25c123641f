package io.identitycache.hibernate.mapping;

import io.identitycache.entry.CacheEntry;
import io.identitycache.hibernate.mapping.MappedEntity.AttributePlan;
import io.identitycache.hibernate.mapping.MappedEntity.IndexPaths;
import io.identitycache.hibernate.state.EntityStates;
import io.identitycache.hibernate.state.Identifiers;
import io.identitycache.hibernate.state.StatePlans;
import io.identitycache.hibernate.state.ValueCodec;
import io.identitycache.key.Fingerprint;
import io.identitycache.key.KeySpace;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.CachedEntity;
import io.identitycache.model.CachedIndex;
import io.identitycache.model.IndexedAttribute;
import io.identitycache.settings.DurationText;
import io.identitycache.validation.NearestName;
import io.identitycache.validation.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.descriptor.converter.spi.JpaAttributeConverter;
import org.jspecify.annotations.Nullable;

/** Reads one cached entity with all that are below it. Used once. */
final class HierarchyReader {

  private static final String ALLOWED =
      "an index covers basic attributes, the id or its parts, paths into embeddables and to-one"
          + " associations";

  private final EntityStates states;
  private final Identifiers identifiers;
  private final List<EntityPersister> members;
  private final String namespace;
  private final boolean perTenant;
  private final Duration defaultTimeToLive;
  private final Map<EntityPersister, String> names;
  private final Map<EntityPersister, Declarations> declarations;
  private final Problems problems;

  private final Map<EntityPersister, AttributePaths> paths = new LinkedHashMap<>();
  private final Map<CachedIndex, IndexPaths> indexes = new LinkedHashMap<>();
  private final Map<CachedAttribute, AttributePlan> attributes = new LinkedHashMap<>();
  private boolean sound = true;

  /**
   * Prepares the reading.
   *
   * @param members the topmost first
   * @param plans the stored forms of all entities
   * @param perTenant whether each tenant has rows of its own
   */
  HierarchyReader(
      List<EntityPersister> members,
      StatePlans plans,
      String namespace,
      boolean perTenant,
      Duration defaultTimeToLive,
      Map<EntityPersister, String> names,
      Map<EntityPersister, Declarations> declarations,
      Problems problems) {
    this.members = members;
    this.states = plans.statesOf(members.get(0));
    this.identifiers = states.identifiers();
    this.namespace = namespace;
    this.perTenant = perTenant;
    this.defaultTimeToLive = defaultTimeToLive;
    this.names = names;
    this.declarations = declarations;
    this.problems = problems;
  }

  /** Reads the entities; null if anything is wrong with their declarations. */
  @Nullable MappedEntity<?> read() {
    members.forEach(member -> paths.put(member, AttributePaths.of(member)));
    Duration timeToLive = timeToLive();
    for (EntityPersister member : members) {
      Declarations declared = declarationsOf(member);
      declared.misplaced().forEach(problem -> refuse(member, problem));
      declared.indexes().forEach(index -> readIndex(member, index));
      declared.attributes().forEach(attribute -> readAttribute(member, attribute));
    }
    return sound ? mapped(members.get(0).getMappedClass(), timeToLive) : null;
  }

  private <E> MappedEntity<E> mapped(Class<E> javaType, Duration timeToLive) {
    EntityPersister topmost = members.get(0);
    CachedEntity<E> entity =
        new CachedEntity<>(
            nameOf(topmost),
            javaType,
            members.stream().flatMap(m -> pathsOf(m).names().stream()).distinct().toList(),
            new CachedEntity.Identifier(
                identifiers.name(), identifiers.javaType(), identifiers::parts),
            keySpace(nameOf(topmost), Fingerprint.of(states.description())),
            timeToLive,
            List.copyOf(indexes.keySet()),
            List.copyOf(attributes.keySet()));
    Map<CachedIndex, IndexPaths> all = new LinkedHashMap<>(indexes);
    attributes.forEach((attribute, found) -> all.put(attribute.by(), found.by()));
    return new MappedEntity<>(entity, states, members, pathsOf(topmost).idParts(), all, attributes);
  }

  private Duration timeToLive() {
    Duration timeToLive = defaultTimeToLive;
    for (EntityPersister member : members) {
      String text = declarationsOf(member).timeToLive();
      if (text == null) {
        continue;
      }
      Optional<Duration> parsed = DurationText.parse(text);
      if (parsed.isEmpty() || parsed.get().isZero() || parsed.get().isNegative()) {
        refuse(
            member,
            "@IdentityCached(timeToLive = \""
                + text
                + "\"): expected "
                + DurationText.ALLOWED
                + ", longer than zero");
      } else if (member != members.get(0)) {
        refuse(
            member,
            "@IdentityCached(timeToLive): entries belong to the topmost cached entity; move it to "
                + nameOf(members.get(0)));
      } else {
        timeToLive = parsed.get();
      }
    }
    return timeToLive;
  }

  private void readIndex(EntityPersister member, Declarations.Index declared) {
    String label = "@CacheIndex(" + quoted(declared.attributes()) + ")";
    List<AttributePath> found = resolve(member, label, declared.attributes());
    if (found == null) {
      return;
    }
    boolean distinct = new HashSet<>(declared.attributes()).size() == found.size();
    if (!distinct) {
      refuse(member, label + ": names an attribute twice");
    } else if (declared.ignoreCase() && !ignoresCaseOfSome(found)) {
      refuse(
          member,
          label
              + ": ignoreCase needs an attribute of type String that is stored without a converter");
    } else if (declared.ignoreCase() && convertsText(found)) {
      refuse(
          member,
          label + ": ignoreCase cannot be combined with a converted attribute of type String");
    } else if (!isTaken(member, label, declared.attributes())) {
      CachedIndex index =
          index(
              member,
              nameOf(member) + "." + String.join("+", declared.attributes()),
              found,
              declared.unique(),
              declared.ignoreCase(),
              List.of());
      indexes.put(index, new IndexPaths(member, found));
    }
  }

  private void readAttribute(EntityPersister member, Declarations.Attribute declared) {
    String by = declared.by().isEmpty() ? "" : "(by = " + quoted(declared.by()) + ")";
    String label = "@CacheAttribute" + by + " on \"" + declared.path() + "\"";
    AttributePath value = pathsOf(member).findBasic(declared.path()).orElse(null);
    if (value == null) {
      refuse(
          member,
          label
              + ": "
              + (pathsOf(member).names().contains(declared.path())
                  ? "only basic attributes that are columns are cached by themselves"
                  : "is not a persistent attribute"));
      return;
    }
    if (declared.by().isEmpty()) {
      addAttribute(member, label, declared, value, pathsOf(member).idParts(), true);
      return;
    }
    List<AttributePath> found = resolve(member, label, declared.by());
    if (found == null) {
      return;
    }
    if (new HashSet<>(declared.by()).size() != found.size()) {
      refuse(member, label + ": names an attribute twice");
      return;
    }
    addAttribute(member, label, declared, value, found, found.equals(pathsOf(member).idParts()));
  }

  private void addAttribute(
      EntityPersister member,
      String label,
      Declarations.Attribute declared,
      AttributePath value,
      List<AttributePath> by,
      boolean isById) {
    String byName = declared.by().isEmpty() ? identifiers.name() : String.join("+", declared.by());
    String name = nameOf(member) + "." + declared.path() + " by " + byName;
    CachedIndex index =
        index(
            member,
            name,
            by,
            isById || declared.unique(),
            false,
            List.of("value " + describe(value.type()), "unique " + declared.unique()));
    boolean taken =
        attributes.entrySet().stream()
            .anyMatch(
                other ->
                    other.getKey().path().equals(declared.path())
                        && other.getKey().by().attributeNames().equals(index.attributeNames())
                        && areRelated(member, other.getValue().by().declaring()));
    if (taken) {
      refuse(member, label + ": is declared twice");
    } else if (isById && by.stream().anyMatch(part -> part.type().getValueConverter() != null)) {
      refuse(
          member,
          label
              + ": the id has a part with an AttributeConverter, by which no attribute can be cached"
              + " alone; fetch the entity instead");
    } else if (ValueCodec.of(value.type()).isEmpty()) {
      refuse(
          member,
          label
              + ": is of type "
              + value.javaType().getTypeName()
              + ", which cannot be stored; map it with an AttributeConverter");
    } else {
      attributes.put(
          new CachedAttribute(declared.path(), value.javaType(), index, isById),
          new AttributePlan(value, new IndexPaths(member, by)));
    }
  }

  private @Nullable List<AttributePath> resolve(
      EntityPersister member, String label, List<String> names) {
    List<AttributePath> found = new ArrayList<>();
    for (String name : names) {
      Optional<AttributePath> path = pathsOf(member).find(name);
      if (path.isPresent()) {
        found.add(path.get());
      } else {
        refuse(member, label + ": " + reason(member, name));
      }
    }
    return found.size() == names.size() ? found : null;
  }

  private String reason(EntityPersister member, String name) {
    AttributePaths known = pathsOf(member);
    String reason = known.whyNot(name);
    if (reason != null) {
      return "\"" + name + "\" " + reason + "; " + ALLOWED;
    }
    return nameOf(member)
        + " has no attribute \""
        + name
        + "\"."
        + NearestName.hint(name, known.usableNames())
        + " Attributes: "
        + String.join(", ", known.usableNames());
  }

  private boolean isTaken(EntityPersister member, String label, List<String> attributeNames) {
    for (Map.Entry<CachedIndex, IndexPaths> other : indexes.entrySet()) {
      if (!areRelated(member, other.getValue().declaring())) {
        continue;
      }
      List<String> others =
          other.getKey().attributes().stream().map(IndexedAttribute::path).toList();
      if (others.equals(attributeNames)) {
        refuse(member, label + ": is declared twice");
        return true;
      }
      if (finder(others).equals(finder(attributeNames))) {
        refuse(
            member,
            label
                + ": its finder would be called "
                + finder(attributeNames)
                + ", like that of "
                + other.getKey().name());
        return true;
      }
    }
    return false;
  }

  private static boolean areRelated(EntityPersister first, EntityPersister second) {
    return first.isTypeOrSuperType(second) || second.isTypeOrSuperType(first);
  }

  /** {@code address.city}, {@code name}: {@code fetchByAddressCityAndName}. */
  private static String finder(List<String> attributeNames) {
    return attributeNames.stream()
        .map(
            name ->
                Arrays.stream(name.split("\\."))
                    .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                    .collect(Collectors.joining()))
        .collect(Collectors.joining("And", "fetchBy", ""));
  }

  private static boolean ignoresCaseOfSome(List<AttributePath> found) {
    return found.stream().anyMatch(path -> Comparability.isText(path.type()));
  }

  private static boolean convertsText(List<AttributePath> found) {
    return found.stream()
        .anyMatch(path -> path.javaType() == String.class && !Comparability.isText(path.type()));
  }

  private CachedIndex index(
      EntityPersister member,
      String name,
      List<AttributePath> found,
      boolean unique,
      boolean ignoreCase,
      List<String> furtherDescription) {
    List<String> description = new ArrayList<>(furtherDescription);
    description.addAll(identifiers.description());
    description.add("ignoreCase " + ignoreCase);
    for (int i = 0; i < found.size(); i++) {
      description.add(i + " " + found.get(i).name() + " " + describe(found.get(i).type()));
    }
    return new CachedIndex(
        name,
        nameOf(member),
        found.stream().map(HierarchyReader::indexed).toList(),
        unique,
        ignoreCase,
        keySpace(name, Fingerprint.of(description)));
  }

  private static IndexedAttribute indexed(AttributePath path) {
    EntityPersister target = path.target();
    UnaryOperator<Object> comparable = Comparability.comparable(path.type());
    return target == null
        ? new IndexedAttribute(
            path.name(), path.javaType(), null, UnaryOperator.identity(), comparable)
        : new IndexedAttribute(
            path.name(),
            path.javaType(),
            target.getMappedClass(),
            given -> AttributePath.idOf(target, given),
            comparable);
  }

  /** Java type, column type, and what converts between them. */
  private static String describe(JdbcMapping type) {
    StringBuilder text =
        new StringBuilder(type.getMappedJavaType().getJavaTypeClass().getTypeName())
            .append(" as ")
            .append(type.getJdbcType().getDefaultSqlTypeCode());
    if (type.getValueConverter() instanceof JpaAttributeConverter<?, ?> converter) {
      text.append(" by ").append(converter.getConverterJavaType().getJavaTypeClass().getTypeName());
    }
    return text.toString();
  }

  private KeySpace keySpace(String name, Fingerprint fingerprint) {
    KeySpace keys = new KeySpace(namespace, CacheEntry.FORMAT, name, fingerprint);
    return perTenant ? keys : keys.ofAllTenants();
  }

  private static String quoted(List<String> names) {
    String text = names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    return names.size() == 1 ? text : "{" + text + "}";
  }

  private AttributePaths pathsOf(EntityPersister persister) {
    return paths.computeIfAbsent(persister, AttributePaths::of);
  }

  private Declarations declarationsOf(EntityPersister persister) {
    return declarations.computeIfAbsent(persister, p -> Declarations.of(p.getMappedClass()));
  }

  private String nameOf(EntityPersister persister) {
    return names.getOrDefault(persister, persister.getEntityName());
  }

  private void refuse(EntityPersister persister, String problem) {
    sound = false;
    problems.add(nameOf(persister), problem);
  }
}
