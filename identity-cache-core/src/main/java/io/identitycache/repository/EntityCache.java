package io.identitycache.repository;

import io.identitycache.fetch.EntityFetcher;
import io.identitycache.invalidation.ManualInvalidation;

/**
 * What can be done with the entries of one cached entity.
 *
 * @param fetcher reads them
 * @param invalidation makes them unreachable by hand
 * @param <E> the entity's class
 */
public record EntityCache<E>(EntityFetcher<E> fetcher, ManualInvalidation<E> invalidation) {}
