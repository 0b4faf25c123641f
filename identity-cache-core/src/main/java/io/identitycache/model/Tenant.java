package io.identitycache.model;

import org.jspecify.annotations.Nullable;

/**
 * One of the tenants of an application.
 *
 * @param identifier as the ORM knows it, of whatever type
 * @param name what it is called in keys; two tenants have two names
 */
public record Tenant(Object identifier, String name) {

  /** The name; null where there are no tenants. */
  static @Nullable String nameOf(@Nullable Tenant tenant) {
    return tenant == null ? null : tenant.name();
  }
}
