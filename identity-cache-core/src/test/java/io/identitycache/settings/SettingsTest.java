package io.identitycache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.key.CacheKey;
import io.identitycache.store.CacheStore;
import io.identitycache.store.StoreRead;
import io.identitycache.store.Swap;
import io.identitycache.store.SwapOutcome;
import io.identitycache.validation.InvalidConfigurationException;
import io.identitycache.validation.Problems;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void read_withoutAnything_isOffAndWarnsOnce() {
    Settings settings = settings();

    assertThat(settings.isOn()).isFalse();
    assertThat(settings.store()).isEqualTo(new StoreChoice.None());
    assertThat(settings.warning().orElseThrow())
        .contains("hibernate.identity_cache.servers", "hibernate.identity_cache.store");
  }

  @Test
  void read_withServersAndNamespace_fillsInTheDefaults() {
    assertThat(settings("servers", "cache-1:11211", "namespace", "shop"))
        .isEqualTo(
            new Settings(
                memcached("cache-1", 11211),
                "shop",
                Duration.ofDays(1),
                Duration.ofMinutes(5),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Bypass.TRANSACTION,
                true,
                ReadOnlyFill.BACKGROUND,
                8,
                65_536,
                true,
                true));
  }

  @Test
  void read_takesText() {
    assertThat(
            settings(
                "store", "memcached",
                "servers", "cache-1:11211, [2001:db8::1]:11212",
                "namespace", "shop-staging",
                "time_to_live", "2h",
                "absence_time_to_live", "PT30S",
                "operation_timeout", "50 ms",
                "lease_time_to_live", "2s",
                "lease_wait", "0ms",
                "bypass", "dirty_transaction",
                "fill", "FALSE",
                "fill_from_read_only_transactions", "never",
                "max_concurrent_loads", "3",
                "entry_size_warning", "1mb",
                "refuse_writes", "false",
                "enabled", "false"))
        .isEqualTo(
            new Settings(
                new StoreChoice.Memcached(
                    List.of(
                        InetSocketAddress.createUnresolved("cache-1", 11211),
                        InetSocketAddress.createUnresolved("2001:db8::1", 11212))),
                "shop-staging",
                Duration.ofHours(2),
                Duration.ofSeconds(30),
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Bypass.DIRTY_TRANSACTION,
                false,
                ReadOnlyFill.NEVER,
                3,
                1_048_576,
                false,
                false));
  }

  @Test
  void read_takesObjects() {
    CacheStore store = new EmptyStore();

    Settings settings =
        settings(
            "store",
            store,
            "namespace",
            "test",
            "time_to_live",
            Duration.ofDays(3),
            "fill",
            false,
            "max_concurrent_loads",
            4L,
            "bypass",
            Bypass.DIRTY_TRANSACTION);

    assertThat(settings.store()).isEqualTo(new StoreChoice.Given(store));
    assertThat(settings.timeToLive()).isEqualTo(Duration.ofDays(3));
    assertThat(settings.fill()).isFalse();
    assertThat(settings.maxConcurrentLoads()).isEqualTo(4);
    assertThat(settings.bypass()).isEqualTo(Bypass.DIRTY_TRANSACTION);
    assertThat(settings.warning()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"64mb, 67108864", "500kb, 512000", "1 GB, 1073741824", "4096, 4096", "1b, 1"})
  void read_takesTheInProcessSizeInBytesOrWithAUnit(String size, long bytes) {
    Settings settings = settings("store", "in_process", "in_process_size", size);

    assertThat(settings.store()).isEqualTo(new StoreChoice.InProcess(bytes));
    assertThat(settings.namespace()).isEqualTo("local");
    assertThat(settings.isOn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0kb, 0", "1, 1", "256kb, 262144", "1 MB, 1048576"})
  void read_takesTheEntrySizeWarning_zeroForNone(String size, long bytes) {
    assertThat(settings("entry_size_warning", size).entrySizeWarning()).isEqualTo(bytes);
  }

  @Test
  void read_passesOverOtherPropertiesAndEmptyText() {
    Problems problems = new Problems();
    Map<String, Object> properties = new HashMap<>();
    properties.put("hibernate.show_sql", "true");
    properties.put("hibernate.identity_cache.servers", " ");
    properties.put("hibernate.identity_cache.time_to_live", null);

    Settings settings = Settings.read(properties, problems);

    assertThat(problems.isEmpty()).isTrue();
    assertThat(settings.store()).isEqualTo(new StoreChoice.None());
  }

  @Test
  void enabledFalse_isOffAsTheApplicationWishes_withoutAWarning() {
    Settings settings =
        settings("servers", "cache-1:11211", "namespace", "shop", "enabled", "false");

    assertThat(settings.isOn()).isFalse();
    assertThat(settings.warning()).isEmpty();
    assertThat(settings("enabled", false).warning()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName(
      "CFG-13 a bad value is refused with the setting's name, its value and what is allowed")
  @CsvSource(
      delimiter = '|',
      value = {
        "time_to_live | 0s | at least 1ms",
        "time_to_live | -5m | at least 1ms",
        "absence_time_to_live | -PT1S | at least 1ms",
        "operation_timeout | 200 | a duration such as 200ms",
        "operation_timeout | soon | a duration such as 200ms",
        "time_to_live | 999999999999999999d | a duration such as 200ms",
        "time_to_live | 999999999999d | 36500d at most",
        "lease_time_to_live | 1999ms | at least 2s",
        "lease_wait | -1ms | zero or more",
        "bypass | dirty_transactions | Did you mean \"dirty_transaction\"?",
        "fill_from_read_only_transactions | later | one of background, direct, never.",
        "fill | yes | true or false",
        "refuse_writes | 1 | true or false",
        "enabled | on | true or false",
        "max_concurrent_loads | 0 | a whole number of at least 1",
        "max_concurrent_loads | 1.5 | a whole number of at least 1",
        "max_concurrent_loads | many | a whole number of at least 1",
        "entry_size_warning | -1 | bytes, or 0 for no warning",
        "entry_size_warning | 64 kilos | a size such as 64mb",
        "in_process_size | 0 | a size such as 64mb",
        "in_process_size | 64 megs | a size such as 64mb",
        "in_process_size | 999999999999999999gb | a size such as 64mb",
        "namespace | my shop | 1 to 64 letters, digits, '.', '_' or '-'",
        "store | redis | \"memcached\", \"in_process\" or a io.identitycache.store.CacheStore",
        "store | in-process | Did you mean \"in_process\"?",
      })
  void badValue(String setting, String value, String allowed) {
    assertThatThrownBy(() -> settings(setting, value))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "hibernate.identity_cache." + setting + " is \"" + value + "\". Allowed: ")
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @DisplayName("CFG-13 a malformed server is refused")
  @ValueSource(
      strings = {
        "cache-1",
        "cache-1:",
        ":11211",
        "cache-1:0",
        "cache-1:65536",
        "2001:db8::1:11211",
        "[cache]:1",
        "cache 1:11211",
        "memcached://cache-1:11211",
        ""
      })
  void malformedServer(String server) {
    assertThatThrownBy(() -> settings("namespace", "shop", "servers", "cache-9:11211," + server))
        .hasMessageContaining("hibernate.identity_cache.servers: \"" + server + "\" is no server")
        .hasMessageContaining("host:port");
  }

  @Test
  @DisplayName("CFG-13 a misspelt name is refused with the nearest one and the list")
  void misspeltName() {
    assertThatThrownBy(() -> settings("time_to_life", "1d"))
        .hasMessageContaining("There is no setting \"hibernate.identity_cache.time_to_life\".")
        .hasMessageContaining("Did you mean \"hibernate.identity_cache.time_to_live\"?")
        .hasMessageContaining("There are: servers, store, namespace, time_to_live");
  }

  @Test
  @DisplayName("CFG-17 all faults of the settings come in one report")
  void allAtOnce() {
    assertThatThrownBy(
            () ->
                settings(
                    "server", "cache-1:11211",
                    "servers", "cache-1,cache-2",
                    "fill", "maybe",
                    "time_to_live", "0s"))
        .hasMessageContainingAll(
            "6 problems",
            "There is no setting",
            "\"cache-1\"",
            "\"cache-2\"",
            "fill is \"maybe\"",
            "time_to_live is \"0s\"",
            "namespace is missing");
  }

  @Test
  void servers_withoutNamespace_areRefused() {
    assertThatThrownBy(() -> settings("servers", "cache-1:11211"))
        .hasMessageContaining("hibernate.identity_cache.namespace is missing");
    assertThatThrownBy(() -> settings("store", new EmptyStore()))
        .hasMessageContaining("hibernate.identity_cache.namespace is missing");
  }

  @Test
  void servers_withAnotherStoreThanMemcached_areRefused() {
    assertThatThrownBy(() -> settings("servers", "cache-1:11211", "store", "in_process"))
        .hasMessageContaining("servers names memcached servers")
        .hasMessageContaining("Remove one of the two");
    assertThatThrownBy(
            () -> settings("servers", "c:1", "store", new EmptyStore(), "namespace", "shop"))
        .hasMessageContaining("Remove one of the two");
  }

  @Test
  void servers_givenTwice_areRefused() {
    assertThatThrownBy(() -> settings("servers", "c:1,c:2,c:1", "namespace", "shop"))
        .hasMessageContaining("\"c:1\" is there twice");
  }

  @Test
  void storeMemcached_withoutServers_isRefused() {
    assertThatThrownBy(() -> settings("store", "memcached"))
        .hasMessageContaining("hibernate.identity_cache.store is \"memcached\" without servers");
  }

  @Test
  void leaseWait_notShorterThanTheLease_isRefused() {
    assertThatThrownBy(() -> settings("lease_time_to_live", "3s", "lease_wait", "3s"))
        .hasMessageContaining("lease_wait is \"PT3S\"")
        .hasMessageContaining("shorter than hibernate.identity_cache.lease_time_to_live");
  }

  @Test
  void everySettingIsInTheDocumentation_withItsDefault_andNoOther() throws Exception {
    List<List<String>> rows =
        Files.readAllLines(Path.of("..", "docs", "settings.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
            .toList();

    assertThat(rows)
        .extracting(row -> row.get(1))
        .containsExactly(
            Arrays.stream(Setting.values())
                .map(setting -> "`" + setting.shortName() + "`")
                .toArray(String[]::new));
    assertThat(rows)
        .extracting(row -> row.get(3).replace("`", "\""))
        .zipSatisfy(
            Arrays.asList(Setting.values()),
            (text, setting) ->
                assertThat(text.replace("\"", ""))
                    .isEqualTo(setting.defaultText().replace("\"", "")));
  }

  private static StoreChoice memcached(String host, int port) {
    return new StoreChoice.Memcached(List.of(InetSocketAddress.createUnresolved(host, port)));
  }

  private static Settings settings(Object... namesAndValues) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(Setting.PREFIX + namesAndValues[i], namesAndValues[i + 1]);
    }
    Problems problems = new Problems();
    Settings settings = Settings.read(properties, problems);
    problems.throwIfAny();
    return settings;
  }

  /** A store that an application brings along, here one that forgets at once. */
  private static final class EmptyStore implements CacheStore {

    @Override
    public StoreRead read(Collection<CacheKey> keys) {
      return new StoreRead(Map.of(), Set.of());
    }

    @Override
    public Map<CacheKey, SwapOutcome> swap(List<Swap> swaps) {
      return Map.of();
    }

    @Override
    public Set<CacheKey> delete(Collection<CacheKey> keys) {
      return Set.of();
    }

    @Override
    public void close() {}
  }
}
