package io.identitycache.hibernate.state;

import org.jspecify.annotations.Nullable;

/**
 * The entity that is being hydrated: its id is set, its attributes are not.
 *
 * @param entity the instance
 * @param id its id
 * @param embedding the one in whose attributes this one stands; null for the entry's own
 * @param tree the hydration of the whole entry
 */
record Owner(Object entity, Object id, @Nullable Owner embedding, Hydration tree) {}
