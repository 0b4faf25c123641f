package io.identitycache.hibernate.state;

import org.hibernate.persister.entity.EntityPersister;

/**
 * The row that is being dehydrated, the entry's own or one embedded in it.
 *
 * @param entity the row's concrete entity
 * @param id its id
 * @param instance its instance in the session
 * @param tree the dehydration of the whole entry
 */
record Source(EntityPersister entity, Object id, Object instance, Dehydration tree) {}
