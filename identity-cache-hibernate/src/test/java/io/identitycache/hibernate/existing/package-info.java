/**
 * A domain as most applications have one, mapped without this library in mind: take the cache's
 * annotations away, and nothing else is left of it. Start with {@link
 * io.identitycache.hibernate.existing.ExistingDomainTest}.
 */
package io.identitycache.hibernate.existing;
