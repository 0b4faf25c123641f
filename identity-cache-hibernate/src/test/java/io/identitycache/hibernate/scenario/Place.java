package io.identitycache.hibernate.scenario;

import io.identitycache.hibernate.testing.StoreKind;
import io.identitycache.hibernate.testing.TestApplication;

/** Where a scenario is played whose answer may depend on the database as well as on the store. */
enum Place {
  H2_IN_PROCESS,
  H2_MEMCACHED,
  POSTGRES_MEMCACHED;

  /** An application at this place. */
  TestApplication.Builder of(Class<?>... entities) {
    StoreKind store = this == H2_IN_PROCESS ? StoreKind.IN_PROCESS : StoreKind.MEMCACHED;
    TestApplication.Builder application = TestApplication.of(store, entities);
    return this == POSTGRES_MEMCACHED ? application.onPostgres() : application;
  }
}
