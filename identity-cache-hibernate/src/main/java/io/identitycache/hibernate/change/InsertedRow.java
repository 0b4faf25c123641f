package io.identitycache.hibernate.change;

/**
 * A row that a transaction has inserted itself: nobody had it before.
 *
 * @param hierarchy the name of the topmost entity of its hierarchy
 * @param id its id
 */
record InsertedRow(String hierarchy, Object id) {}
