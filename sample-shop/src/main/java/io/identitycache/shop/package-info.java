/** A small storefront that reads its products through the cache: start with {@code SampleShop}. */
@NullMarked
package io.identitycache.shop;

import org.jspecify.annotations.NullMarked;
