package io.identitycache.shop;

import java.util.Optional;

/** The shop as it opens without any setting. */
final class ShopInOneProcessTest extends ShopStory {

  @Override
  Optional<String> memcached() {
    return Optional.empty();
  }
}
