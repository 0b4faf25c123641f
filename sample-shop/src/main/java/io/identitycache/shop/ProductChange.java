package io.identitycache.shop;

/**
 * What somebody in the back office wants a product to be.
 *
 * @param version the version of the product that they were looking at
 */
record ProductChange(int version, String title, int stock) {}
