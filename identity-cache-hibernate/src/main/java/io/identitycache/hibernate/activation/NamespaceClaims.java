package io.identitycache.hibernate.activation;

import io.identitycache.hibernate.mapping.MappedEntities;
import io.identitycache.hibernate.mapping.MappedEntity;
import io.identitycache.settings.Settings;
import io.identitycache.settings.StoreChoice;
import io.identitycache.validation.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * Keeps two persistence units of one JVM from sharing the entries of an entity by accident:
 * entities of the same name that are rows of different databases. Two factories of one unit do
 * share them. The only state that is shared by all factories of a JVM.
 */
final class NamespaceClaims {

  private static final Map<Name, Holder> HOLDERS = new HashMap<>();

  private NamespaceClaims() {}

  private record Name(String namespace, String entity) {}

  private record Holder(String unit, int factories) {}

  /** What one factory has claimed; given back when it is closed. */
  static final class Claim implements AutoCloseable {

    private final List<Name> names = new ArrayList<>();

    @Override
    public void close() {
      synchronized (HOLDERS) {
        names.forEach(
            name ->
                HOLDERS.computeIfPresent(
                    name,
                    (n, holder) ->
                        holder.factories() == 1
                            ? null
                            : new Holder(holder.unit(), holder.factories() - 1)));
        names.clear();
      }
    }
  }

  /** Claims a factory's entity names in its namespace; adds a problem for each that is taken. */
  static Claim claim(
      SessionFactoryImplementor factory,
      Settings settings,
      MappedEntities mappedEntities,
      Problems problems) {
    Claim claim = new Claim();
    boolean shared =
        settings.isOn()
            && (settings.store() instanceof StoreChoice.Memcached
                || settings.store() instanceof StoreChoice.Given);
    if (!shared) {
      return claim;
    }
    String unit = unitOf(factory);
    synchronized (HOLDERS) {
      for (MappedEntity<?> mapped : mappedEntities.all()) {
        Name name = new Name(settings.namespace(), mapped.entity().name());
        Holder holder = HOLDERS.get(name);
        if (holder != null && !holder.unit().equals(unit)) {
          problems.add(
              mapped.entity().name(),
              "The persistence unit \""
                  + holder.unit()
                  + "\" has an entity of this name in the namespace \""
                  + settings.namespace()
                  + "\" as well: give \""
                  + unit
                  + "\" a hibernate.identity_cache.namespace of its own");
        } else {
          HOLDERS.put(name, new Holder(unit, holder == null ? 1 : holder.factories() + 1));
          claim.names.add(name);
        }
      }
    }
    return claim;
  }

  private static String unitOf(SessionFactoryImplementor factory) {
    Object unit = factory.getProperties().get(AvailableSettings.PERSISTENCE_UNIT_NAME);
    return Objects.toString(unit, Objects.toString(factory.getName(), "unnamed"));
  }
}
