/**
 * Counts what the cache does with Micrometer, which the application brings along. Start with {@link
 * io.identitycache.micrometer.MicrometerListener}.
 */
@NullMarked
package io.identitycache.micrometer;

import org.jspecify.annotations.NullMarked;
