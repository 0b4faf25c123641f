/**
 * What transactions are open on a thread, what they have changed, and how they end. Start with
 * {@link io.identitycache.hibernate.transaction.TransactionWatch}.
 */
@NullMarked
package io.identitycache.hibernate.transaction;

import org.jspecify.annotations.NullMarked;
