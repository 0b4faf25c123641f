/** What the cache does, as its user and its database see it. */
package io.identitycache.hibernate.scenario;
