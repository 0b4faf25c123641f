/**
 * Entities of every kind that a mapping can make of a class, with awkward values. {@link
 * io.identitycache.hibernate.mappings.SampleRows} persists rows of all of them.
 */
package io.identitycache.hibernate.mappings;
