/**
 * Dehydrates entities to bytes and hydrates them back, along a plan that is made of the mapping
 * when the factory starts. Start with {@link io.identitycache.hibernate.state.EntityStates}.
 */
@NullMarked
package io.identitycache.hibernate.state;

import org.jspecify.annotations.NullMarked;
