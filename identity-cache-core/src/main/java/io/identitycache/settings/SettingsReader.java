package io.identitycache.settings;

import io.identitycache.key.KeySpace;
import io.identitycache.store.CacheStore;
import io.identitycache.validation.NearestName;
import io.identitycache.validation.Problems;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One reading of the settings: every method notes what is wrong and goes on with the default. */
final class SettingsReader {

  private static final String SUBJECT = "Settings";
  private static final String MEMCACHED = "memcached";
  private static final String IN_PROCESS = "in_process";
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(|b|kb|mb|gb)");

  private final Problems problems;
  private final Map<Setting, Object> given = new EnumMap<>(Setting.class);

  SettingsReader(Map<String, ?> properties, Problems problems) {
    this.problems = problems;
    // sorted, so that the report is the same every time
    for (String name : new TreeSet<>(properties.keySet())) {
      if (name.startsWith(Setting.PREFIX)) {
        take(name, properties.get(name));
      }
    }
  }

  private void take(String name, @Nullable Object value) {
    String shortName = name.substring(Setting.PREFIX.length());
    Optional<Setting> setting = Setting.withShortName(shortName);
    if (setting.isEmpty()) {
      String hint =
          NearestName.of(shortName, Setting.shortNames())
              .map(nearest -> " Did you mean \"" + Setting.PREFIX + nearest + "\"?")
              .orElse("");
      problems.add(
          SUBJECT,
          "There is no setting \""
              + name
              + "\"."
              + hint
              + " There are: "
              + String.join(", ", Setting.shortNames())
              + ".");
    } else if (value != null && !(value instanceof String text && text.isBlank())) {
      given.put(setting.get(), value instanceof String text ? text.strip() : value);
    }
  }

  Settings read() {
    StoreChoice store = store();
    Duration leaseTimeToLive =
        duration(Setting.LEASE_TIME_TO_LIVE, Settings.SHORTEST_LEASE, "at least 2s");
    Duration leaseWait = duration(Setting.LEASE_WAIT, Duration.ZERO, "zero or more");
    if (leaseWait.compareTo(leaseTimeToLive) >= 0) {
      refuse(
          Setting.LEASE_WAIT,
          leaseWait,
          "a duration shorter than "
              + Setting.LEASE_TIME_TO_LIVE
              + " ("
              + leaseTimeToLive
              + "): no reader waits for a lease that has ended");
    }
    return new Settings(
        store,
        namespace(store),
        positive(Setting.TIME_TO_LIVE),
        positive(Setting.ABSENCE_TIME_TO_LIVE),
        positive(Setting.OPERATION_TIMEOUT),
        leaseTimeToLive,
        leaseWait,
        constant(Setting.BYPASS, Bypass.class),
        truth(Setting.FILL),
        constant(Setting.FILL_FROM_READ_ONLY_TRANSACTIONS, ReadOnlyFill.class),
        loads(),
        size(Setting.ENTRY_SIZE_WARNING, 0, "or 0 for no warning"),
        truth(Setting.REFUSE_WRITES),
        truth(Setting.ENABLED));
  }

  private StoreChoice store() {
    Object store = given.get(Setting.STORE);
    List<InetSocketAddress> servers = servers();
    long size = size(Setting.IN_PROCESS_SIZE, 1, "above 0");
    boolean serversNamed = given.containsKey(Setting.SERVERS);
    if (store instanceof CacheStore made) {
      if (serversNamed) {
        refuseServers("a store of the application");
      }
      return new StoreChoice.Given(made);
    }
    String name = store == null ? "" : store.toString().toLowerCase(Locale.ROOT);
    if (name.equals(IN_PROCESS)) {
      if (serversNamed) {
        refuseServers("\"" + IN_PROCESS + "\"");
      }
      return new StoreChoice.InProcess(size);
    }
    if (store != null && !name.equals(MEMCACHED)) {
      refuse(
          Setting.STORE,
          store,
          "\"memcached\", \"in_process\" or a "
              + CacheStore.class.getName()
              + " object."
              + NearestName.hint(name, List.of(MEMCACHED, IN_PROCESS)));
      return new StoreChoice.None();
    }
    if (name.equals(MEMCACHED) && !serversNamed) {
      problems.add(
          SUBJECT,
          Setting.STORE
              + " is \"memcached\" without servers. Set "
              + Setting.SERVERS
              + " to "
              + ServerList.ALLOWED
              + ".");
    }
    return serversNamed ? new StoreChoice.Memcached(servers) : new StoreChoice.None();
  }

