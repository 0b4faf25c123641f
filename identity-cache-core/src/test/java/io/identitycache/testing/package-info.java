/**
 * Real servers for tests of all modules: start with {@link
 * io.identitycache.testing.MemcachedServer} and {@link io.identitycache.testing.PostgresServer}.
 * Neither ever skips a test: a server that cannot be had fails it. {@link
 * io.identitycache.testing.ScriptedServer} gives wrong answers; {@link
 * io.identitycache.testing.MeteredStore} and {@link io.identitycache.testing.FailingStore} wrap any
 * store.
 */
@NullMarked
package io.identitycache.testing;

import org.jspecify.annotations.NullMarked;
