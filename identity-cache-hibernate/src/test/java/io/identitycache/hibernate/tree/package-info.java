/**
 * Random trees of entities under random transactions, checked against the tables themselves. {@link
 * io.identitycache.hibernate.tree.GeneratedTreeTest} is the test.
 */
package io.identitycache.hibernate.tree;