  private void refuseServers(String store) {
    problems.add(
        SUBJECT,
        Setting.SERVERS
            + " names memcached servers, but "
            + Setting.STORE
            + " is "
            + store
            + ". Remove one of the two.");
  }

  private List<InetSocketAddress> servers() {
    Object servers = given.get(Setting.SERVERS);
    if (servers == null) {
      return List.of();
    }
    return ServerList.parse(
        servers.toString(),
        problem ->
            problems.add(
                SUBJECT,
                Setting.SERVERS + ": " + problem + ". Allowed: " + ServerList.ALLOWED + "."));
  }

  private String namespace(StoreChoice store) {
    Object namespace = given.get(Setting.NAMESPACE);
    if (namespace != null) {
      if (!KeySpace.isNamespace(namespace.toString())) {
        refuse(Setting.NAMESPACE, namespace, "1 to 64 letters, digits, '.', '_' or '-'");
        return Settings.LOCAL_NAMESPACE;
      }
      return namespace.toString();
    }
    if (store instanceof StoreChoice.Memcached || store instanceof StoreChoice.Given) {
      problems.add(
          SUBJECT,
          Setting.NAMESPACE
              + " is missing. Name the application and its environment, such as shop-production:"
              + " two that share servers and a namespace share rows.");
    }
    return Settings.LOCAL_NAMESPACE;
  }

  private Duration positive(Setting setting) {
    return duration(setting, Duration.ofMillis(1), "at least 1ms");
  }

  private Duration duration(Setting setting, Duration least, String limit) {
    Duration standard = DurationText.parse(setting.defaultText()).orElseThrow();
    Object value = given.get(setting);
    if (value == null) {
      return standard;
    }
    // the text of a Duration object is a duration in ISO 8601
    Optional<Duration> duration = DurationText.parse(value.toString());
    if (duration.isEmpty() || duration.get().compareTo(least) < 0) {
      refuse(setting, value, DurationText.ALLOWED + ", " + limit);
      return standard;
    }
    return duration.get();
  }

  private <T extends Enum<T>> T constant(Setting setting, Class<T> type) {
    Object value = given.getOrDefault(setting, setting.defaultText());
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    String name = value.toString().toLowerCase(Locale.ROOT);
    if (!names.contains(name)) {
      refuse(
          setting,
          value,
          "one of " + String.join(", ", names) + "." + NearestName.hint(name, names));
      name = setting.defaultText();
    }
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private boolean truth(Setting setting) {
    String text = given.getOrDefault(setting, setting.defaultText()).toString();
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true");
    }
    refuse(setting, text, "true or false");
    return Boolean.parseBoolean(setting.defaultText());
  }

  private int loads() {
    Object value = given.getOrDefault(Setting.MAX_CONCURRENT_LOADS, "");
    String text = value.toString();
    if (text.isEmpty()) {
      return Integer.parseInt(Setting.MAX_CONCURRENT_LOADS.defaultText());
    }
    try {
      int loads = new BigDecimal(text).intValueExact();
      if (loads >= 1) {
        return loads;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // refused below, like a number that is too small
    }
    refuse(
        Setting.MAX_CONCURRENT_LOADS,
        value,
        "a whole number of at least 1, below the connection pool's size");
    return Integer.parseInt(Setting.MAX_CONCURRENT_LOADS.defaultText());
  }

  private long size(Setting setting, long least, String limit) {
    long standard = bytes(setting.defaultText());
    Object value = given.get(setting);
    if (value == null) {
      return standard;
    }
    long bytes = bytes(value.toString());
    if (bytes < least) {
      refuse(setting, value, "a size such as 64mb, 1gb or 500kb, or bytes, " + limit);
      return standard;
    }
    return bytes;
  }

  /** The number of bytes, or -1 if the text is no size. */
  private static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return -1;
    }
    int shift =
        switch (matcher.group(2)) {
          case "kb" -> 10;
          case "mb" -> 20;
          case "gb" -> 30;
          default -> 0;
        };
    long number = Long.parseLong(matcher.group(1));
    return number > Long.MAX_VALUE >> shift ? -1 : number << shift;
  }

  private void refuse(Setting setting, Object value, String allowed) {
    problems.add(
        SUBJECT,
        setting
            + " is \""
            + value
            + "\". Allowed: "
            + allowed
            + (allowed.endsWith("?") ? "" : "."));
  }
}
