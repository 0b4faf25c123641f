/**
 * Refusals at start-up, all in one report. Start with {@link io.identitycache.validation.Problems}.
 */
@NullMarked
package io.identitycache.validation;

import org.jspecify.annotations.NullMarked;
