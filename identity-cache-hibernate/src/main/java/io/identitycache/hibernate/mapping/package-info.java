/**
 * From annotations and Hibernate's metamodel to the validated declarations of the core. Start with
 * {@link io.identitycache.hibernate.mapping.MappingReader}, which gives {@link
 * io.identitycache.hibernate.mapping.MappedEntities}.
 */
@NullMarked
package io.identitycache.hibernate.mapping;

import org.jspecify.annotations.NullMarked;
