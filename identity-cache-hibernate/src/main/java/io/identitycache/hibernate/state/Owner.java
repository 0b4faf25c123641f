package io.identitycache.hibernate.state;

/**
 * The entity that is being hydrated: its id is set, its attributes are not.
 *
 * @param entity the instance
 * @param id its id
 */
record Owner(Object entity, Object id) {}
