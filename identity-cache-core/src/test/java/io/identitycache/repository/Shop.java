package io.identitycache.repository;

/** A to-one association's target. */
record Shop(Long id) {}
