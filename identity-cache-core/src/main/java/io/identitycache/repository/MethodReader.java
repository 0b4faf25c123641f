package io.identitycache.repository;

import io.identitycache.annotation.Include;
import io.identitycache.fetch.Associated;
import io.identitycache.fetch.Includes;
import io.identitycache.model.CachedAssociation;
import io.identitycache.model.CachedAttribute;
import io.identitycache.model.IndexedAttribute;
import io.identitycache.repository.TypeBindings.Resolved;
import io.identitycache.validation.Problems;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the methods of one repository interface: which finder a name means, whether parameters and
 * result fit it, and what a call does. What does not fit is noted as a problem.
 */
final class MethodReader<E> {

  private static final String NO_INCLUDE =
      "fetches no entities of its own, so it takes no @Include";

  private final Class<?> repository;
  private final TypeBindings bindings;
  private final EntityView<E> view;
  private final Problems problems;

  MethodReader(Class<?> repository, TypeBindings bindings, EntityView<E> view, Problems problems) {
    this.repository = repository;
    this.bindings = bindings;
    this.view = view;
    this.problems = problems;
  }

  /** What a call of the method does; empty if a problem was noted. */
  Optional<RepositoryCall> read(Method method) {
    try {
      if (method.isDefault()) {
        // a bridge carries the annotations of the method it leads to
        require(method.isBridge() || !method.isAnnotationPresent(Include.class), NO_INCLUDE);
        return Optional.of(defaultMethod(method));
      }
      if (isOfObject(method)) {
        return Optional.empty();
      }
      return Optional.of(isBasic(method) ? basic(method) : finder(method));
    } catch (Misfit e) {
      problems.add(
          repository.getName(),
          repository.getSimpleName() + "." + method.getName() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** An interface may declare {@code equals}, {@code hashCode} and {@code toString} anew. */
  private static boolean isOfObject(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private RepositoryCall defaultMethod(Method method) {
    try {
      Class<?> declarer = method.getDeclaringClass();
      MethodHandle handle =
          MethodHandles.privateLookupIn(declarer, MethodHandles.lookup())
              .unreflectSpecial(method, declarer)
              .asSpreader(Object[].class, method.getParameterCount())
              .asType(MethodType.methodType(Object.class, Object.class, Object[].class));
      return (proxy, arguments) -> handle.invokeExact(proxy, arguments);
    } catch (IllegalAccessException e) {
      throw new Misfit(
          "the default method cannot be called: open its package to "
              + "io.identitycache in module-info.java");
    }
  }

  // The methods of CacheRepository itself, and those that declare one of them anew.

  private static boolean isBasic(Method method) {
    return Arrays.stream(CacheRepository.class.getMethods())
        .anyMatch(basic -> basic.getName().equals(method.getName()));
  }

  private RepositoryCall basic(Method method) {
    if (method.getDeclaringClass() != CacheRepository.class) {
      requireLikeBasic(method);
    }
    Includes includes =
        method.getName().startsWith("fetch") ? includes(method) : requireNoInclude(method);
    return switch (method.getName()) {
      case "fetch" -> (proxy, arguments) -> view.required(arguments[0], includes);
      case "fetchById" -> (proxy, arguments) -> view.byId(arguments[0], includes);
      case "fetchMulti" -> (proxy, arguments) -> view.byIds(collection(arguments), includes);
      case "exists" -> (proxy, arguments) -> view.exists(arguments[0]);
      case "invalidateById" ->
          (proxy, arguments) -> {
            view.invalidateById(arguments[0]);
            return null;
          };
      case "invalidate" ->
          (proxy, arguments) -> {
            view.invalidate(
                view.type().cast(Objects.requireNonNull(arguments[0], "no entity was given")));
            return null;
          };
      default -> throw new IllegalStateException("CacheRepository has no method " + method);
    };
  }

  private void requireLikeBasic(Method method) {
    Class<?> id = view.entity().id().type();
    Resolved entity = new Resolved(view.type(), List.of());
    Resolved result = bindings.resolve(method.getGenericReturnType());
    requireParameters(method, 1, method.getName().equals("invalidate") ? "the entity" : "the id");
    Resolved given = bindings.resolve(method.getGenericParameterTypes()[0]);
    switch (method.getName()) {
      case "fetch" -> requireResult(result, entity);
      case "fetchById" -> requireResult(result, new Resolved(Optional.class, List.of(entity)));
      case "fetchMulti" -> requireResult(result, new Resolved(List.class, List.of(entity)));
      case "exists" -> requireResult(result, new Resolved(boolean.class, List.of()));
      default -> requireResult(result, new Resolved(void.class, List.of()));
    }
    if (method.getName().equals("invalidate")) {
      require(given.raw() == view.type(), "takes a " + entity + ", not a " + given);
    } else {
      Resolved one = method.getName().equals("fetchMulti") ? element(given, id) : given;
      require(boxed(one.raw()) == id, "takes ids of type " + id.getSimpleName() + ", not " + one);
    }
  }

  // What is included.

  private Includes includes(Method method) {
    Include include = method.getAnnotation(Include.class);
    try {
      return include == null ? Includes.NONE : view.includes(include.value());
    } catch (IllegalArgumentException e) {
      throw new Misfit("@Include: " + e.getMessage());
    }
  }

  private static Includes requireNoInclude(Method method) {
    require(!method.isAnnotationPresent(Include.class), NO_INCLUDE);
    return Includes.NONE;
  }

  // Associations of an entity in hand.

  /** The associations that the name means, if it is not a finder's. */
  private List<CachedAssociation> associations(Method method, List<FinderName> readings) {
    List<CachedAssociation> named =
        view.associations().all().stream()
            .filter(each -> FinderName.ofAssociation(each.name()).equals(method.getName()))
            .toList();
    if (named.isEmpty() || readings.isEmpty()) {
      return named;
    }
    boolean takesEntity =
        method.getParameterCount() == 1 && isEntity(method.getGenericParameterTypes()[0]);
    require(
        !takesEntity
            || readings.stream()
                .flatMap(reading -> reading.index().attributes().stream())
                .map(IndexedAttribute::association)
                .noneMatch(target -> target != null && target.isAssignableFrom(view.type())),
        "fits "
            + named.get(0)
            + " and "
            + readings.get(0).index().name()
            + "; which one is meant cannot be told. Rename an attribute, or use the untyped"
            + " methods of IdentityCache");
    return takesEntity ? named : List.of();
  }

  private boolean isEntity(Type parameter) {
    return bindings.resolve(parameter).raw() == view.type();
  }

  private RepositoryCall association(Method method, List<CachedAssociation> named) {
    require(
        !method.isAnnotationPresent(Include.class),
        "follows one association of an entity in hand, so it takes no @Include");
    requireParameters(method, 1, "the entity");
    Resolved given = bindings.resolve(method.getGenericParameterTypes()[0]);
    require(
        given.raw() == view.type(), "takes a " + view.type().getSimpleName() + ", not a " + given);
    // classes beside each other may declare different ones: the result must fit them all
    named.forEach(each -> requireResult(method, each));
    Class<?> result = method.getReturnType();
    Function<Associated, Object> answer =
        result == Optional.class
            ? Associated::one
            : result == Map.class ? Associated::map : Associated::list;
    return (proxy, arguments) ->
        answer.apply(
            view.associated(
                view.type().cast(Objects.requireNonNull(arguments[0], "no entity was given")),
                named));
  }

  private void requireResult(Method method, CachedAssociation association) {
    Class<?> element = association.elementType();
    Resolved found = new Resolved(element, List.of());
    Resolved result = bindings.resolve(method.getGenericReturnType()).withPlain(element);
    Resolved list = new Resolved(List.class, List.of(found));
    switch (association.shape()) {
      case ONE -> requireResult(result, new Resolved(Optional.class, List.of(found)));
      case MANY ->
          require(
              result.equals(list) || result.equals(new Resolved(Collection.class, List.of(found))),
              "returns " + list + ", not " + result);
      case MAP ->
          require(
              result.equals(list)
                  || (result.raw() == Map.class
                      && result.arguments().size() == 2
                      && result.arguments().get(1).equals(found)),
              "returns a Map of its keys to " + found + ", or " + list + ", not " + result);
    }
  }

  // Finders by index, and of attributes.

  private RepositoryCall finder(Method method) {
    List<FinderName> readings = FinderName.readings(method.getName(), view.entity());
    List<CachedAssociation> associations = associations(method, readings);
    if (!associations.isEmpty()) {
      return association(method, associations);
    }
    FinderName name = reading(method, readings);
    CachedAttribute attribute = name.attribute();
    if (attribute == null) {
      return finder(
          method,
          name,
          view.finder(name.index(), name.order(), includes(method)),
          new Resolved(view.type(), List.of()));
    }
    requireNoInclude(method);
    try {
      return finder(
          method,
          name,
          view.finder(attribute, name.order()),
          new Resolved(attribute.type(), List.of()));
    } catch (IllegalArgumentException e) {
      throw new Misfit(String.valueOf(e.getMessage()));
    }
  }

  /** What is named like an attribute and takes the entity was meant to follow an association. */
  private void requireMarked(Method method) {
    if (method.getParameterCount() == 1 && isEntity(method.getGenericParameterTypes()[0])) {
      for (String attribute : view.entity().attributeNames()) {
        if (FinderName.ofAssociation(attribute).equals(method.getName())) {
          throw new Misfit(view.associations().noAssociation(attribute));
        }
      }
    }
  }

  private FinderName reading(Method method, List<FinderName> all) {
    List<FinderName> readings = all;
    if (readings.isEmpty()) {
      requireMarked(method);
      throw new Misfit(
          FinderName.refusal(
              method.getName(),
              view.entity(),
              view.associations().all().stream().map(CachedAssociation::name).distinct().toList()));
    }
    if (readings.size() > 1) {
      boolean many =
          method.getParameterCount() == 1
              && Collection.class.isAssignableFrom(method.getParameterTypes()[0]);
      readings = preferred(readings, readings.stream().filter(r -> r.many() == many).toList());
      readings =
          preferred(
              readings,
              readings.stream()
                  .filter(r -> r.many() || r.order().size() == method.getParameterCount())
                  .toList());
      readings =
          preferred(readings, readings.stream().filter(FinderName::isInDeclaredOrder).toList());
    }
    require(
        readings.size() == 1,
        "fits "
            + readings.stream().map(r -> r.index().name()).collect(Collectors.joining(" and "))
            + "; which one is meant cannot be told. Rename an attribute, or use the untyped"
            + " methods of IdentityCache");
    return readings.get(0);
  }

  private static List<FinderName> preferred(List<FinderName> all, List<FinderName> better) {
    return better.isEmpty() ? all : better;
  }

  private <T> RepositoryCall finder(
      Method method, FinderName name, Finder<T> finder, Resolved found) {
    // an attribute is known by its class: List, where it is declared as List<String>
    Resolved result = bindings.resolve(method.getGenericReturnType()).withPlain(found.raw());
    if (name.many()) {
      requireParameters(method, 1, "a collection of values");
      Resolved key = requireKey(name, bindings.resolve(method.getGenericParameterTypes()[0]));
      return many(name, finder, found, key, result);
    }
    if (isById(name)) {
      requireParameters(method, 1, "the id");
      requireId(bindings.resolve(method.getGenericParameterTypes()[0]));
      requireResult(result, new Resolved(Optional.class, List.of(found)));
      return (proxy, arguments) -> finder.one(arguments[0]);
    }
    requireParameters(method, name.order().size(), attributeNames(name));
    for (int i = 0; i < name.order().size(); i++) {
      requireValue(attribute(name, i), bindings.resolve(method.getGenericParameterTypes()[i]));
    }
    return one(name, finder, found, result);
  }

  private <T> RepositoryCall one(
      FinderName name, Finder<T> finder, Resolved found, Resolved result) {
    Resolved optional = new Resolved(Optional.class, List.of(found));
    Resolved list = new Resolved(List.class, List.of(found));
    if (result.equals(list)) {
      return (proxy, arguments) -> finder.allOfItems(Arrays.asList(arguments));
    }
    boolean plainIsAllowed = name.attribute() == null;
    if (finder.isUnique() && result.equals(optional)) {
      return (proxy, arguments) -> finder.oneOfItems(Arrays.asList(arguments));
    }
    if (finder.isUnique() && plainIsAllowed && result.equals(found)) {
      return (proxy, arguments) -> finder.requiredOfItems(Arrays.asList(arguments));
    }
    if (finder.isUnique()) {
      throw new Misfit(
          "returns "
              + (plainIsAllowed ? optional + ", " + found : optional)
              + " or "
              + list
              + ", not "
              + result);
    }
    throw new Misfit(
        "returns " + list + ", not " + result + ": " + name.index().name() + " is not unique");
  }

  private <T> RepositoryCall many(
      FinderName name, Finder<T> finder, Resolved found, Resolved key, Resolved result) {
    Resolved list = new Resolved(List.class, List.of(found));
    if (result.equals(list)) {
      return (proxy, arguments) -> finder.allOfEach(collection(arguments));
    }
    Resolved mapOfLists = new Resolved(Map.class, List.of(key, list));
    if (result.equals(mapOfLists)) {
      return (proxy, arguments) -> finder.allByValue(collection(arguments));
    }
    Resolved map = new Resolved(Map.class, List.of(key, found));
    if (finder.isUnique() && result.equals(map)) {
      return (proxy, arguments) -> finder.oneByValue(collection(arguments));
    }
    throw new Misfit(
        "returns "
            + (finder.isUnique() ? list + ", " + map : list.toString())
            + " or "
            + mapOfLists
            + ", not "
            + result
            + (finder.isUnique() ? "" : ": " + name.index().name() + " is not unique"));
  }

  // What parameters may be.

  private Resolved requireKey(FinderName name, Resolved parameter) {
    if (isById(name)) {
      Resolved id = element(parameter, view.entity().id().type());
      requireId(id);
      return id;
    }
    if (name.order().size() == 1) {
      IndexedAttribute attribute = attribute(name, 0);
      Resolved value = element(parameter, attribute.type());
      requireValue(attribute, value);
      return value;
    }
    Resolved tuple = element(parameter, List.class);
    if (tuple.raw().isRecord()) {
      requireTuple(name, tuple.raw());
    } else {
      require(
          tuple.raw() == List.class,
          "takes a collection of lists (List<?>) or of a record with "
              + attributeNames(name)
              + ", not of "
              + tuple);
    }
    return tuple;
  }

  private void requireTuple(FinderName name, Class<?> tuple) {
    RecordComponent[] components = tuple.getRecordComponents();
    require(
        components.length == name.order().size(),
        "takes a record of "
            + name.order().size()
            + " components ("
            + attributeNames(name)
            + "); "
            + tuple.getSimpleName()
            + " has "
            + components.length);
    List<String> names = Vocabulary.paths(name.index());
    for (int i = 0; i < components.length; i++) {
      IndexedAttribute attribute = attribute(name, i);
      // components that are named like the attributes must not be mixed up
      require(
          components[i].getName().equals(attribute.path())
              || !names.contains(components[i].getName()),
          "takes a record with the components in the order "
              + attributeNames(name)
              + "; in "
              + tuple.getSimpleName()
              + ", "
              + components[i].getName()
              + " stands in the place of "
              + attribute.path());
      requireValue(attribute, bindings.resolve(components[i].getGenericType()));
    }
  }

  private void requireId(Resolved given) {
    Class<?> id = view.entity().id().type();
    require(
        boxed(given.raw()) == id, "takes an id of type " + id.getSimpleName() + ", not " + given);
  }

  private void requireValue(IndexedAttribute attribute, Resolved given) {
    Class<?> association = attribute.association();
    boolean fits =
        attribute.type().isAssignableFrom(boxed(given.raw()))
            || (association != null && association.isAssignableFrom(given.raw()));
    require(
        fits,
        "takes "
            + attribute.path()
            + " as "
            + attribute.type().getSimpleName()
            + (association == null ? "" : " or " + association.getSimpleName())
            + ", not "
            + given);
  }

  private Resolved element(Resolved parameter, Class<?> expected) {
    require(
        Collection.class.isAssignableFrom(parameter.raw()) && parameter.arguments().size() == 1,
        "takes a Collection<" + expected.getSimpleName() + ">, not " + parameter);
    return parameter.arguments().get(0);
  }

  private static void requireParameters(Method method, int count, String what) {
    require(
        method.getParameterCount() == count,
        "takes "
            + count
            + (count == 1 ? " parameter (" : " parameters (")
            + what
            + "), not "
            + method.getParameterCount());
  }

  private static void requireResult(Resolved result, Resolved expected) {
    require(result.equals(expected), "returns " + expected + ", not " + result);
  }

  private static void require(boolean fits, String otherwise) {
    if (!fits) {
      throw new Misfit(otherwise);
    }
  }

  private static boolean isById(FinderName name) {
    return name.attribute() != null && name.attribute().byId();
  }

  private static IndexedAttribute attribute(FinderName name, int position) {
    return name.index().attributes().get(name.order().get(position));
  }

  private static String attributeNames(FinderName name) {
    return name.order().stream()
        .map(position -> name.index().attributes().get(position).path())
        .collect(Collectors.joining(", "));
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static Collection<? extends @Nullable Object> collection(@Nullable Object[] arguments) {
    return (Collection<?>) Objects.requireNonNull(arguments[0], "no collection was given");
  }

  /** A method that cannot be used; the message is its problem. */
  private static final class Misfit extends RuntimeException {

    private static final long serialVersionUID = 1;

    Misfit(String message) {
      super(message.endsWith(".") ? message : message + ".");
    }
  }
}
