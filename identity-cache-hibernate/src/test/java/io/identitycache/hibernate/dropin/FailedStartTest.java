package io.identitycache.hibernate.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identitycache.hibernate.testing.TestDatabase;
import io.identitycache.testing.MemcachedServer;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

class FailedStartTest {

  @Test
  void serverWithoutAddress_isRefusedByName_andLeavesTheNamespaceFree() {
    try (TestDatabase database = TestDatabase.h2();
        MemcachedServer memcached = MemcachedServer.start()) {
      assertThatThrownBy(
              () -> database.boot(settings("first try", "cache-1.invalid:11211"), Product.class))
          .hasStackTraceContaining("cache-1.invalid:11211 has no address");

      SessionFactory started =
          database.boot(settings("second try", memcached.address()), Product.class);

      assertThat(started.isOpen()).isTrue();
    }
  }

  private static Map<String, Object> settings(String unit, String server) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("hibernate.persistenceUnitName", unit);
    settings.put("hibernate.identity_cache.servers", server);
    settings.put("hibernate.identity_cache.namespace", "failed-start");
    return settings;
  }
}
