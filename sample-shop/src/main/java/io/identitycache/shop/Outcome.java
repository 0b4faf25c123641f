package io.identitycache.shop;

/** How a change in the back office ended. */
enum Outcome {
  /** It is now as wanted. */
  SAVED,
  /** Somebody else has changed it in the meantime; nothing was written. */
  CONFLICT,
  /** There is no such thing. */
  UNKNOWN
}
